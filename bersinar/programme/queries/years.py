"""Villages in the programme: where each stands, what is next, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from bersinar.access import Actor, get_or_404
from bersinar.programme.models import ProgrammeYear, StageEvent, StagePlan
from bersinar.programme.queries import steps
from bersinar.programme.queries.commitment_rows import tallies
from bersinar.programme.queries.steps import Step
from bersinar.programme.rules import dates, stages
from bersinar.programme.rules.commitments import Tally
from bersinar.programme.rules.stages import OpenEvidence
from bersinar.programme.rules.template import StageRule, parse_template
from bersinar.programme.vocabulary import MoneySource, Origin, Precision, Stage
from bersinar.targeting.models import Choice
from bersinar.territory.vocabulary import RegencyKind, VillageKind


class DecisionState(StrEnum):
    """What became of the decision a village was enrolled from."""

    BERLAKU = "BERLAKU"
    DIGANTI = "DIGANTI"  # replaced; the village stands in the new one too
    DIKELUARKAN = "DIKELUARKAN"  # replaced by one that does not name the village
    TANPA = "TANPA"  # enrolled without a decision of this system


@dataclass(frozen=True, slots=True)
class YearRow:
    """One village's programme year with everything lists and cards show."""

    id: int
    office_id: int
    office_name: str
    village_id: int
    code: str
    name: str
    kind: str
    kind_word: str
    district: str
    regency: str
    regency_word: str
    year: int
    money_source: MoneySource
    stage: Stage
    stage_title: str
    stage_on: date | None
    stage_precision: Precision | None
    column: str
    next_stage: Stage | None
    next_step: str
    next_planned: date | None
    open_evidence: tuple[OpenEvidence, ...]
    launched_on: date | None
    launched_precision: Precision | None
    is_guidance: bool
    decision_id: int | None
    decision_state: DecisionState
    origin: Origin
    source: str
    reason: str
    template_id: str
    template_version: str
    n_commitments: int
    n_kept: int
    n_overdue: int
    rail: tuple[Step, ...]

    @property
    def launched(self) -> str:
        """The day of the launch in words; empty before it."""
        if self.launched_on is None or self.launched_precision is None:
            return ""
        return dates.words(self.launched_on, self.launched_precision)

    @property
    def stage_when(self) -> str:
        """The day the current stage was reached, in words."""
        if self.stage_on is None or self.stage_precision is None:
            return ""
        return dates.words(self.stage_on, self.stage_precision)

    @property
    def needs_action(self) -> bool:
        """Something is overdue, or the ground the year stands on has moved."""
        return self.n_overdue > 0 or self.decision_state is DecisionState.DIKELUARKAN


@dataclass(frozen=True, slots=True)
class Launch:
    """One village as a year counts it: is it new in it, and when was it launched."""

    name: str
    is_guidance: bool
    launched_on: date | None


def launches(actor: Actor, *, year: int) -> list[Launch]:
    """The villages of `programme_years` without what only lists and cards show, in one query."""
    events = StageEvent.objects.for_actor(actor).filter(
        year=OuterRef("pk"), stage=Stage.PENCANANGAN.value, withdrawal__isnull=True
    )
    found: Any = standing_years(actor).filter(year__lte=year)
    rows: list[Any] = _newest_of_each_village(found.annotate(launched_on=Subquery(events.values("date")[:1])))
    return [Launch(row.village.name, row.year < year, row.launched_on) for row in rows]


def programme_years(actor: Actor, *, year: int | None = None, office_id: int | None = None) -> list[YearRow]:
    """Every programme year; with a year, one row a village as it counts then: formed in it, or in guidance since."""
    found = standing_years(actor)
    if office_id is not None:
        found = found.filter(office_id=office_id)
    if year is not None:
        found = found.filter(year__lte=year)
    rows = list(found)
    if year is not None:
        rows = _newest_of_each_village(rows)
    return _rows(rows, actor, year=year or max((row.year for row in rows), default=0))


def programme_year(pk: int, actor: Actor) -> YearRow:
    """One programme year; 404 out of scope."""
    get_or_404(ProgrammeYear, actor, pk=pk, withdrawal__isnull=True)
    return _rows(list(standing_years(actor).filter(pk=pk)), actor)[0]


def years_of_village(village_id: int, actor: Actor) -> list[YearRow]:
    """The programme years of one village, newest first."""
    return _rows(list(standing_years(actor).filter(village_id=village_id)), actor)


def enrolled_villages(office_id: int, actor: Actor) -> set[tuple[int, int]]:
    """Year and village of everything one office has enrolled."""
    return set(standing_years(actor).filter(office_id=office_id).values_list("year", "village_id"))


def standing_years(actor: Actor) -> QuerySet[ProgrammeYear]:
    """The enrolments that count, newest year first."""
    found: QuerySet[ProgrammeYear] = ProgrammeYear.objects.for_actor(actor).filter(withdrawal__isnull=True)
    return found.select_related("office", "village__district__regency", "decision").order_by(
        "-year", "village__code"
    )


def _newest_of_each_village(rows: Iterable[ProgrammeYear]) -> list[ProgrammeYear]:
    newest: dict[tuple[int, int], ProgrammeYear] = {}
    for row in rows:
        newest.setdefault((row.office_id, row.village_id), row)
    return list(newest.values())


def _rows(years: list[ProgrammeYear], actor: Actor, *, year: int | None = None) -> list[YearRow]:
    """The rows of these years in a fixed number of queries."""
    ids = [one.pk for one in years]
    events = steps.standing_events(ids, actor)
    plans = steps.standing_plans(ids, actor, events)
    counts = tallies(ids, actor, on=timezone.localdate())
    given = steps.given_by_year(years, actor, counts)
    states = _decision_states(years, actor)
    return [
        _row(
            one,
            {Stage(event.stage): event for event in events[one.pk]},
            plans.get(one.pk, {}),
            counts[one.pk],
            given[one.pk],
            states[one.pk],
            actor,
            year=year,
        )
        for one in years
    ]


def _row(
    one: ProgrammeYear,
    events: dict[Stage, StageEvent],
    plans: dict[Stage, StagePlan],
    tally: Tally,
    given: frozenset[str],
    state: DecisionState,
    actor: Actor,
    *,
    year: int | None,
) -> YearRow:
    template = parse_template(one.template_text)
    current = stages.current_stage(template, events)
    planned = {stage: plan.date for stage, plan in plans.items() if plan.date is not None}
    following = stages.next_stage(template, events, planned)
    stage_on, stage_precision = _when(events, current)
    launched_on, launched_precision = _when(events, template.stage(Stage.PENCANANGAN))
    village, regency = one.village, one.village.district.regency
    return YearRow(
        id=one.pk,
        office_id=one.office_id,
        office_name=one.office.name,
        village_id=one.village_id,
        code=village.code,
        name=village.name,
        kind=village.kind,
        kind_word=VillageKind(village.kind).label,
        district=village.district.name,
        regency=regency.name,
        regency_word=f"{RegencyKind(regency.kind).label} {regency.name}",
        year=one.year,
        money_source=MoneySource(one.money_source),
        stage=current.id,
        stage_title=current.title,
        stage_on=stage_on,
        stage_precision=stage_precision,
        column=current.column,
        next_stage=following.id if following else None,
        next_step=following.next if following else "",
        next_planned=planned.get(following.id) if following else None,
        open_evidence=stages.open_evidence(template, events, given),
        launched_on=launched_on,
        launched_precision=launched_precision,
        is_guidance=year is not None and one.year < year,
        decision_id=one.decision_id,
        decision_state=state,
        origin=Origin(one.origin),
        source=one.source,
        reason=one.reason,
        template_id=one.template_id,
        template_version=one.template_version,
        n_commitments=tally.total - tally.dropped,
        n_kept=tally.kept,
        n_overdue=tally.overdue,
        rail=tuple(steps.steps_of(one, events, plans, given, actor)),
    )


def _when(events: dict[Stage, StageEvent], rule: StageRule | None) -> tuple[date | None, Precision | None]:
    """The day of a stage and how exactly it is known."""
    event = events.get(rule.id) if rule else None
    return (event.date, Precision(event.precision)) if event else (None, None)


def _decision_states(years: list[ProgrammeYear], actor: Actor) -> dict[int, DecisionState]:
    """Decisions are superseded, never edited; a year enrolled from a replaced one says so and stays as it is."""
    knowing = replace(actor, office_ids=tuple({one.office_id for one in years}), village_code=None)
    named: dict[tuple[int, int], set[int]] = {}
    replaced: set[int] = set()
    choices = Choice.objects.for_actor(knowing).filter(
        decision__office_id__in=knowing.office_ids, decision__year__in={one.year for one in years}
    )
    for office_id, year, village_id, decision_id, later in choices.values_list(
        "decision__office_id", "decision__year", "village_id", "decision_id", "decision__superseded_by"
    ):
        if later is None:
            named.setdefault((office_id, year), set()).add(village_id)
        else:
            replaced.add(decision_id)
    found = {}
    for one in years:
        if one.decision_id is None:
            found[one.pk] = DecisionState.TANPA
        elif one.decision_id not in replaced:
            found[one.pk] = DecisionState.BERLAKU
        else:
            still = one.village_id in named.get((one.office_id, one.year), set())
            found[one.pk] = DecisionState.DIGANTI if still else DecisionState.DIKELUARKAN
    return found
