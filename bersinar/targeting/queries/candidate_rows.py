"""The candidates of a year with what is known of each, and the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bersinar.access import Actor
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import Release, VillageResult
from bersinar.mapping.queries import RunSummary
from bersinar.mapping.rules import line_statuses
from bersinar.methods.categories import NO_LINE_BIT, Category, Status, categories_in
from bersinar.targeting import rules
from bersinar.targeting.models import Proposal, Readiness
from bersinar.targeting.queries.decision_rows import earlier_targets
from bersinar.targeting.queries.policies import PolicyInForce, policy_in_force
from bersinar.targeting.rules import Policy, Verdict, VillageFacts
from bersinar.targeting.vocabulary import Answer

SEVERITIES = {category.severity: category for category in Category}


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
    line_status: Status | None  # how sure the line is that gave the category; None while it is open
    readiness: ReadinessFacts
    verdict: Verdict

    @property
    def category(self) -> Category | None:
        return self.facts.category

    @property
    def name_and_district(self) -> str:
        """Two villages of one office may bear one name."""
        return f"{self.name} ({self.district})"

    @property
    def line_is_example(self) -> bool:
        return self.line_status is Status.CONTOH


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


def run_for(office_id: int, year: int, actor: Actor) -> int | None:
    """The newest released run of the office that was made for this year or an earlier one."""
    found = Release.objects.for_actor(actor).filter(run__office_id=office_id, run__year__lte=year)
    return found.order_by("-run__year", "-pk").values_list("run_id", flat=True).first()


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
    statuses = line_statuses(mapping.run_rule(run_id, actor))
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
        rows.append(
            _candidate(
                result,
                facts,
                ready,
                in_force.policy,
                statuses.get(facts.category) if facts.category else None,
            )
        )
    return Candidates(office, year, run, in_force, tuple(rows))


def readiness_by_village(office_id: int, year: int, actor: Actor) -> dict[int, ReadinessFacts]:
    """The newest readiness of each village, in one query."""
    rows = Readiness.objects.for_actor(actor).filter(office_id=office_id, year=year).order_by("pk")
    return {row.village_id: _readiness(row) for row in rows}


def readiness_history(village_id: int, year: int, actor: Actor) -> list[Readiness]:
    """Everything that was recorded about one village and year, newest first."""
    if actor.office_id is None:
        return []
    found = Readiness.objects.for_actor(actor).filter(
        village_id=village_id, year=year, office_id=actor.office_id
    )
    return list(found.order_by("-pk"))


def proposal(office_id: int, year: int, actor: Actor) -> Proposal | None:
    """The saved draft of an office and year."""
    return Proposal.objects.for_actor(actor).filter(office_id=office_id, year=year).first()


def _candidate(
    result: VillageResult,
    facts: VillageFacts,
    ready: ReadinessFacts,
    policy: Policy,
    line_status: Status | None,
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
        line_status=line_status,
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
