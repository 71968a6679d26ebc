"""Reads over regions and offices."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bersinar.access import ANONYMOUS
from bersinar.territory.models import Office, OfficeArea, Village
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
    found = offices.distinct().prefetch_related("areas")
    return (
        own,
        *(
            OfficeScope(
                office.pk,
                office.name,
                OfficeKind(office.kind),
                tuple(area.prefix for area in office.areas.for_actor(ANONYMOUS)),
            )
            for office in found
        ),
    )


def villages_of_office(office_id: int) -> QuerySet[Village]:
    """The villages of the regions an office serves that are valid today."""
    inside = Q()
    prefixes = office_scope(office_id).prefixes
    for prefix in prefixes:
        inside |= Q(code__startswith=prefix + ".")
    villages = Village.objects.for_actor(ANONYMOUS).select_related("district__regency")
    return villages.filter(inside, valid_to=None).order_by("code") if prefixes else villages.none()


def village_in_office(office_id: int, code: str) -> Village | None:
    """The village with this code, when the office serves it."""
    return villages_of_office(office_id).filter(code=code).first()


def regions_are_loaded() -> bool:
    """Has this installation its regions already?"""
    return bool(Village.objects.for_actor(ANONYMOUS).exists())
