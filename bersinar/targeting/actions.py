"""What people do to choose: record readiness, propose, decide, replace a decision, draft the decree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import MappingRun
from bersinar.targeting import errors, queries, rules
from bersinar.targeting.models import Choice, Decision, OfficePolicy, Proposal, Readiness
from bersinar.targeting.queries import Candidate, Candidates
from bersinar.targeting.rules import Policy, PolicyError
from bersinar.targeting.vocabulary import Answer, MoneySource
from bersinar.territory.models import Office
from bersinar.territory.queries import villages_of_office


@dataclass(frozen=True, slots=True)
class Chosen:
    """One village somebody wants to choose, with the written reason."""

    village_id: int
    money_source: MoneySource
    reason: str
    override_reason: str = ""


def record_readiness(
    village_id: int,
    *,
    year: int,
    pact: Answer,
    by: Actor,
    pact_evidence: str = "",
    answers: Mapping[str, Answer] | None = None,
    note: str = "",
) -> Readiness:
    """Append what is known about a village's readiness; earlier records stay."""
    by.require(Right.TARGETS_PREPARE)
    office_id = _office_of(by)
    pact_evidence = pact_evidence.strip()
    if pact is Answer.YA and not pact_evidence:
        raise errors.EvidenceMissing()
    with transaction.atomic():
        policy = queries.policy_in_force(office_id, year, by).policy
        if set(answers or {}) - {item.id for item in policy.checklist}:
            raise errors.UnknownItem()
        village = villages_of_office(office_id).filter(pk=village_id).first()
        if village is None:
            raise errors.NotACandidate()
        readiness = Readiness.objects.create(
            office_id=office_id,
            year=year,
            village=village,
            pact=pact.value,
            pact_evidence=pact_evidence,
            answers={key: answer.value for key, answer in (answers or {}).items()},
            note=note.strip(),
            recorded_by_name=by.name,
        )
        audit.record(by, "targeting.readiness_recorded", about=readiness, village=village.pk, year=year)
    return readiness


def enter_policy(year: int, *, policy: Policy, by: Actor) -> OfficePolicy:
    """Store the unit's own policy for a year as a new version that is never edited."""
    by.require(Right.TARGETS_PREPARE)
    office_id = _office_of(by)
    with transaction.atomic():
        _lock(office_id, by)
        version = len(queries.policy_versions(office_id, year, by)) + 1
        text = rules.write_policy(policy)
        try:
            rules.parse_policy(text)
        except PolicyError as error:
            raise errors.PolicyRefused(str(error)) from error
        stored = OfficePolicy.objects.create(
            office_id=office_id,
            year=year,
            version=version,
            title=policy.title,
            text=text,
            created_by_name=by.name,
        )
        audit.record(by, "targeting.policy_entered", about=stored, year=year, version=version)
    return stored


def save_proposal(
    year: int,
    *,
    run_id: int,
    lines: Sequence[Chosen],
    by: Actor,
    passed_over_reason: str = "",
    revision: int | None = None,
) -> Proposal:
    """Keep the draft. A revision that is no longer the newest is refused, so nobody's text disappears."""
    by.require(Right.TARGETS_PREPARE)
    office_id = _office_of(by)
    run = get_or_404(MappingRun, by, pk=run_id, office_id=office_id)
    with transaction.atomic():
        _lock(office_id, by)
        draft = queries.proposal(office_id, year, by) or Proposal(office_id=office_id, year=year, revision=0)
        if revision is not None and revision != draft.revision:
            raise errors.ProposalChanged(draft.saved_by_name)
        draft.run = run
        draft.lines = [_line(line) for line in lines]
        draft.passed_over_reason = passed_over_reason
        draft.revision += 1
        draft.saved_by_name = by.name
        draft.save()
        audit.record(by, "targeting.proposal_saved", about=draft, year=year, villages=len(lines))
    return draft


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
    office_id = _office_of(by)
    with transaction.atomic():
        _lock(office_id, by)
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
    office_id = _office_of(by)
    if not reason.strip():
        raise errors.SupersedingReasonMissing()
    with transaction.atomic():
        _lock(office_id, by)
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
        raise errors.PassedOverReasonMissing([row.name for row in left_out])


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
    office_id = _office_of(by)
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
        passed_over=[row.name for row in left_out],
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


def _line(line: Chosen) -> dict[str, Any]:
    return {
        "village": line.village_id,
        "money_source": line.money_source.value,
        "reason": line.reason,
        "override_reason": line.override_reason,
    }


def _office_of(by: Actor) -> int:
    if by.office_id is None:
        raise errors.NoOffice()
    return by.office_id


def _lock(office_id: int, by: Actor) -> None:
    """Hold the office until the transaction ends: two people deciding at once must come one after the other."""
    Office.objects.for_actor(by).select_for_update().get(pk=office_id)


def _sent_before(office_id: int, client_key: str, by: Actor) -> Decision | None:
    found = Decision.objects.for_actor(by).filter(office_id=office_id, client_key=client_key)
    return found.first()
