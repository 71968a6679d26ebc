"""What stands between a list of villages and a decision; the page asks before the action does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bersinar.access import BersinarError
from bersinar.targeting import errors, rules
from bersinar.targeting.models import Proposal
from bersinar.targeting.queries.candidate_rows import Candidates
from bersinar.targeting.rules import Policy
from bersinar.targeting.vocabulary import MoneySource


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


def check_quota(choices: Sequence[Chosen], policy: Policy) -> None:
    """Raise QuotaExceeded for the first money source with too many villages."""
    counted = Counter(choice.money_source for choice in choices)
    for source in rules.over_quota(counted, policy):
        raise errors.QuotaExceeded(source=source.label, chosen=counted[source], quota=policy.quota[source])


def check_choices(choices: Sequence[Chosen], found: Candidates, passed_over_reason: str) -> None:
    """Raise for the first thing that stands between this list and a decision."""
    if not choices:
        raise errors.NothingChosen()
    rows = found.by_id()
    seen: set[int] = set()
    for choice in choices:
        if (row := rows.get(choice.village_id)) is None:
            raise errors.NotACandidate()
        if choice.village_id in seen:
            raise errors.VillageChosenTwice(row.name)
        seen.add(choice.village_id)
        if not choice.reason.strip():
            raise errors.ReasonMissing(row.name)
        if not row.verdict.eligible and not choice.override_reason.strip():
            raise errors.OverrideReasonMissing(row.name)
    check_quota(choices, found.in_force.policy)
    left_out = found.passed_over(seen)
    if left_out and not passed_over_reason.strip():
        raise errors.PassedOverReasonMissing([row.name_and_district for row in left_out])


def what_is_missing(found: Candidates, draft: Proposal | None) -> BersinarError | None:
    """The first thing that keeps the draft from being decided, or None."""
    try:
        check_choices(chosen_in(draft), found, draft.passed_over_reason if draft else "")
    except BersinarError as error:
        return error
    return None
