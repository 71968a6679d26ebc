"""Reads over regions and offices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Prefetch, Q, QuerySet

from bersinar.access import ANONYMOUS
from bersinar.territory import words
from bersinar.territory.codes import dotted
from bersinar.territory.errors import NoSuchOffice
from bersinar.territory.models import FormerCode, Office, OfficeArea, Province, Regency, Village
from bersinar.territory.vocabulary import OfficeKind


@dataclass(frozen=True, slots=True)
class OfficeScope:
    """An office and the code prefixes of the regions it serves."""

    id: int
    name: str
    kind: OfficeKind
    prefixes: tuple[str, ...]


def office_scope(office_id: int) -> OfficeScope:
    office = Office.objects.for_actor(ANONYMOUS).get(pk=office_id)
    areas = OfficeArea.objects.for_actor(ANONYMOUS).filter(office=office)
    return OfficeScope(office.pk, office.name, OfficeKind(office.kind), tuple(area.prefix for area in areas))


def office_named(name: str) -> OfficeScope:
    """The office with exactly this name."""
    found = (
        Office.objects.for_actor(ANONYMOUS)
        .filter(name__iexact=name.strip())
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise NoSuchOffice(name)
    return office_scope(found)


def offices_under(office_id: int) -> tuple[OfficeScope, ...]:
    """The office itself and, for a BNNP or BNN, the offices whose regions lie inside its own."""
    own = office_scope(office_id)
    if own.kind is OfficeKind.BNNK:
        return (own,)
    inside = Q()
    for prefix in own.prefixes:
        inside |= Q(areas__prefix__startswith=prefix)
    offices = Office.objects.for_actor(ANONYMOUS).exclude(pk=own.id)
    if own.kind is not OfficeKind.BNN:
        offices = offices.filter(inside, kind=OfficeKind.BNNK) if own.prefixes else offices.none()
    areas = Prefetch("areas", queryset=OfficeArea.objects.for_actor(ANONYMOUS))
    found = offices.distinct().prefetch_related(areas)
    return (
        own,
        *(
            OfficeScope(
                office.pk,
                office.name,
                OfficeKind(office.kind),
                tuple(area.prefix for area in office.areas.all()),
            )
            for office in found
        ),
    )


def villages_of_office(office_id: int) -> QuerySet[Village]:
    """The villages of the regions an office serves that are valid today."""
    inside = areas_of_offices({office_id})[office_id]
    villages = Village.objects.for_actor(ANONYMOUS).select_related("district__regency")
    return villages.filter(inside("")).order_by("code")


def villages_of_offices(inside: Mapping[int, Callable[[str], Q]]) -> dict[int, int]:
    """How many villages each of some offices serves today; `inside` as areas_of_offices() gives it."""
    villages = Village.objects.for_actor(ANONYMOUS)
    each = {f"office_{pk}": Count("pk", filter=of_village("")) for pk, of_village in inside.items()}
    counted = villages.aggregate(**each) if each else {}
    return {pk: counted[f"office_{pk}"] for pk in inside}


def areas_of_offices(office_ids: Collection[int]) -> dict[int, Callable[[str], Q]]:
    """For each office the question whether a village lies in its regions and is valid today.

    Asked with the way from a row to its village, as in `inside("village__")`.
    """
    prefixes: dict[int, list[str]] = {pk: [] for pk in office_ids}
    areas = OfficeArea.objects.for_actor(ANONYMOUS).filter(office__in=office_ids)
    for office_id, prefix in areas.values_list("office_id", "prefix"):
        prefixes[office_id].append(prefix)
    return {pk: partial(_inside, tuple(listed)) for pk, listed in prefixes.items()}


def _inside(prefixes: tuple[str, ...], way: str) -> Q:
    if not prefixes:
        return Q(pk__in=())
    inside = Q()
    for prefix in prefixes:
        inside |= Q(**{f"{way}code__startswith": prefix + "."})
    return inside & Q(**{f"{way}valid_to": None})


def all_offices() -> tuple[OfficeScope, ...]:
    """Every office with its regions. A BNN that names no region serves all of them."""
    areas = Prefetch("areas", queryset=OfficeArea.objects.for_actor(ANONYMOUS))
    return tuple(
        OfficeScope(
            office.pk, office.name, OfficeKind(office.kind), tuple(area.prefix for area in office.areas.all())
        )
        for office in Office.objects.for_actor(ANONYMOUS).order_by("pk").prefetch_related(areas)
    )


def villages_by_regency() -> dict[str, int]:
    """How many villages each kabupaten or kota has today, by its code."""
    valid = Village.objects.for_actor(ANONYMOUS).filter(valid_to=None).order_by()
    counted = valid.values_list("district__regency__code").annotate(n=Count("pk"))
    return dict(sorted(counted))


def region_names() -> dict[str, str]:
    """Names of provinces ("19") and of kabupaten and kota ("19.02"), by code."""
    provinces = Province.objects.for_actor(ANONYMOUS).values_list("code", "name")
    regencies = Regency.objects.for_actor(ANONYMOUS)
    return dict(provinces) | {one.code: f"{one.get_kind_display()} {one.name}" for one in regencies}


def village_in_office(office_id: int, code: str) -> Village | None:
    """The village with this code, when the office serves it."""
    return villages_of_office(office_id).filter(code=code).first()


def regions_are_loaded() -> bool:
    """Has this installation its regions already?"""
    return bool(Village.objects.for_actor(ANONYMOUS).exists())


def village_by_code(code: str, on: date | None = None) -> Village | None:
    """The village that has this code, or had it: codes change, villages stay. `on` asks for one day."""
    code = dotted(code) or code
    villages = Village.objects.for_actor(ANONYMOUS).select_related("district__regency__province")
    former = FormerCode.objects.for_actor(ANONYMOUS).filter(code=code).order_by("-valid_to")
    if on is None:
        present = villages.filter(code=code).first()
        if present is not None:
            return present
    else:
        former = former.filter(Q(valid_from=None) | Q(valid_from__lte=on), valid_to__gte=on)
    known = former.values_list("village_id", flat=True).first()
    if known is not None:
        return villages.get(pk=known)
    return _present_on(villages.filter(code=code).first(), on)


def _present_on(village: Village | None, on: date | None) -> Village | None:
    """The village whose present code it is, when it already had this code on that day."""
    if village is None or on is None:
        return village
    last = FormerCode.objects.for_actor(ANONYMOUS).filter(village=village).order_by("valid_to").last()
    begins = last.valid_to if last else village.valid_from
    has_begun = begins is None or (on > begins if last else on >= begins)
    return village if has_begun and (village.valid_to is None or on <= village.valid_to) else None


def former_codes(office_id: int) -> dict[str, int]:
    """Old codes of the office's villages, each with the number of its village; the newest holder counts."""
    served = villages_of_office(office_id).values("pk")
    rows = FormerCode.objects.for_actor(ANONYMOUS).filter(village__in=served).order_by("valid_to")
    return dict(rows.values_list("code", "village_id"))


def kind_word(village: Village) -> str:
    """desa, kelurahan, or what it is called where it lies."""
    return words.kind_word(village.code, village.kind)
