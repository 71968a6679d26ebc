"""What was decided, and what has become known since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404

from bersinar.access import Actor, Right
from bersinar.documents import queries as documents
from bersinar.documents.models import Letter
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import DocumentKind, LetterState
from bersinar.mapping import queries as mapping
from bersinar.targeting import rules
from bersinar.targeting.models import Choice, Decision
from bersinar.targeting.rules import Obstacle, Policy, Verdict
from bersinar.targeting.vocabulary import MoneySource, Reason


@dataclass(frozen=True, slots=True)
class ChosenVillage:
    """A target of the current decision, for the stages that follow."""

    village_id: int
    code: str
    name: str
    district: str
    money_source: MoneySource
    decision_id: int


class VillageChoice(NamedTuple):
    """One year in which a village was chosen, by the decision that stands."""

    year: int
    money_source: MoneySource
    reason: str
    decision_id: int


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """One village of a decision as it was written down."""

    village_id: int
    code: str
    name: str
    kind: str
    district: str
    regency: str
    regency_kind: str
    money_source: MoneySource
    reason: str
    override: bool
    override_reason: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision with what has become known since."""

    id: int
    office_id: int
    office_name: str
    year: int
    number: int
    run_id: int
    run_year: int
    policy: Policy
    choices: tuple[ChoiceFacts, ...]
    passed_over: tuple[str, ...]
    passed_over_reason: str
    superseding_reason: str
    supersedes_id: int | None
    superseded_by_id: int | None
    decided_at: datetime
    decided_by: str
    data_withdrawn: bool
    is_example: bool

    @property
    def is_current(self) -> bool:
        return self.superseded_by_id is None


def chosen(office_id: int, year: int, actor: Actor) -> tuple[ChosenVillage, ...]:
    """The villages of the current decision; empty before there is one."""
    rows = _standing_choices(office_id, actor).filter(decision__year=year)
    return tuple(_chosen(row) for row in rows.order_by("village__code"))


def _standing_choices(office_id: int, actor: Actor) -> QuerySet[Choice]:
    found: QuerySet[Choice] = Choice.objects.for_actor(actor).filter(
        decision__office_id=office_id, decision__superseded_by__isnull=True
    )
    return found.select_related("village__district")


def _chosen(row: Choice) -> ChosenVillage:
    return ChosenVillage(
        village_id=row.village_id,
        code=row.village.code,
        name=row.village.name,
        district=row.village.district.name,
        money_source=MoneySource(row.money_source),
        decision_id=row.decision_id,
    )


def chosen_by_year(office_id: int, actor: Actor) -> dict[int, list[ChosenVillage]]:
    """The villages of every decision of an office that stands, the newest year first."""
    found: dict[int, list[ChosenVillage]] = {}
    rows = _standing_choices(office_id, actor).order_by("-decision__year", "village__code")
    for row in rows.select_related("decision"):
        found.setdefault(row.decision.year, []).append(_chosen(row))
    return found


def choices_of_village(village_id: int, actor: Actor) -> list[VillageChoice]:
    """The years a village was chosen, newest first; decisions that were replaced do not count."""
    if not actor.can(Right.TARGETS_SEE):
        return []
    rows = (
        Choice.objects.for_actor(actor)
        .filter(village_id=village_id, decision__superseded_by__isnull=True)
        .order_by("-decision__year", "-decision__number")
        .values_list("decision__year", "money_source", "reason", "decision_id")
    )
    return [VillageChoice(year, MoneySource(money), reason, pk) for year, money, reason, pk in rows]


def current_decision(office_id: int, year: int, actor: Actor) -> DecisionFacts | None:
    """The decision that stands for an office and year."""
    found = _with_run(actor).filter(office_id=office_id, year=year, superseded_by__isnull=True).first()
    return _facts(found, actor) if found is not None else None


def decision(pk: int, actor: Actor) -> DecisionFacts:
    """One decision; 404 out of scope."""
    row = _with_run(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return _facts(row, actor)


def _with_run(actor: Actor) -> QuerySet[Decision]:
    found: QuerySet[Decision] = Decision.objects.for_actor(actor)
    return found.select_related("office", "run__round", "superseded_by").defer("run__rule_text")


def _facts(row: Decision, actor: Actor) -> DecisionFacts:
    later: Decision | None = getattr(row, "superseded_by", None)
    choices = (
        Choice.objects.for_actor(actor)
        .filter(decision=row)
        .select_related("village__district__regency")
        .order_by("village__code")
    )
    return DecisionFacts(
        id=row.pk,
        office_id=row.office_id,
        office_name=row.office.name,
        year=row.year,
        number=row.number,
        run_id=row.run_id,
        run_year=row.run.year,
        policy=rules.parse_policy(row.policy_text),
        choices=tuple(_choice(choice) for choice in choices),
        passed_over=tuple(row.passed_over),
        passed_over_reason=row.passed_over_reason,
        superseding_reason=row.superseding_reason,
        supersedes_id=row.supersedes_id,
        superseded_by_id=later.pk if later else None,
        decided_at=row.decided_at,
        decided_by=row.decided_by_name,
        data_withdrawn=mapping.uses_withdrawn_data(row.run, actor),
        is_example=row.run.is_example or row.run.round.is_example,
    )


def decrees(decision_id: int, actor: Actor) -> list[LetterRow]:
    """The decrees drafted for a decision that still count."""
    gone = (LetterState.BATAL, LetterState.DIGANTIKAN)
    return [
        row
        for row in documents.letters_about(Decision(pk=decision_id), actor)
        if row.letter.kind == DocumentKind.SK_PENETAPAN.value and row.state not in gone
    ]


def unsigned_decrees_before(facts: DecisionFacts, actor: Actor) -> dict[str, Letter]:
    """Decrees of the decision this one replaced that were drafted but never signed, by who would sign."""
    if facts.supersedes_id is None:
        return {}
    return {
        row.letter.signatory_position: row.letter
        for row in decrees(facts.supersedes_id, actor)
        if row.state is LetterState.RANCANGAN
    }


def decisions(office_id: int, actor: Actor) -> list[Decision]:
    """All decisions of an office, newest first."""
    found = Decision.objects.for_actor(actor).filter(office_id=office_id)
    return list(found.select_related("superseded_by").order_by("-year", "-number"))


def decided_years(office_id: int, actor: Actor) -> list[int]:
    """Years with a decision, newest first."""
    found = Decision.objects.for_actor(actor).filter(office_id=office_id)
    return list(found.values_list("year", flat=True).order_by("-year").distinct())


def earlier_targets(office_id: int, year: int, actor: Actor) -> dict[int, int]:
    """Villages that current decisions of earlier years chose, with the latest such year."""
    rows = Choice.objects.for_actor(actor).filter(
        decision__office_id=office_id, decision__year__lt=year, decision__superseded_by__isnull=True
    )
    return dict(rows.order_by("decision__year").values_list("village_id", "decision__year"))


def _choice(row: Choice) -> ChoiceFacts:
    return ChoiceFacts(
        village_id=row.village_id,
        code=row.village.code,
        name=row.village.name,
        kind=row.village.kind,
        district=row.village.district.name,
        regency=row.village.district.regency.name,
        regency_kind=row.village.district.regency.kind,
        money_source=MoneySource(row.money_source),
        reason=row.reason,
        override=row.override,
        override_reason=row.override_reason,
        verdict=Verdict(tuple(Obstacle(Reason(reason), about) for reason, about in row.verdict)),
    )
