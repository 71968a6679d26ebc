"""Decide, and replace what was decided. Nothing written here is edited afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import MappingRun
from bersinar.targeting import errors, queries
from bersinar.targeting.actions.common import lock, office_of
from bersinar.targeting.checks import Chosen, check_choices, chosen_in
from bersinar.targeting.models import Choice, Decision
from bersinar.targeting.queries import Candidate


def decide_proposal(
    year: int,
    *,
    run_id: int,
    revision: int,
    client_key: str,
    by: Actor,
    replaces: int | None = None,
    superseding_reason: str = "",
) -> Decision:
    """Decide the draft exactly as it was shown; a draft that changed meanwhile is refused.

    `replaces` is the decision the person saw standing, so that of two officers who decide at once the second is
    told, and the second tap of one finger finds the decision of the first.
    """
    by.require(Right.TARGETS_DECIDE)
    with transaction.atomic():
        lock(office_of(by), by)
        if (same := _sent_before(office_of(by), client_key, by)) is not None:
            return same
        draft = queries.proposal(office_of(by), year, by)
        if draft is None:
            raise errors.NothingChosen()
        if draft.revision != revision:
            raise errors.ProposalChanged(draft.saved_by_name)
        common: dict[str, Any] = {
            "run_id": run_id,
            "choices": chosen_in(draft),
            "passed_over_reason": draft.passed_over_reason,
            "client_key": client_key,
            "by": by,
        }
        if replaces is None:
            return decide_targets(year, **common)
        return supersede_decision(replaces, reason=superseding_reason, **common)


def decide_targets(
    year: int,
    *,
    run_id: int,
    choices: Sequence[Chosen],
    client_key: str,
    by: Actor,
    passed_over_reason: str = "",
) -> Decision:
    """Fix the target villages of one year. The same key sent twice gives the same decision."""
    by.require(Right.TARGETS_DECIDE)
    office_id = office_of(by)
    with transaction.atomic():
        lock(office_id, by)
        if (same := _sent_before(office_id, client_key, by)) is not None:
            return same
        if queries.current_decision(office_id, year, by) is not None:
            raise errors.AlreadyDecided(year)
        decision = _write(year, run_id, choices, passed_over_reason, client_key, by)
        audit.record(by, "targeting.decided", about=decision, year=year, run=run_id, villages=len(choices))
    return decision


def supersede_decision(
    decision_id: int,
    *,
    run_id: int,
    choices: Sequence[Chosen],
    reason: str,
    client_key: str,
    by: Actor,
    passed_over_reason: str = "",
) -> Decision:
    """Put a new decision in the place of the current one, which stays as it was."""
    by.require(Right.TARGETS_DECIDE)
    office_id = office_of(by)
    if not reason.strip():
        raise errors.SupersedingReasonMissing()
    with transaction.atomic():
        lock(office_id, by)
        if (same := _sent_before(office_id, client_key, by)) is not None:
            return same
        earlier = get_or_404(Decision, by, pk=decision_id, office_id=office_id)
        if Decision.objects.for_actor(by).filter(supersedes=earlier).exists():
            raise errors.AlreadySuperseded()
        decision = _write(
            earlier.year, run_id, choices, passed_over_reason, client_key, by, earlier, reason.strip()
        )
        audit.record(
            by, "targeting.superseded", about=decision, year=earlier.year, run=run_id, supersedes=earlier.pk
        )
    return decision


def _write(
    year: int,
    run_id: int,
    choices: Sequence[Chosen],
    passed_over_reason: str,
    client_key: str,
    by: Actor,
    earlier: Decision | None = None,
    reason: str = "",
) -> Decision:
    office_id = office_of(by)
    get_or_404(MappingRun, by, pk=run_id, office_id=office_id)
    if not mapping.is_released(run_id, by):
        raise errors.RunNotReleased()
    found = queries.candidates(year, by, office_id=office_id, run_id=run_id)
    if found is None:
        raise errors.RunNotReleased()
    check_choices(choices, found, passed_over_reason)
    left_out = found.passed_over({choice.village_id for choice in choices})
    decision = Decision.objects.create(
        office_id=office_id,
        year=year,
        number=earlier.number + 1 if earlier else 1,
        run_id=run_id,
        policy_text=found.in_force.text,
        passed_over=[row.name_and_district for row in left_out],
        passed_over_reason=passed_over_reason.strip() if left_out else "",
        supersedes=earlier,
        superseding_reason=reason,
        client_key=client_key,
        decided_by_name=by.name,
    )
    rows = found.by_id()
    Choice.objects.bulk_create(_choice(decision, choice, rows[choice.village_id]) for choice in choices)
    return decision


def _choice(decision: Decision, choice: Chosen, row: Candidate) -> Choice:
    eligible = row.verdict.eligible
    return Choice(
        decision=decision,
        village_id=choice.village_id,
        money_source=choice.money_source.value,
        reason=choice.reason.strip(),
        eligible=eligible,
        verdict=[[obstacle.reason.value, obstacle.about] for obstacle in row.verdict.reasons],
        override=not eligible,
        # What was typed for a village that became eligible meanwhile is no exception any more.
        override_reason="" if eligible else choice.override_reason.strip(),
    )


def _sent_before(office_id: int, client_key: str, by: Actor) -> Decision | None:
    found = Decision.objects.for_actor(by).filter(office_id=office_id, client_key=client_key)
    return found.first()
