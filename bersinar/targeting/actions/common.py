"""What every action of this stage stands on: one chosen village, the office one acts for, and its lock."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor
from bersinar.targeting import errors
from bersinar.targeting.models import Proposal
from bersinar.targeting.vocabulary import MoneySource
from bersinar.territory.models import Office


@dataclass(frozen=True, slots=True)
class Chosen:
    """One village somebody wants to choose, with the written reason."""

    village_id: int
    money_source: MoneySource
    reason: str
    override_reason: str = ""


def chosen_in(draft: Proposal | None) -> list[Chosen]:
    """The lines of a draft."""
    return [
        Chosen(line["village"], MoneySource(line["money_source"]), line["reason"], line["override_reason"])
        for line in (draft.lines if draft else [])
    ]


def office_of(by: Actor) -> int:
    """The office one acts for."""
    if by.office_id is None:
        raise errors.NoOffice()
    return by.office_id


def lock(office_id: int, by: Actor) -> None:
    """Hold the office until the transaction ends: two people deciding at once must come one after the other."""
    Office.objects.for_actor(by).select_for_update().get(pk=office_id)
