"""Which village a page is about, and whether this person may open it at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from bersinar.access import Actor
from bersinar.territory.models import Village


@dataclass(frozen=True, slots=True)
class Place:
    """A village with its parents."""

    id: int
    code: str
    name: str
    kind_word: str
    district: str
    regency: str
    is_valid: bool


def place_of(code: str, actor: Actor) -> Place:
    """One village of the actor's regions. Out of scope and not there look the same."""
    if actor.village_code is not None:
        inside = code == actor.village_code
    else:
        inside = any(code.startswith(prefix + ".") for prefix in actor.prefixes)
    villages = Village.objects.for_actor(actor).select_related("district__regency")
    village = villages.filter(code=code).first() if inside else None
    if village is None:
        raise Http404
    regency = village.district.regency
    return Place(
        id=village.pk,
        code=village.code,
        name=village.name,
        kind_word=village.get_kind_display(),
        district=village.district.name,
        regency=f"{regency.get_kind_display()} {regency.name}",
        is_valid=village.valid_to is None,
    )
