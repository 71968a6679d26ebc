"""The stages of one programme year: what is recorded, planned and shown, and how it reads as a row of steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents.models import Issue, Letter
from bersinar.documents.vocabulary import DocumentKind
from bersinar.mapping.models import VillageResult
from bersinar.programme.models import Evidence, Meeting, ProgrammeYear, StageEvent, StagePlan
from bersinar.programme.queries.commitment_rows import tallies
from bersinar.programme.queries.meeting_papers import standing_minutes
from bersinar.programme.queries.seating import current_plans, live_attendance
from bersinar.programme.rules import dates, stages
from bersinar.programme.rules.commitments import Tally
from bersinar.programme.rules.stages import Accepted, State
from bersinar.programme.rules.template import parse_template
from bersinar.programme.vocabulary import Gives, Precision, Stage
from bersinar.ui.writing import day


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as ui/parts/stage_steps.html shows it."""

    stage: Stage
    label: str
    state: State
    note: str = ""
    url: str = ""


def standing_event(year_id: int, stage: Stage, actor: Actor) -> StageEvent | None:
    """The record of a stage that was not taken back."""
    found = StageEvent.objects.for_actor(actor).filter(year_id=year_id, stage=stage.value)
    standing: StageEvent | None = found.filter(withdrawal__isnull=True).first()
    return standing


def standing_events(year_ids: Collection[int], actor: Actor) -> dict[int, list[StageEvent]]:
    """The records that count, of many years in one query."""
    found: dict[int, list[StageEvent]] = defaultdict(list)
    for event in StageEvent.objects.for_actor(actor).filter(year_id__in=year_ids, withdrawal__isnull=True):
        found[event.year_id].append(event)
    return found


def standing_evidence(year_ids: Collection[int], actor: Actor) -> dict[int, list[Evidence]]:
    """The evidence that counts, of many years in one query."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.for_actor(actor).filter(year_id__in=year_ids, withdrawal__isnull=True)
    for row in rows.select_related("file"):
        found[row.year_id].append(row)
    return found


def standing_plans(
    year_ids: Collection[int], actor: Actor, events: Mapping[int, Iterable[StageEvent]]
) -> dict[int, dict[Stage, StagePlan]]:
    """The newest plan of each stage that is not recorded yet; `events` are the `standing_events`."""
    found: dict[int, dict[Stage, StagePlan]] = defaultdict(dict)
    for plan in StagePlan.objects.for_actor(actor).filter(year_id__in=year_ids).order_by("pk"):
        found[plan.year_id][Stage(plan.stage)] = plan
    for year_id, recorded_events in events.items():
        for event in recorded_events:
            found[year_id].pop(Stage(event.stage), None)
    return {
        year_id: {stage: plan for stage, plan in plans.items() if plan.date is not None}
        for year_id, plans in found.items()
    }


def accepted(events: Sequence[StageEvent]) -> dict[Stage, Accepted]:
    """Records as the rules know them."""
    return {
        Stage(event.stage): Accepted(Stage(event.stage), event.date, Precision(event.precision))
        for event in events
    }


def recorded(year_id: int, actor: Actor) -> dict[Stage, Accepted]:
    """The stages of one year that count."""
    return accepted(standing_events([year_id], actor)[year_id])


def given(year: ProgrammeYear, actor: Actor) -> frozenset[str]:
    """The evidence of one year that is there."""
    counts = tallies([year.pk], actor, on=timezone.localdate())
    return given_by_year([year], actor, counts)[year.pk]


def given_by_year(
    years: Sequence[ProgrammeYear], actor: Actor, counts: Mapping[int, Tally]
) -> dict[int, frozenset[str]]:
    """The evidence that is there: handed in, or held by this system already. `counts` are the `tallies`."""
    shown = standing_evidence([year.pk for year in years], actor)
    facts = _held(years, actor, counts)
    found = {}
    for year in years:
        template = parse_template(year.template_text)
        held = {
            item.id for stage in template.stages for item in stage.evidence if item.gives in facts[year.pk]
        }
        found[year.pk] = frozenset(held | {row.item for row in shown[year.pk] if row.item})
    return found


def stage_steps(year_id: int, actor: Actor) -> list[Step]:
    """The stages of one year with day, plan and state."""
    year = get_or_404(ProgrammeYear, actor, pk=year_id)
    recorded_events = standing_events([year_id], actor)
    events = {Stage(event.stage): event for event in recorded_events[year_id]}
    plans = standing_plans([year_id], actor, recorded_events).get(year_id, {})
    return steps_of(year, events, plans, given(year, actor), actor)


def steps_of(
    year: ProgrammeYear,
    events: dict[Stage, StageEvent],
    plans: dict[Stage, StagePlan],
    there: Collection[str],
    actor: Actor,
) -> list[Step]:
    """The row of steps from rows that were read already; `there` is the evidence `given`."""
    template = parse_template(year.template_text)
    page = reverse("programme:year", args=[year.pk]) if actor.can(Right.PROGRAMME_SEE) else ""
    passed = {rule.id for rule in stages.skipped(template, events)}
    unproven = stages.unproven(template, events, there, decided=year.decision_id is not None)
    found = []
    for rule in template.stages:
        if (event := events.get(rule.id)) is not None:
            note = dates.words(event.date, Precision(event.precision))
        elif (plan := plans.get(rule.id)) is not None and plan.date is not None:
            note = _("rencana %(day)s") % {"day": day(plan.date)}
        elif rule.id in unproven:
            note = _("tidak tercatat")
        elif rule.enrolled:
            note = _("tanggal belum dicatat")
        else:
            note = _("belum dicatat") if rule.id in passed else ""
        state = stages.state_of(template, events, rule, unproven)
        found.append(Step(rule.id, rule.title, state, note, f"{page}#tahap-{rule.id}" if page else ""))
    return found


def _held(years: Sequence[ProgrammeYear], actor: Actor, counts: Mapping[int, Tally]) -> dict[int, set[Gives]]:
    """What this system holds of each year, in a handful of queries however many years there are."""
    # Whether a paper exists is part of the year's own state; whoever sees the year may know that much and no more.
    knowing = replace(actor, office_ids=tuple({year.office_id for year in years}), village_code=None)
    found: dict[int, set[Gives]] = {year.pk: set() for year in years}
    for year_id in _mapped(years, knowing):
        found[year_id].add(Gives.RELEASE)
    for year_id in _decreed(years, knowing):
        found[year_id].add(Gives.DECREE)
    for year_id, facts in _met(years, knowing).items():
        found[year_id] |= facts
    for year_id, tally in counts.items():
        if tally.total:
            found[year_id].add(Gives.COMMITMENT)
    return found


def _mapped(years: Sequence[ProgrammeYear], knowing: Actor) -> set[int]:
    """Years whose village has a determined category in a released run of that year or an earlier one."""
    results = VillageResult.objects.for_actor(knowing).filter(
        village_id__in={year.village_id for year in years}, run__release__isnull=False, severity__gte=0
    )
    first: dict[tuple[int, int], int] = {}
    for office_id, village_id, run_year in results.values_list("run__office_id", "village_id", "run__year"):
        key = (office_id, village_id)
        first[key] = min(run_year, first.get(key, run_year))
    return {
        year.pk
        for year in years
        if first.get((year.office_id, year.village_id), date.max.year + 1) <= year.year
    }


def _decreed(years: Sequence[ProgrammeYear], knowing: Actor) -> set[int]:
    """Years whose village stands in a signed decree of its decision."""
    issued = Issue.objects.for_actor(knowing).filter(
        letter__kind=DocumentKind.SK_PENETAPAN.value,
        letter__about_type="targeting.decision",
        letter__about_id__in={str(year.decision_id) for year in years if year.decision_id},
        letter__voiding__isnull=True,
    )
    named = {
        (about_id, village["name"], village["district"])
        for about_id, facts in issued.values_list("letter__about_id", "letter__facts")
        for village in facts.get("villages", ())
    }
    if not named:
        return set()
    return {
        year.pk
        for year in years
        if (str(year.decision_id), year.village.name, year.village.district.name) in named
    }


def _met(years: Sequence[ProgrammeYear], knowing: Actor) -> dict[int, set[Gives]]:
    """Of the meetings that stand for each year: whether people were invited, who came, what was written."""
    found: dict[int, set[Gives]] = {year.pk: set() for year in years}
    newer = Letter.objects.for_actor(knowing).filter(
        thread=OuterRef("thread"), version__gt=OuterRef("version")
    )
    invitations = Letter.objects.for_actor(knowing).filter(
        ~Exists(newer),
        kind=DocumentKind.UNDANGAN.value,
        about_type=Meeting._meta.label_lower,
        about_id=Cast(OuterRef("meeting"), CharField()),
        voiding__isnull=True,
    )
    held = (
        current_plans(knowing)
        .filter(cancelled=False, villages__year__in=found)
        .annotate(
            has_invitation=Exists(invitations),
            has_people=Exists(live_attendance(knowing).filter(meeting=OuterRef("meeting"))),
            has_minutes=Exists(standing_minutes(knowing).filter(meeting=OuterRef("meeting"))),
        )
    )
    gives = (Gives.INVITATION, Gives.ATTENDANCE, Gives.MINUTES)
    rows = held.values_list("villages__year", "has_invitation", "has_people", "has_minutes")
    for year_id, *shown in rows:
        found[year_id] |= {gift for gift, is_there in zip(gives, shown, strict=True) if is_there}
    return found
