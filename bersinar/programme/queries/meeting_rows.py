"""Meetings with their plan in force, a fixed number of queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.programme.models import (
    Meeting,
    MeetingClosing,
    MeetingPlan,
)
from bersinar.programme.queries.commitment_rows import CommitmentRow, commitments
from bersinar.programme.queries.meeting_papers import standing_minutes
from bersinar.programme.queries.seating import (
    MeetingYear,
    current_plans,
    people_of,
    seat_plan_of,
    villages_of,
)
from bersinar.programme.rules import meetings as rules
from bersinar.programme.rules.meetings import SeatPlan
from bersinar.programme.vocabulary import (
    Element,
    MeetingKind,
    MeetingState,
    Origin,
    Zone,
)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with its plan in force."""

    id: int
    office_id: int
    kind: MeetingKind
    uid: str
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


def meetings(actor: Actor, *, year: int | None = None, on: date | None = None) -> list[MeetingRow]:
    """All meetings, the latest day first."""
    plans = current_plans(actor)
    if year is not None:
        plans = plans.filter(on__year=year)
    return _rows(plans.order_by("-on", "-pk"), actor, on or timezone.localdate())


def meeting(pk: int, actor: Actor, *, on: date | None = None) -> MeetingRow:
    """One meeting; 404 outside the actor's offices."""
    found = _rows(current_plans(actor).filter(meeting_id=pk), actor, on or timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def meetings_of_year(year_id: int, actor: Actor) -> list[MeetingRow]:
    """The meetings about one village's programme year."""
    plans = current_plans(actor).filter(villages__year=year_id)
    return _rows(plans.order_by("-on", "-pk"), actor, timezone.localdate())


def meeting_plans(pk: int, actor: Actor) -> list[MeetingPlan]:
    """Every version of a meeting's plan, the first one first."""
    return list(MeetingPlan.objects.for_actor(actor).filter(meeting_id=pk))


def meeting_years(actor: Actor) -> list[int]:
    """The years with a meeting, the newest first."""
    return sorted(set(current_plans(actor).values_list("on__year", flat=True)), reverse=True)


def _rows(plans: QuerySet[MeetingPlan], actor: Actor, on: date) -> list[MeetingRow]:
    told = standing_minutes(actor).filter(meeting=OuterRef("meeting"))
    listed_plans = list(plans.select_related("meeting__closing").annotate(has_minutes=Exists(told)))
    meeting_ids = [plan.meeting_id for plan in listed_plans]
    villages = villages_of(listed_plans, actor)
    people = people_of(meeting_ids, actor)
    promises = _promises(meeting_ids, actor)
    rows = []
    for plan in listed_plans:
        there, elements = villages[plan.pk]
        seats = seat_plan_of(plan, there, elements, people[plan.meeting_id])
        rows.append(_row(plan, there, seats, promises[plan.meeting_id], on))
    return rows


def _promises(meeting_ids: list[int], actor: Actor) -> dict[int, list[CommitmentRow]]:
    """What was promised at each meeting."""
    found: dict[int, list[CommitmentRow]] = defaultdict(list)
    if meeting_ids:
        for one in commitments(actor, meeting_id=meeting_ids[0] if len(meeting_ids) == 1 else None):
            if one.meeting_id is not None:
                found[one.meeting_id].append(one)
    return found


def _row(
    plan: Any, villages: list[MeetingYear], seats: SeatPlan, promises: list[CommitmentRow], on: date
) -> MeetingRow:
    """Typed loosely: whether there are minutes stands beside the plan and is no field of it."""
    meeting: Meeting = plan.meeting
    closing: MeetingClosing | None = getattr(meeting, "closing", None)
    return MeetingRow(
        id=meeting.pk,
        office_id=meeting.office_id,
        kind=MeetingKind(meeting.kind),
        uid=str(meeting.uid),
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
        origin=Origin(meeting.origin),
        source=meeting.source,
        planned_at=plan.recorded_at,
        planned_by=plan.recorded_by_name,
        closed_at=closing.recorded_at if closing else None,
        villages=tuple(villages),
        n_seats=seats.n_seats,
        n_filled=seats.n_filled,
        n_people=seats.n_people,
        n_commitments=len(promises),
        n_overdue=sum(one.is_overdue(on) for one in promises),
        has_minutes=plan.has_minutes,
        state=rules.state_of(plan.on, cancelled=plan.cancelled, closed=closing is not None, today=on),
    )


def listed(words: Sequence[str]) -> str:
    """Dukong, Lalang dan Tanjung Binga."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s dan %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
