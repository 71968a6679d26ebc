"""A village's year as a line in time: stages, plans, meetings, papers and what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.documents.models import Issue
from bersinar.documents.vocabulary import DocumentKind
from bersinar.programme.models import CommitmentStep, MeetingPlan, ProgrammeYear, StageEvent
from bersinar.programme.queries import steps
from bersinar.programme.queries.seating import MeetingYear, current_plans, villages_of
from bersinar.programme.queries.years import standing_years
from bersinar.programme.rules import dates
from bersinar.programme.rules.template import parse_template
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin, Precision, Stage


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing on the line. Done has a full edge, planned a broken one."""

    on: date
    precision: Precision
    title: str
    text: str
    done: bool
    origin: Origin
    source: str
    url: str
    village: str = ""
    kind: str = "tahap"

    @property
    def when(self) -> str:
        return dates.words(self.on, self.precision)


def timeline(village_id: int, year: int, actor: Actor) -> list[TimelineEntry]:
    """What happened and is planned for one village in one calendar year."""
    return [entry for entry in village_line(village_id, actor) if entry.on.year == year]


def office_timeline(office_id: int, year: int, actor: Actor) -> list[TimelineEntry]:
    """The same for all villages of an office; a meeting of several villages stands once.

    Without promises: those of many villages would bury the rest, and they have a list of their own.
    """
    years = list(standing_years(actor).filter(office_id=office_id))
    return [entry for entry in _line(years, actor, named=True, promises=False) if entry.on.year == year]


def village_line(village_id: int, actor: Actor) -> list[TimelineEntry]:
    """Everything about one village, over all years."""
    return _line(list(standing_years(actor).filter(village_id=village_id)), actor, named=False)


def _line(
    years: list[ProgrammeYear], actor: Actor, *, named: bool, promises: bool = True
) -> list[TimelineEntry]:
    by_id = {one.pk: one for one in years}
    if not by_id:
        return []
    plans = list(current_plans(actor).filter(cancelled=False))
    invited = {pk: there for pk, (there, _elements) in villages_of(plans, actor).items()}
    met = {(village.year_id, plan.on) for plan in plans for village in invited[plan.pk]}
    events = steps.standing_events(by_id, actor)
    entries = [
        *_stages(by_id, events, actor, named, met),
        *_plans(by_id, events, actor, named),
        *_meetings(by_id, plans, invited, actor, named),
        *_decrees(by_id, actor, named),
    ]
    if promises:
        entries += _promises(by_id, actor, named)
    return sorted(entries, key=lambda one: (one.on, one.title, one.village))


def _stages(
    years: dict[int, ProgrammeYear],
    recorded: dict[int, list[StageEvent]],
    actor: Actor,
    named: bool,
    met: set[tuple[int, date]],
) -> Iterator[TimelineEntry]:
    for year_id, events in recorded.items():
        one = years[year_id]
        template = parse_template(one.template_text)
        for event in events:
            # The meeting stands on the line itself and says more.
            if event.stage == Stage.RAKOR and (year_id, event.date) in met:
                continue
            rule = template.stage(event.stage)
            yield TimelineEntry(
                on=event.date,
                precision=Precision(event.precision),
                title=rule.title if rule else event.stage,
                text=_for_reader(event.note, actor),
                done=True,
                origin=Origin(event.origin),
                source=event.source if event.origin == Origin.PERS else _for_reader(event.source, actor),
                url=_page(one, actor, f"#tahap-{event.stage}"),
                village=one.village.name if named else "",
            )


def _plans(
    years: dict[int, ProgrammeYear], recorded: dict[int, list[StageEvent]], actor: Actor, named: bool
) -> Iterator[TimelineEntry]:
    for year_id, plans in steps.standing_plans(years, actor, recorded).items():
        one = years[year_id]
        template = parse_template(one.template_text)
        for stage, plan in plans.items():
            rule = template.stage(stage)
            if plan.date is None or rule is None:
                continue
            yield TimelineEntry(
                on=plan.date,
                precision=Precision.HARI,
                title=rule.title,
                text=_for_reader(plan.note, actor),
                done=False,
                origin=Origin.UNIT,
                source="",
                url=_page(one, actor, f"#tahap-{stage}"),
                village=one.village.name if named else "",
            )


def _meetings(
    years: dict[int, ProgrammeYear],
    plans: list[MeetingPlan],
    invited: dict[int, list[MeetingYear]],
    actor: Actor,
    named: bool,
) -> Iterator[TimelineEntry]:
    """The meetings these villages were invited to, each once."""
    today = timezone.localdate()
    for plan in plans:
        names = [village.name for village in invited[plan.pk] if village.year_id in years]
        if not names:
            continue
        yield TimelineEntry(
            on=plan.on,
            precision=Precision.HARI,
            title=plan.title,
            text=plan.place,
            done=plan.on <= today,
            origin=Origin(plan.meeting.origin),
            source=plan.meeting.source,
            url=reverse("programme:meeting", args=[plan.meeting_id])
            if actor.can(Right.PROGRAMME_SEE)
            else "",
            village=", ".join(names) if named else "",
            kind="rapat",
        )


def _decrees(years: dict[int, ProgrammeYear], actor: Actor, named: bool) -> Iterator[TimelineEntry]:
    """The signed papers that name these villages."""
    villages = {(str(one.decision_id), one.village.name, one.village.district.name) for one in years.values()}
    issued = Issue.objects.for_actor(actor).filter(
        letter__kind=DocumentKind.SK_PENETAPAN.value,
        letter__about_type="targeting.decision",
        letter__about_id__in={about_id for about_id, _name, _district in villages},
        letter__voiding__isnull=True,
    )
    for issue in issued.select_related("letter"):
        names = [
            village["name"]
            for village in issue.letter.facts.get("villages", ())
            if (issue.letter.about_id, village["name"], village["district"]) in villages
        ]
        if names:
            yield TimelineEntry(
                on=issue.date,
                precision=Precision.HARI,
                title=_(DocumentKind.SK_PENETAPAN.label),
                text=_("nomor %(number)s") % {"number": issue.number},
                done=True,
                origin=Origin.UNIT,
                source="",
                url=reverse("documents:letter", args=[issue.letter_id])
                if actor.can(Right.DOCUMENTS_SEE)
                else "",
                village=", ".join(names) if named else "",
                kind="surat",
            )


def _promises(years: dict[int, ProgrammeYear], actor: Actor, named: bool) -> Iterator[TimelineEntry]:
    """What is due or was kept."""
    found = CommitmentStep.objects.for_actor(actor).filter(commitment__year_id__in=years)
    newest = {step.commitment_id: step for step in found.select_related("commitment").order_by("pk")}
    for step in newest.values():
        status = CommitmentStatus(step.status)
        kept = status is CommitmentStatus.SELESAI
        on = step.on if kept else step.due_date
        if step.withdrawn or status is CommitmentStatus.DIBATALKAN or on is None:
            continue
        one = years[step.commitment.year_id]
        yield TimelineEntry(
            on=on,
            precision=Precision.HARI,
            title=step.commitment.what,
            text=_("%(who)s, %(status)s")
            % {"who": Element(step.commitment.element).label, "status": _(status.label)},
            done=kept,
            origin=Origin(step.commitment.origin),
            source=step.commitment.source,
            url=reverse("programme:commitment", args=[step.commitment_id])
            if actor.can(Right.PROGRAMME_SEE)
            else "",
            village=one.village.name if named else "",
            kind="janji",
        )


def _for_reader(words: str, actor: Actor) -> str:
    """The office's notes are for its own people: they may speak of a category, a value or whoever supplied one."""
    return "" if actor.village_code is not None else words


def _page(year: ProgrammeYear, actor: Actor, anchor: str) -> str:
    if not actor.can(Right.PROGRAMME_SEE):
        return ""
    return reverse("programme:year", args=[year.pk]) + anchor
