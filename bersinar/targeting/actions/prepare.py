"""Before the decision: readiness, the unit's policy, and the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.mapping.models import MappingRun
from bersinar.targeting import errors, queries, rules
from bersinar.targeting.actions.common import lock, office_of
from bersinar.targeting.checks import Chosen, chosen_in
from bersinar.targeting.models import OfficePolicy, Proposal, Readiness
from bersinar.targeting.rules import Policy, PolicyError
from bersinar.targeting.vocabulary import Answer, MoneySource
from bersinar.territory.queries import villages_of_office


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
    office_id = office_of(by)
    pact_evidence = pact_evidence.strip()
    if pact is Answer.YA and not pact_evidence:
        raise errors.EvidenceMissing()
    with transaction.atomic():
        lock(office_id, by)
        policy = queries.policy_in_force(office_id, year, by).policy
        if set(answers or {}) - {item.id for item in policy.checklist}:
            raise errors.UnknownItem()
        village = villages_of_office(office_id).filter(pk=village_id).first()
        if village is None:
            raise errors.NotACandidate()
        known = {
            "pact": pact.value,
            "pact_evidence": pact_evidence,
            "answers": {key: answer.value for key, answer in (answers or {}).items()},
            "note": note.strip(),
        }
        newest = queries.readiness_history(village_id, year, by)[:1]
        # Sent twice, or nothing new: the record that stands says it already.
        if newest and all(getattr(newest[0], key) == value for key, value in known.items()):
            return newest[0]
        readiness = Readiness.objects.create(
            office_id=office_id, year=year, village=village, recorded_by_name=by.name, **known
        )
        audit.record(by, "targeting.readiness_recorded", about=readiness, village=village.pk, year=year)
    return readiness


def enter_policy(year: int, *, policy: Policy, by: Actor) -> OfficePolicy:
    """Store the unit's own policy for a year as a new version that is never edited."""
    by.require(Right.TARGETS_PREPARE)
    office_id = office_of(by)
    with transaction.atomic():
        lock(office_id, by)
        policy = replace(policy, checklist=rules.steady(policy.checklist, queries.questions(office_id, by)))
        versions = queries.policy_versions(office_id, year, by)
        # Sent twice, the same words are the same version.
        if versions and versions[0].text == _policy_text(policy, office_id, versions[0].version):
            return versions[0]
        version = len(versions) + 1
        text = _policy_text(policy, office_id, version)
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
    office_id = office_of(by)
    run = get_or_404(MappingRun, by, pk=run_id, office_id=office_id)
    with transaction.atomic():
        lock(office_id, by)
        draft = queries.proposal(office_id, year, by) or Proposal(office_id=office_id, year=year, revision=0)
        wanted = [_line(line) for line in lines]
        if revision is not None and revision != draft.revision:
            # The second tap of the same finger brings what is already kept.
            if (draft.lines, draft.passed_over_reason) == (wanted, passed_over_reason):
                return draft
            raise errors.ProposalChanged(draft.saved_by_name)
        draft.run = run
        draft.lines = wanted
        draft.passed_over_reason = passed_over_reason
        draft.revision += 1
        draft.saved_by_name = by.name
        draft.save()
        audit.record(by, "targeting.proposal_saved", about=draft, year=year, villages=len(lines))
    return draft


def add_to_proposal(year: int, *, run_id: int, village_id: int, by: Actor) -> Proposal:
    """Put one village into the draft; it takes a free DIPA place when there is one."""
    by.require(Right.TARGETS_PREPARE)
    with transaction.atomic():
        lock(office_of(by), by)
        draft = queries.proposal(office_of(by), year, by)
        lines = chosen_in(draft)
        if all(line.village_id != village_id for line in lines):
            quota = queries.policy_in_force(office_of(by), year, by).policy.quota
            taken = sum(line.money_source is MoneySource.DIPA for line in lines)
            free = MoneySource.DIPA not in quota or taken < quota[MoneySource.DIPA]
            lines.append(Chosen(village_id, MoneySource.DIPA if free else MoneySource.NON_DIPA, reason=""))
        reason = draft.passed_over_reason if draft else ""
        return save_proposal(year, run_id=run_id, lines=lines, passed_over_reason=reason, by=by)


def drop_from_proposal(year: int, *, village_id: int, by: Actor) -> Proposal:
    """Take one village out of the draft."""
    by.require(Right.TARGETS_PREPARE)
    with transaction.atomic():
        lock(office_of(by), by)
        draft = get_or_404(Proposal, by, office_id=office_of(by), year=year)
        kept = [line for line in chosen_in(draft) if line.village_id != village_id]
        return save_proposal(
            year, run_id=draft.run_id, lines=kept, passed_over_reason=draft.passed_over_reason, by=by
        )


def _policy_text(policy: Policy, office_id: int, version: int) -> str:
    text = rules.write_policy(replace(policy, id=f"unit-{office_id}", version=str(version)))
    try:
        rules.parse_policy(text)
    except PolicyError as error:
        raise errors.PolicyRefused(str(error)) from error
    return text


def _line(line: Chosen) -> dict[str, Any]:
    return {
        "village": line.village_id,
        "money_source": line.money_source.value,
        "reason": line.reason,
        "override_reason": line.override_reason,
    }
