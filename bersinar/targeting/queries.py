"""What the selection stage tells: candidates with reasons, the policy in force, proposals and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bersinar.access import Actor, get_or_404
from bersinar.documents import queries as documents
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import DocumentKind, LetterState
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import Release, VillageResult
from bersinar.mapping.queries import RunSummary
from bersinar.methods.categories import NO_LINE_BIT, Category, categories_in
from bersinar.targeting import rules
from bersinar.targeting.models import Choice, Decision, OfficePolicy, Proposal, Readiness
from bersinar.targeting.rules import Obstacle, Policy, Verdict, VillageFacts
from bersinar.targeting.vocabulary import Answer, MoneySource, Reason

SEVERITIES = {category.severity: category for category in Category}


@dataclass(frozen=True, slots=True)
class ChosenVillage:
    """A target of the current decision, for the stages that follow."""

    village_id: int
    code: str
    name: str
    district: str
    money_source: MoneySource
    decision_id: int


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The policy that counts for an office and year, with its exact text."""

    policy: Policy
    text: str
    is_own: bool
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """The newest that is known about a village's readiness."""

    pact: Answer = Answer.BELUM
    pact_evidence: str = ""
    answers: Mapping[str, Answer] | None = None
    note: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One village of the list: what is known of it and what the policy says."""

    village_id: int
    code: str
    name: str
    kind: str
    district: str
    regency: str
    facts: VillageFacts
    line_is_example: bool
    readiness: ReadinessFacts
    verdict: Verdict

    @property
    def category(self) -> Category | None:
        return self.facts.category


@dataclass(frozen=True, slots=True)
class Candidates:
    """All villages of one released run, judged by one policy."""

    office_id: int
    year: int
    run: RunSummary
    in_force: PolicyInForce
    rows: tuple[Candidate, ...]

    def by_id(self) -> dict[int, Candidate]:
        return {row.village_id: row for row in self.rows}

    def passed_over(self, chosen: set[int]) -> list[Candidate]:
        """Eligible villages left out although worse off than a chosen one."""
        found = set(rules.passed_over({r.village_id: (r.facts, r.verdict) for r in self.rows}, chosen))
        return [row for row in self.rows if row.village_id in found]


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
    rows = (
        Choice.objects.for_actor(actor)
        .filter(decision__office_id=office_id, decision__year=year, decision__superseded_by__isnull=True)
        .select_related("village__district")
        .order_by("village__code")
    )
    return tuple(
        ChosenVillage(
            village_id=row.village_id,
            code=row.village.code,
            name=row.village.name,
            district=row.village.district.name,
            money_source=MoneySource(row.money_source),
            decision_id=row.decision_id,
        )
        for row in rows
    )


def current_decision(office_id: int, year: int, actor: Actor) -> DecisionFacts | None:
    """The decision that stands for an office and year."""
    found = Decision.objects.for_actor(actor).filter(
        office_id=office_id, year=year, superseded_by__isnull=True
    )
    pk = found.values_list("pk", flat=True).first()
    return decision(pk, actor) if pk is not None else None


def decision(pk: int, actor: Actor) -> DecisionFacts:
    """One decision; 404 out of scope."""
    get_or_404(Decision, actor, pk=pk)
    row = Decision.objects.for_actor(actor).select_related("office", "run__round", "superseded_by").get(pk=pk)
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
        data_withdrawn=mapping.run_summary(row.run_id, actor).withdrawn,
        is_example=row.run.is_example or row.run.round.is_example,
    )


def decrees(decision_id: int, actor: Actor) -> list[LetterRow]:
    """The decrees drafted for a decision that still count."""
    about = get_or_404(Decision, actor, pk=decision_id)
    gone = (LetterState.BATAL, LetterState.DIGANTIKAN)
    return [
        row
        for row in documents.letters_about(about, actor)
        if row.letter.kind == DocumentKind.SK_PENETAPAN.value and row.state not in gone
    ]


def decisions(office_id: int, actor: Actor) -> list[Decision]:
    """All decisions of an office, newest first."""
    found = Decision.objects.for_actor(actor).filter(office_id=office_id)
    return list(found.select_related("superseded_by").order_by("-year", "-number"))


def decided_years(office_id: int, actor: Actor) -> list[int]:
    """Years with a decision, newest first."""
    found = Decision.objects.for_actor(actor).filter(office_id=office_id)
    return list(found.values_list("year", flat=True).order_by("-year").distinct())


def policy_in_force(office_id: int, year: int, actor: Actor) -> PolicyInForce:
    """The unit's newest own version for the year, else the stand-in that ships."""
    own = OfficePolicy.objects.for_actor(actor).filter(office_id=office_id, year=year).first()
    if own is None:
        return PolicyInForce(rules.shipped_policy(), rules.shipped_text(), is_own=False)
    return PolicyInForce(rules.parse_policy(own.text), own.text, True, own.created_by_name, own.created_at)


def policy_versions(office_id: int, year: int, actor: Actor) -> list[OfficePolicy]:
    """The unit's own versions for a year, newest first."""
    return list(OfficePolicy.objects.for_actor(actor).filter(office_id=office_id, year=year))


def run_for(office_id: int, year: int, actor: Actor) -> int | None:
    """The newest released run of the office that was made for this year or an earlier one."""
    found = Release.objects.for_actor(actor).filter(run__office_id=office_id, run__year__lte=year)
    return found.order_by("-run__year", "-released_at", "-pk").values_list("run_id", flat=True).first()


def latest_year(office_id: int, actor: Actor) -> int | None:
    """The year of the newest released run; where the page opens by itself."""
    found = Release.objects.for_actor(actor).filter(run__office_id=office_id)
    return found.order_by("-run__year").values_list("run__year", flat=True).first()


def candidates(
    year: int, actor: Actor, *, office_id: int | None = None, run_id: int | None = None
) -> Candidates | None:
    """Every village of the released run with its verdict; None before anything is released."""
    office = office_id or actor.office_id
    if office is None:
        return None
    run_id = run_id or run_for(office, year, actor)
    if run_id is None:
        return None
    run = mapping.run_summary(run_id, actor)
    examples = mapping.example_categories(mapping.run_rule(run_id, actor))
    in_force = policy_in_force(office, year, actor)
    known = readiness_by_village(office, year, actor)
    earlier = earlier_targets(office, year, actor)
    results = (
        VillageResult.objects.for_actor(actor)
        .filter(run_id=run_id)
        .select_related("village__district__regency")
    )
    rows = []
    for result in results.order_by("village__code"):
        ready = known.get(result.village_id, ReadinessFacts())
        facts = VillageFacts(
            category=SEVERITIES.get(result.severity),
            possible=categories_in(result.possible) if result.severity < 0 else (),
            open_end=result.unmatched or bool(result.possible & NO_LINE_BIT),
            pact=ready.pact,
            answers=ready.answers or {},
            chosen_in=earlier.get(result.village_id),
        )
        rows.append(_candidate(result, facts, ready, in_force.policy, facts.category in examples))
    return Candidates(office, year, run, in_force, tuple(rows))


def readiness_by_village(office_id: int, year: int, actor: Actor) -> dict[int, ReadinessFacts]:
    """The newest readiness of each village, in one query."""
    rows = Readiness.objects.for_actor(actor).filter(office_id=office_id, year=year).order_by("pk")
    return {row.village_id: _readiness(row) for row in rows}


def readiness_history(village_id: int, year: int, actor: Actor) -> list[Readiness]:
    """Everything that was recorded about one village and year, newest first."""
    found = Readiness.objects.for_actor(actor).filter(
        village_id=village_id, year=year, office_id=actor.office_id
    )
    return list(found.order_by("-pk"))


def earlier_targets(office_id: int, year: int, actor: Actor) -> dict[int, int]:
    """Villages that current decisions of earlier years chose, with the latest such year."""
    rows = Choice.objects.for_actor(actor).filter(
        decision__office_id=office_id, decision__year__lt=year, decision__superseded_by__isnull=True
    )
    return dict(rows.order_by("decision__year").values_list("village_id", "decision__year"))


def proposal(office_id: int, year: int, actor: Actor) -> Proposal | None:
    """The saved draft of an office and year."""
    return Proposal.objects.for_actor(actor).filter(office_id=office_id, year=year).first()


def _candidate(
    result: VillageResult, facts: VillageFacts, ready: ReadinessFacts, policy: Policy, line_is_example: bool
) -> Candidate:
    village = result.village
    return Candidate(
        village_id=village.pk,
        code=village.code,
        name=village.name,
        kind=village.kind,
        district=village.district.name,
        regency=village.district.regency.name,
        facts=facts,
        line_is_example=line_is_example,
        readiness=ready,
        verdict=rules.eligibility(facts, policy),
    )


def _readiness(row: Readiness) -> ReadinessFacts:
    return ReadinessFacts(
        pact=Answer(row.pact),
        pact_evidence=row.pact_evidence,
        answers={key: Answer(value) for key, value in row.answers.items()},
        note=row.note,
        recorded_by=row.recorded_by_name,
        recorded_at=row.recorded_at,
    )


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
