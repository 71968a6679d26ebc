"""Regions change: codes, ends, successors. Rows are appended; a village keeps its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from bersinar import audit
from bersinar.access import ANONYMOUS, Actor, Right
from bersinar.territory.codes import dotted
from bersinar.territory.errors import CodeRefused, VillageEnded
from bersinar.territory.models import District, FormerCode, Succession, Village


@transaction.atomic
def change_code(village_id: int, *, new_code: str, from_date: date, source: str, by: Actor) -> Village:
    """From this day on the village has another code, and lies in the kecamatan this code names."""
    by.require(Right.BORDERS_IMPORT)
    village = _held(village_id)
    code = dotted(new_code)
    district = District.objects.for_actor(ANONYMOUS).filter(code=code[:8]).first() if code else None
    if district is None:
        raise CodeRefused(new_code)
    if code == village.code:
        return village
    if Village.objects.for_actor(ANONYMOUS).filter(code=code).exists():
        raise CodeRefused(new_code)
    last = FormerCode.objects.for_actor(ANONYMOUS).filter(village=village).order_by("valid_to").last()
    begins = last.valid_to + timedelta(days=1) if last else village.valid_from
    if begins is not None and from_date <= begins:
        raise CodeRefused(new_code)
    old = FormerCode.objects.create(
        village=village,
        code=village.code,
        valid_from=begins,
        valid_to=from_date - timedelta(days=1),
        source=source,
    )
    village.code, village.district = code, district
    village.save(update_fields=["code", "district"])
    audit.record(by, "territory.code_changed", about=village, old=old.code, new=code, from_date=from_date)
    return village


@transaction.atomic
def close_village(
    village_id: int, *, last_date: date, successors: Sequence[int], source: str, by: Actor
) -> Village:
    """The village ended on this day; `successors` are the villages that took over its land."""
    by.require(Right.BORDERS_IMPORT)
    village = _held(village_id)
    followers = list(Village.objects.for_actor(ANONYMOUS).filter(pk__in=successors, valid_to=None))
    if len(followers) != len(set(successors)) or village.pk in successors:
        raise VillageEnded(village.name)
    village.valid_to = last_date
    village.save(update_fields=["valid_to"])
    Succession.objects.bulk_create(
        Succession(
            village=village, successor=follower, from_date=last_date + timedelta(days=1), source=source
        )
        for follower in followers
    )
    audit.record(by, "territory.village_closed", about=village, successors=sorted(successors))
    return village


def _held(village_id: int) -> Village:
    village = Village.objects.for_actor(ANONYMOUS).select_for_update().get(pk=village_id)
    if village.valid_to is not None:
        raise VillageEnded(village.name)
    return village
