"""Reads over meetings: lists, one meeting, its seats, its minutes, and what is due about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.documents.queries import LetterRow, letters_about
from bersinar.documents.vocabulary import DocumentKind, LetterState
from bersinar.programme.models import (
    Attendance,
    AttendanceWithdrawal,
    Meeting,
    MeetingClosing,
    MeetingFile,
    MeetingPlan,
    MeetingRecord,
    MeetingVillage,
    Minutes,
    ProgrammeYear,
)
from bersinar.programme.queries.commitment_rows import commitments
from bersinar.programme.rules import meetings as rules
from bersinar.programme.rules.meetings import Person, Place, SeatPlan
from bersinar.programme.rules.template import ElementRule, parse_template
from bersinar.programme.vocabulary import (
    Element,
    FileKind,
    MeetingKind,
    MeetingState,
    Origin,
    Zone,
)
from bersinar.territory.models import Village
from bersinar.territory.vocabulary import RegencyKind, VillageKind
from bersinar.ui.queue import Task
from bersinar.ui.writing import MONTHS

# So long before a meeting the invitation should leave the office.
INVITE_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """One village of a meeting, as its programme year."""

    year_id: int
    village_id: int
    money_source: str
    place: Place

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def code(self) -> str:
        return self.place.code


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with its plan in force."""

    id: int
    office_id: int
    kind: MeetingKind
    uid: str
    plan_id: int
    sequence: int
    title: str
    on: date
    start: time | None
    end: time | None
    zone: Zone
    place: str
    agenda: tuple[str, ...]
    elements: tuple[Element, ...]
    money_source: str
    budget_name: str
    cancelled: bool
    reason: str
    follows_id: int | None
    origin: Origin
    source: str
    planned_at: datetime
    planned_by: str
    closed_at: datetime | None
    villages: tuple[MeetingYear, ...]
    n_seats: int
    n_filled: int
    n_people: int
    n_commitments: int
    n_overdue: int
    has_minutes: bool
    state: MeetingState

    @property
    def year_ids(self) -> tuple[int, ...]:
        return tuple(village.year_id for village in self.villages)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def village_names(self) -> str:
        return listed([village.name for village in self.villages])


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """One saved version of the minutes."""

    revision: int
    text: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One photo or scan of a meeting."""

    file_id: int
    name: str
    kind: FileKind
    caption: str


def meetings(actor: Actor, *, year: int | None = None, on: date | None = None) -> list[MeetingRow]:
    """All meetings, the latest day first."""
    plans = _current_plans(actor)
    if year is not None:
        plans = plans.filter(on__year=year)
    return _rows(plans.order_by("-on", "-pk"), actor, on or timezone.localdate())


def meeting(pk: int, actor: Actor, *, on: date | None = None) -> MeetingRow:
    """One meeting; 404 outside the actor's offices."""
    found = _rows(_current_plans(actor).filter(meeting_id=pk), actor, on or timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def meetings_of_year(year_id: int, actor: Actor) -> list[MeetingRow]:
    """The meetings about one village's programme year."""
    plans = _current_plans(actor).filter(villages__year=year_id)
    return _rows(plans.order_by("-on", "-pk"), actor, timezone.localdate())


def meeting_plans(pk: int, actor: Actor) -> list[MeetingPlan]:
    """Every version of a meeting's plan, the first one first."""
    return list(MeetingPlan.objects.for_actor(actor).filter(meeting_id=pk))


def meeting_years(actor: Actor) -> list[int]:
    """The years with a meeting, the newest first."""
    return sorted(set(_current_plans(actor).values_list("on__year", flat=True)), reverse=True)


def seats(meeting_id: int, actor: Actor) -> SeatPlan:
    """Every expected seat with who sits there, and the people nobody expected."""
    plan = _current_plans(actor).filter(meeting_id=meeting_id).first()
    if plan is None:
        raise Http404
    villages, elements = _villages([plan], actor)[plan.pk]
    return _seat_plan(plan, villages, elements, _people([meeting_id], actor)[meeting_id])


def attendee(pk: int, actor: Actor) -> Person:
    """One recorded person who counts."""
    found = _live_attendance(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _person(found)


def minutes(meeting_id: int, actor: Actor) -> MinutesRow | None:
    """The newest version of the minutes."""
    found = _versions(meeting_id, actor).first()
    return None if found is None else _minutes(found)


def minutes_versions(meeting_id: int, actor: Actor) -> list[MinutesRow]:
    """Every saved version, the newest first."""
    return [_minutes(found) for found in _versions(meeting_id, actor)]


def meeting_record(meeting_id: int, actor: Actor) -> MeetingRecord | None:
    """What was typed for the report, as the newest row says it."""
    found: MeetingRecord | None = (
        MeetingRecord.objects.for_actor(actor).filter(meeting_id=meeting_id).order_by("-pk").first()
    )
    return found


def meeting_files(meeting_id: int, actor: Actor) -> list[FileRow]:
    """Photos and scans."""
    found = MeetingFile.objects.for_actor(actor).filter(meeting_id=meeting_id).select_related("file")
    return [FileRow(one.file_id, one.file.name, FileKind(one.kind), one.caption) for one in found]


def meeting_letters(meeting_id: int, actor: Actor) -> list[LetterRow]:
    """Invitations, attendance sheets and minutes drafted for a meeting, the newest first."""
    about = Meeting.objects.for_actor(actor).filter(pk=meeting_id).first()
    return [] if about is None or not actor.can(Right.DOCUMENTS_SEE) else letters_about(about, actor)


def element_rules(villages: Sequence[MeetingYear], actor: Actor) -> tuple[ElementRule, ...]:
    """The elements that the stage templates of these villages ask to a rakor."""
    texts = (
        ProgrammeYear.objects.for_actor(actor)
        .filter(pk__in=[village.year_id for village in villages])
        .values_list("template_text", flat=True)
    )
    return _together(texts)


def listed(words: Sequence[str]) -> str:
    """Dukong, Lalang dan Tanjung Binga."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s dan %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def short_day(on: date) -> str:
    """13 Februari."""
    return f"{on.day} {MONTHS[on.month - 1]}"


def work_lines(actor: Actor, *, on: date) -> list[Task]:
    """What presses about meetings: invitations not yet out, minutes not yet written, meetings not yet closed."""
    if actor.office_id is None or not actor.can(Right.PROGRAMME_RECORD):
        return []
    tasks = []
    for row in meetings(actor, on=on):
        if row.office_id != actor.office_id or row.origin is Origin.PERS:
            continue
        if row.state in (MeetingState.DIRENCANAKAN, MeetingState.HARI_INI):
            task = _invitation_task(row, actor)
        elif row.state is MeetingState.BELUM_DITUTUP:
            task = _after_task(row)
        else:
            task = None
        if task is not None:
            tasks.append(task)
    return tasks


def _invitation_task(row: MeetingRow, actor: Actor) -> Task | None:
    if not row.n_seats or not actor.can(Right.DOCUMENTS_SEE):
        return None
    drawn = [one for one in meeting_letters(row.id, actor) if one.letter.kind == DocumentKind.UNDANGAN.value]
    newest = drawn[0] if drawn else None
    # A letter that names another day than the plan invites people to the wrong place.
    fits = newest is not None and newest.letter.facts.get("date") == row.on.isoformat()
    if newest is not None and fits and newest.state is LetterState.TERBIT:
        return None
    title = _("Siapkan undangan rakor %(day)s")
    if newest is not None:
        title = _("Terbitkan undangan rakor %(day)s") if fits else _("Perbarui undangan rakor %(day)s")
    return Task(
        title=title % {"day": short_day(row.on)},
        text=_("%(n)d kursi diundang, %(place)s.") % {"n": row.n_seats, "place": row.place},
        url=reverse("programme:invitation", args=[row.id]),
        action=_("Buka undangan"),
        due=row.on - INVITE_BEFORE,
        weight=2,
    )


def _after_task(row: MeetingRow) -> Task:
    day = short_day(row.on)
    if not row.n_people:
        title, name, action = _("Catat kehadiran rakor %(day)s"), "attendance", _("Catat")
    elif not row.has_minutes:
        title, name, action = _("Isi notulen rakor %(day)s"), "minutes", _("Isi notulen")
    else:
        title, name, action = _("Sahkan notulen rakor %(day)s"), "close_meeting", _("Sahkan")
    return Task(
        title=title % {"day": day},
        text=_("%(people)d orang hadir, %(promises)d janji tercatat.")
        % {"people": row.n_people, "promises": row.n_commitments},
        url=reverse(f"programme:{name}", args=[row.id]),
        action=action,
        due=row.on,
        weight=2,
    )


# ---- how rows are put together, a fixed number of queries however many they are --------------------------------------


def _current_plans(actor: Actor) -> QuerySet[MeetingPlan]:
    later = MeetingPlan.objects.for_actor(actor).filter(
        meeting=OuterRef("meeting"), sequence__gt=OuterRef("sequence")
    )
    found: QuerySet[MeetingPlan] = (
        MeetingPlan.objects.for_actor(actor).filter(~Exists(later)).select_related("meeting")
    )
    return found


def _rows(plans: QuerySet[MeetingPlan], actor: Actor, on: date) -> list[MeetingRow]:
    listed_plans = list(plans)
    meeting_ids = [plan.meeting_id for plan in listed_plans]
    villages = _villages(listed_plans, actor)
    people = _people(meeting_ids, actor)
    closed = dict(
        MeetingClosing.objects.for_actor(actor)
        .filter(meeting_id__in=meeting_ids)
        .values_list("meeting_id", "recorded_at")
    )
    written = _written(meeting_ids, actor)
    promises: dict[int, list[Any]] = defaultdict(list)
    if meeting_ids:
        for one in commitments(actor, meeting_id=meeting_ids[0] if len(meeting_ids) == 1 else None):
            if one.meeting_id is not None:
                promises[one.meeting_id].append(one)
    rows = []
    for plan in listed_plans:
        there, elements = villages[plan.pk]
        seat_plan = _seat_plan(plan, there, elements, people[plan.meeting_id])
        made = promises[plan.meeting_id]
        closed_at = closed.get(plan.meeting_id)
        rows.append(
            MeetingRow(
                id=plan.meeting_id,
                office_id=plan.meeting.office_id,
                kind=MeetingKind(plan.meeting.kind),
                uid=str(plan.meeting.uid),
                plan_id=plan.pk,
                sequence=plan.sequence,
                title=plan.title,
                on=plan.on,
                start=plan.start,
                end=plan.end,
                zone=Zone(plan.zone),
                place=plan.place,
                agenda=tuple(plan.agenda),
                elements=tuple(Element(one) for one in plan.elements),
                money_source=plan.money_source,
                budget_name=plan.budget_name,
                cancelled=plan.cancelled,
                reason=plan.reason,
                follows_id=plan.meeting.follows_id,
                origin=Origin(plan.meeting.origin),
                source=plan.meeting.source,
                planned_at=plan.recorded_at,
                planned_by=plan.recorded_by_name,
                closed_at=closed_at,
                villages=tuple(there),
                n_seats=seat_plan.n_seats,
                n_filled=seat_plan.n_filled,
                n_people=seat_plan.n_people,
                n_commitments=len(made),
                n_overdue=sum(one.is_overdue(on) for one in made),
                has_minutes=plan.meeting_id in written,
                state=rules.state_of(
                    plan.on, cancelled=plan.cancelled, closed=closed_at is not None, today=on
                ),
            )
        )
    return rows


def _villages(
    plans: Sequence[MeetingPlan], actor: Actor
) -> dict[int, tuple[list[MeetingYear], tuple[ElementRule, ...]]]:
    """The villages of each plan, and the elements their stage templates ask for."""
    found = (
        MeetingVillage.objects.for_actor(actor)
        .filter(plan__in=[plan.pk for plan in plans])
        .select_related("year__village__district__regency")
    )
    by_plan: dict[int, list[MeetingYear]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for one in found:
        by_plan[one.plan_id].append(
            MeetingYear(
                year_id=one.year_id,
                village_id=one.year.village_id,
                money_source=one.year.money_source,
                place=place_of(one.year.village),
            )
        )
        texts[one.plan_id].append(one.year.template_text)
    return {plan.pk: (by_plan[plan.pk], _together(texts[plan.pk])) for plan in plans}


def place_of(village: Village) -> Place:
    """A village with the regions it lies in; `district__regency` must be there already."""
    district = village.district
    regency = district.regency
    return Place(
        code=village.code,
        name=village.name,
        kind=village.kind,
        district_code=district.code,
        district=district.name,
        regency_code=regency.code,
        regency=regency.name,
        kind_word=VillageKind(village.kind).label,
        regency_word=RegencyKind(regency.kind).label,
    )


def _together(texts: Iterable[str]) -> tuple[ElementRule, ...]:
    """The elements of several templates, each once, in the order they are named."""
    rules_by_id: dict[Element, ElementRule] = {}
    for text in dict.fromkeys(texts):
        for rule in parse_template(text).elements:
            rules_by_id.setdefault(rule.id, rule)
    return tuple(rules_by_id.values())


def _seat_plan(
    plan: MeetingPlan, villages: list[MeetingYear], elements: tuple[ElementRule, ...], people: list[Person]
) -> SeatPlan:
    invited = [rule for rule in elements if rule.id.value in plan.elements]
    expected = rules.expected_seats(invited, [village.place for village in villages])
    return rules.filled(expected, people)


def _people(meeting_ids: Iterable[int], actor: Actor) -> dict[int, list[Person]]:
    by_meeting: dict[int, list[Person]] = defaultdict(list)
    for one in _live_attendance(actor).filter(meeting_id__in=list(meeting_ids)):
        by_meeting[one.meeting_id].append(_person(one))
    return by_meeting


def _live_attendance(actor: Actor) -> QuerySet[Attendance]:
    newest = AttendanceWithdrawal.objects.for_actor(actor).filter(attendance=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Attendance] = (
        Attendance.objects.for_actor(actor)
        .annotate(is_withdrawn=Subquery(newest.values("withdrawn")[:1]))
        .filter(Q(is_withdrawn=None) | Q(is_withdrawn=False))
        .order_by("pk")
    )
    return found


def _person(one: Attendance) -> Person:
    return Person(
        id=one.pk,
        element=Element(one.element) if one.element else None,
        place_code=one.place_code,
        name=one.name,
        position=one.position,
        institution=one.institution,
    )


def _written(meeting_ids: list[int], actor: Actor) -> set[int]:
    """The meetings whose newest minutes say something."""
    later = Minutes.objects.for_actor(actor).filter(
        meeting=OuterRef("meeting"), revision__gt=OuterRef("revision")
    )
    found = Minutes.objects.for_actor(actor).filter(~Exists(later), meeting_id__in=meeting_ids)
    return set(found.exclude(text="").values_list("meeting_id", flat=True))


def _versions(meeting_id: int, actor: Actor) -> QuerySet[Minutes]:
    found: QuerySet[Minutes] = (
        Minutes.objects.for_actor(actor).filter(meeting_id=meeting_id).order_by("-revision")
    )
    return found


def _minutes(found: Minutes) -> MinutesRow:
    return MinutesRow(found.revision, found.text, found.recorded_at, found.recorded_by_name)
