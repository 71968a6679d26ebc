"""Who is asked to a meeting, and who came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bersinar.access import Actor
from bersinar.programme.models import (
    Attendance,
    AttendanceWithdrawal,
    MeetingPlan,
    MeetingVillage,
)
from bersinar.programme.rules import meetings as rules
from bersinar.programme.rules.meetings import Person, Place, SeatPlan
from bersinar.programme.rules.template import ElementRule, parse_template
from bersinar.programme.vocabulary import (
    Element,
)
from bersinar.territory.models import Village
from bersinar.territory.vocabulary import RegencyKind, VillageKind


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


def seats(meeting_id: int, actor: Actor) -> SeatPlan:
    """Every expected seat with who sits there, and the people nobody expected."""
    plan = current_plans(actor).filter(meeting_id=meeting_id).first()
    if plan is None:
        raise Http404
    villages, elements = villages_of([plan], actor)[plan.pk]
    return seat_plan_of(plan, villages, elements, people_of([meeting_id], actor)[meeting_id])


def current_plans(actor: Actor) -> QuerySet[MeetingPlan]:
    """Of each meeting the plan in force."""
    later = MeetingPlan.objects.for_actor(actor).filter(
        meeting=OuterRef("meeting"), sequence__gt=OuterRef("sequence")
    )
    found: QuerySet[MeetingPlan] = (
        MeetingPlan.objects.for_actor(actor).filter(~Exists(later)).select_related("meeting")
    )
    return found


def villages_of(
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


def seat_plan_of(
    plan: MeetingPlan, villages: list[MeetingYear], elements: tuple[ElementRule, ...], people: list[Person]
) -> SeatPlan:
    invited = [rule for rule in elements if rule.id.value in plan.elements]
    expected = rules.expected_seats(invited, [village.place for village in villages])
    return rules.filled(expected, people)


def people_of(meeting_ids: Iterable[int], actor: Actor) -> dict[int, list[Person]]:
    by_meeting: dict[int, list[Person]] = defaultdict(list)
    for one in live_attendance(actor).filter(meeting_id__in=list(meeting_ids)):
        by_meeting[one.meeting_id].append(_person(one))
    return by_meeting


def live_attendance(actor: Actor) -> QuerySet[Attendance]:
    """The attendance that was not withdrawn."""
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
