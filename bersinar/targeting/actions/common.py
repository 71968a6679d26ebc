"""What every action of this stage stands on: the office one acts for, and its lock."""

from __future__ import annotations

from bersinar.access import Actor
from bersinar.targeting import errors
from bersinar.territory.models import Office


def office_of(by: Actor) -> int:
    """The office one acts for."""
    if by.office_id is None:
        raise errors.NoOffice()
    return by.office_id


def lock(office_id: int, by: Actor) -> None:
    """Hold the office until the transaction ends: two people deciding at once must come one after the other."""
    Office.objects.for_actor(by).select_for_update().get(pk=office_id)
