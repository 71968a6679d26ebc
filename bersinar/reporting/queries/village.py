"""One village with everything the stages know of it and this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import Http404

from bersinar.access import Actor
from bersinar.documents import sharing
from bersinar.documents.sharing import Message
from bersinar.territory.models import Village


@dataclass(frozen=True, slots=True)
class Place:
    """The village itself."""

    id: int
    code: str
    name: str
    kind_word: str
    district: str
    regency: str
    regency_kind: str


@dataclass(frozen=True, slots=True)
class VillagePage:
    place: Place
    today: date


@dataclass(frozen=True, slots=True)
class OwnVillage:
    place: Place
    today: date


def village_page(code: str, actor: Actor, *, on: date) -> VillagePage:
    """404 outside the regions of the actor's offices."""
    return VillagePage(place=place_of(code, actor), today=on)


def own_village(code: str, actor: Actor, *, on: date) -> OwnVillage:
    """The village of a person of the village; every other one is not there."""
    return OwnVillage(place=place_of(code, actor), today=on)


def place_of(code: str, actor: Actor) -> Place:
    """Out of scope and not there look the same."""
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
        regency=regency.name,
        regency_kind=regency.get_kind_display(),
    )


def share(found: VillagePage, address: str) -> Message:
    """A short text to send by hand: the village and the day, never a category and never a number of a person."""
    place = found.place
    # A page of this machine alone would open nothing for whoever receives the text.
    outside = urlsplit(address).hostname not in ("127.0.0.1", "localhost", "::1")
    return sharing.message(
        greeting=f"Bersinar, {_day(found.today)}",
        lines=[f"{place.kind_word} {place.name}, Kecamatan {place.district}, {place.regency_kind} {place.regency}"],
        address=address if outside else "",
    )


def _day(on: date) -> str:
    from bersinar.ui.writing import day

    return day(on)
