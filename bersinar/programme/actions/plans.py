"""Plan a meeting, move it, cancel it. Every plan stays; calendars follow its number."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.programme import errors
from bersinar.programme.actions.common import check_source, office_of
from bersinar.programme.actions.meetings import own_meeting, plan_in_force, tidy_lines
from bersinar.programme.models import (
    Meeting,
    MeetingClosing,
    MeetingPlan,
    MeetingVillage,
    ProgrammeYear,
)
from bersinar.programme.rules.template import parse_template
from bersinar.programme.vocabulary import Element, MeetingKind, MoneySource, Origin, Zone
from bersinar.territory.models import Office

MOST_AGENDA = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What one version of a plan says."""

    title: str
    on: date
    start: time | None
    end: time | None
    zone: Zone
    place: str
    agenda: tuple[str, ...]
    year_ids: tuple[int, ...]
    elements: tuple[Element, ...]
    money_source: MoneySource | None
    budget_name: str


class PlanChanges(TypedDict, total=False):
    """The parts of a plan that may be given anew; what is not named stays as it was."""

    title: str
    on: date
    start: time | None
    end: time | None
    zone: Zone
    place: str
    agenda: Sequence[str]
    year_ids: Sequence[int]
    elements: Sequence[Element]
    money_source: MoneySource | None
    budget_name: str


def plan_meeting(
    *,
    title: str,
    kind: MeetingKind = MeetingKind.RAKOR,
    on: date,
    start: time | None,
    end: time | None,
    zone: Zone,
    place: str,
    agenda: Sequence[str],
    year_ids: Sequence[int],
    by: Actor,
    elements: Sequence[Element] | None = None,
    money_source: MoneySource | None = None,
    budget_name: str = "",
    follows_id: int | None = None,
    client_key: str | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> Meeting:
    """Begin a meeting with its first plan. Without a list of elements all that the stage template names are asked."""
    by.require(Right.PROGRAMME_RECORD)
    office_id = office_of(by)
    source = check_source(origin, source)
    key = client_key or uuid.uuid4().hex
    with transaction.atomic():
        _lock_office(office_id, by)
        years = _own_years(year_ids, by)
        plan = _tidy(
            Plan(
                title=title,
                on=on,
                start=start,
                end=end,
                zone=zone,
                place=place,
                agenda=tuple(agenda),
                year_ids=tuple(year.pk for year in years),
                elements=_known_elements(years) if elements is None else tuple(elements),
                money_source=money_source,
                budget_name=budget_name,
            )
        )
        if (sent := _begun(office_id, key, plan, by)) is not None:
            return sent
        if follows_id is not None:
            get_or_404(Meeting, by, pk=follows_id, office_id=office_id)
        meeting: Meeting = Meeting.objects.create(
            office_id=office_id,
            kind=kind.value,
            follows_id=follows_id,
            client_key=key,
            origin=origin.value,
            source=source,
            recorded_by_name=by.name,
        )
        _write(meeting, plan, 0, by, key=key)
        audit.record(
            by, "programme.meeting_planned", about=meeting, on=on, villages=len(years), kind=kind.value
        )
    return meeting


def move_meeting(
    meeting_id: int,
    *,
    reason: str,
    by: Actor,
    based_on: int | None = None,
    client_key: str | None = None,
    **changes: Unpack[PlanChanges],
) -> MeetingPlan:
    """Append the next plan: another day or place, or other villages. A cancelled meeting stands again."""
    with transaction.atomic():
        meeting, newest, key = _to_change(meeting_id, reason, by, based_on, client_key)
        if (sent := _sent(meeting, key, by)) is not None:
            return sent
        given: dict[str, Any] = dict(changes)
        if "year_ids" in given:
            given["year_ids"] = tuple(year.pk for year in _own_years(given["year_ids"], by))
        for name in ("agenda", "elements"):
            if name in given:
                given[name] = tuple(given[name])
        before = _stored(newest, by)
        plan = _tidy(replace(before, **given))
        if plan == before and not newest.cancelled:
            raise errors.NothingChanged
        moved = _write(meeting, plan, newest.sequence + 1, by, key=key, reason=reason)
        audit.record(
            by, "programme.meeting_moved", about=meeting, sequence=moved.sequence, on=plan.on, was=before.on
        )
    return moved


def cancel_meeting(
    meeting_id: int, *, reason: str, by: Actor, based_on: int | None = None, client_key: str | None = None
) -> MeetingPlan:
    """Append a plan that says the meeting will not be held."""
    with transaction.atomic():
        meeting, newest, key = _to_change(meeting_id, reason, by, based_on, client_key)
        if (sent := _sent(meeting, key, by)) is not None:
            return sent
        if newest.cancelled:
            return newest
        cancelled = _write(
            meeting, _stored(newest, by), newest.sequence + 1, by, key=key, reason=reason, cancelled=True
        )
        audit.record(by, "programme.meeting_cancelled", about=meeting, sequence=cancelled.sequence)
    return cancelled


def _begun(office_id: int, key: str, plan: Plan, by: Actor) -> Meeting | None:
    """The meeting this form has begun already; refused when it now says something else."""
    sent: Meeting | None = Meeting.objects.for_actor(by).filter(office_id=office_id, client_key=key).first()
    if sent is not None and _stored(plan_in_force(sent, by), by) != plan:
        raise errors.SentBefore
    return sent


def _to_change(
    meeting_id: int, reason: str, by: Actor, based_on: int | None, client_key: str | None
) -> tuple[Meeting, MeetingPlan, str]:
    meeting = own_meeting(meeting_id, by)
    newest = plan_in_force(meeting, by)
    key = client_key or uuid.uuid4().hex
    if not reason.strip():
        raise errors.ReasonMissing
    if _sent(meeting, key, by) is None:
        if MeetingClosing.objects.for_actor(by).filter(meeting=meeting).exists():
            raise errors.MeetingClosed
        if based_on is not None and based_on != newest.sequence:
            raise errors.PlanChanged(newest.recorded_by_name)
    return meeting, newest, key


def _sent(meeting: Meeting, key: str, by: Actor) -> MeetingPlan | None:
    found: MeetingPlan | None = (
        MeetingPlan.objects.for_actor(by).filter(meeting=meeting, client_key=key, sequence__gt=0).first()
    )
    return found


def _stored(row: MeetingPlan, by: Actor) -> Plan:
    """A stored plan as the plain values it was made from."""
    villages = MeetingVillage.objects.for_actor(by).filter(plan=row).values_list("year_id", flat=True)
    return Plan(
        title=row.title,
        on=row.on,
        start=row.start,
        end=row.end,
        zone=Zone(row.zone),
        place=row.place,
        agenda=tuple(row.agenda),
        year_ids=tuple(villages),
        elements=tuple(Element(one) for one in row.elements),
        money_source=MoneySource(row.money_source) if row.money_source else None,
        budget_name=row.budget_name,
    )


def _write(
    meeting: Meeting,
    plan: Plan,
    sequence: int,
    by: Actor,
    *,
    key: str,
    reason: str = "",
    cancelled: bool = False,
) -> MeetingPlan:
    values = asdict(plan)
    year_ids = values.pop("year_ids")
    row: MeetingPlan = MeetingPlan.objects.create(
        meeting=meeting,
        sequence=sequence,
        cancelled=cancelled,
        reason=" ".join(reason.split())[:300],
        client_key=key,
        recorded_by_name=by.name,
        **values
        | {
            "zone": plan.zone.value,
            "agenda": list(plan.agenda),
            "elements": [element.value for element in plan.elements],
            "money_source": plan.money_source.value if plan.money_source else "",
        },
    )
    MeetingVillage.objects.bulk_create(
        MeetingVillage(plan=row, year_id=year_id, recorded_by_name=by.name) for year_id in year_ids
    )
    return row


def _tidy(plan: Plan) -> Plan:
    """The plan without stray spaces; raise for the first thing that is missing."""
    title, place = " ".join(plan.title.split()), " ".join(plan.place.split())
    agenda = tuple(tidy_lines(plan.agenda)[:MOST_AGENDA])
    for value, what in ((title, _("Nama rapat")), (place, _("Tempat")), (agenda, _("Acara"))):
        if not value:
            raise errors.PlanIncomplete(what)
    if plan.end is not None and (plan.start is None or plan.end <= plan.start):
        raise errors.EndsBeforeStart
    return replace(
        plan,
        title=title[:200],
        place=place[:200],
        agenda=agenda,
        elements=tuple(element for element in Element if element in plan.elements),
        budget_name=" ".join(plan.budget_name.split())[:200],
    )


def _own_years(year_ids: Collection[int], by: Actor) -> list[ProgrammeYear]:
    """The programme years, in the order given; every one of them the office's own and not withdrawn."""
    wanted = list(dict.fromkeys(year_ids))
    found = ProgrammeYear.objects.for_actor(by).filter(
        pk__in=wanted, office_id=office_of(by), withdrawal=None
    )
    years = {year.pk: year for year in found}
    if len(years) != len(wanted):
        raise errors.NotTheirYear
    return [years[pk] for pk in wanted]


def _known_elements(years: Sequence[ProgrammeYear]) -> tuple[Element, ...]:
    asked = {rule.id for year in years for rule in parse_template(year.template_text).elements}
    return tuple(element for element in Element if element in asked)


def _lock_office(office_id: int, by: Actor) -> None:
    # Held, so that the same form sent twice at once finds its first copy.
    Office.objects.for_actor(by).select_for_update().get(pk=office_id)
