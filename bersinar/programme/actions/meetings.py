"""Plan a meeting, move it, cancel it, keep its files, and close it. Every plan stays; calendars follow its number."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar import audit
from bersinar.access import Actor, Level, Right, get_or_404
from bersinar.documents import actions as documents
from bersinar.programme import errors
from bersinar.programme.actions.common import check_source, office_of
from bersinar.programme.actions.stages import record_stage
from bersinar.programme.models import (
    Meeting,
    MeetingClosing,
    MeetingFile,
    MeetingPlan,
    MeetingRecord,
    MeetingVillage,
    Minutes,
    ProgrammeYear,
)
from bersinar.programme.rules.template import parse_template
from bersinar.programme.vocabulary import Element, FileKind, MeetingKind, MoneySource, Origin, Stage, Zone
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
        sent: Meeting | None = (
            Meeting.objects.for_actor(by).filter(office_id=office_id, client_key=key).first()
        )
        if sent is not None:
            if _stored(_newest(sent, by), by) != plan:
                raise errors.SentBefore
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


def save_record(
    meeting_id: int,
    *,
    by: Actor,
    warrant: str = "",
    committee_unit: str = "",
    committee: Sequence[str] = (),
    target: str = "",
    regency: str = "",
    chair: str = "",
    minutes_by: str = "",
    speakers: Sequence[str] = (),
    material: str = "",
    material_summary: str = "",
    results: str = "",
) -> MeetingRecord:
    """Append what the agency's form asks beside plan, attendance and minutes. The same content is kept once."""
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        values = {
            "warrant": warrant,
            "committee_unit": committee_unit,
            "target": target,
            "regency": regency,
            "chair": chair,
            "minutes_by": minutes_by,
            "material": material,
        }
        row: dict[str, Any] = {key: " ".join(text.split()) for key, text in values.items()}
        row |= {"material_summary": material_summary.strip(), "results": results.strip()}
        row |= {"committee": tidy_lines(committee), "speakers": tidy_lines(speakers)}
        newest: MeetingRecord | None = (
            MeetingRecord.objects.for_actor(by).filter(meeting=meeting).order_by("-pk").first()
        )
        if newest is not None and all(getattr(newest, key) == value for key, value in row.items()):
            return newest
        record: MeetingRecord = MeetingRecord.objects.create(meeting=meeting, recorded_by_name=by.name, **row)
        audit.record(by, "programme.meeting_record_saved", about=meeting)
    return record


def add_file(
    meeting_id: int,
    *,
    content: bytes,
    name: str,
    content_type: str,
    kind: FileKind,
    by: Actor,
    caption: str = "",
) -> MeetingFile:
    """Keep a photo or the signed attendance list; the same file twice is one row."""
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        stored = documents.store_file(
            content,
            name=name,
            content_type=content_type,
            by=by,
            level=Level.L2,
            right=Right.PROGRAMME_SEE,
        )
        found = MeetingFile.objects.for_actor(by).filter(meeting=meeting, file=stored, kind=kind.value)
        same: MeetingFile | None = found.first()
        if same is not None:
            return same
        kept: MeetingFile = MeetingFile.objects.create(
            meeting=meeting,
            file=stored,
            kind=kind.value,
            caption=" ".join(caption.split())[:200],
            recorded_by_name=by.name,
        )
        audit.record(by, "programme.meeting_file_kept", about=meeting, kind=kind.value)
    return kept


def close_meeting(meeting_id: int, *, by: Actor, stage_year_ids: Collection[int] = ()) -> MeetingClosing:
    """The meeting was held: its minutes stand, and the rakor is recorded for the villages named here."""
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        plan = _newest(meeting, by)
        check_held(plan)
        closing = MeetingClosing.objects.for_actor(by).filter(meeting=meeting).first()
        if closing is None:
            newest = Minutes.objects.for_actor(by).filter(meeting=meeting).order_by("-revision").first()
            if newest is None or not newest.text:
                raise errors.NothingWritten
            closing = MeetingClosing.objects.create(meeting=meeting, minutes=newest, recorded_by_name=by.name)
            audit.record(by, "programme.meeting_closed", about=meeting, minutes=newest.revision)
        inside = MeetingVillage.objects.for_actor(by).filter(plan=plan).values_list("year_id", flat=True)
        for year_id in sorted(set(stage_year_ids) & set(inside)):
            record_stage(
                year_id,
                stage=Stage.RAKOR,
                on=plan.on,
                note=plan.title,
                origin=Origin(meeting.origin),
                source=meeting.source,
                by=by,
            )
    return closing


def own_meeting(meeting_id: int, by: Actor) -> Meeting:
    """The office's own meeting, held until the transaction ends; offices above it look and do not write."""
    by.require(Right.PROGRAMME_RECORD)
    get_or_404(Meeting, by, pk=meeting_id, office_id=office_of(by))
    # Held, so that two people at once write one after the other.
    held: Meeting = Meeting.objects.for_actor(by).select_for_update().get(pk=meeting_id)
    return held


def plan_in_force(meeting: Meeting, by: Actor) -> MeetingPlan:
    return _newest(meeting, by)


def check_held(plan: MeetingPlan) -> None:
    """Raise unless the day of the meeting has come and it was not cancelled."""
    if plan.cancelled:
        raise errors.MeetingCancelled
    if plan.on > timezone.localdate():
        raise errors.NotYet(plan.on)


def tidy_lines(lines: Iterable[str]) -> list[str]:
    """Lines without empty ones and double spaces."""
    tidy = [" ".join(line.split()) for line in lines]
    return [line for line in tidy if line]


def _to_change(
    meeting_id: int, reason: str, by: Actor, based_on: int | None, client_key: str | None
) -> tuple[Meeting, MeetingPlan, str]:
    meeting = own_meeting(meeting_id, by)
    newest = _newest(meeting, by)
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


def _newest(meeting: Meeting, by: Actor) -> MeetingPlan:
    found: MeetingPlan = MeetingPlan.objects.for_actor(by).filter(meeting=meeting).order_by("-sequence")[0]
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
