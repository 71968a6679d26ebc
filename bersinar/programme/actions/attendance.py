"""Record who came: one person, or the whole list at once; a wrong row is withdrawn by a further row."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from bersinar import audit
from bersinar.access import Actor, get_or_404
from bersinar.programme import errors, queries
from bersinar.programme.actions.common import check_source
from bersinar.programme.actions.meetings import check_held, own_meeting, plan_in_force
from bersinar.programme.models import Attendance, AttendanceWithdrawal, Meeting
from bersinar.programme.rules.meetings import Person
from bersinar.programme.vocabulary import Element, Origin
from bersinar.territory.models import Village


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """What the list says about one seat. `known` is the person it showed there when the page was opened."""

    element: Element
    place_code: str
    present: bool
    name: str = ""
    position: str = ""
    known: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody nobody expected."""

    name: str
    position: str = ""
    institution: str = ""
    element: Element | None = None
    place_code: str = ""


def record_attendance(
    meeting_id: int,
    *,
    element: Element | None,
    by: Actor,
    village_id: int | None = None,
    name: str = "",
    position: str = "",
    place_code: str = "",
    institution: str = "",
    client_key: str | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> Attendance:
    """One person came. `place_code` says whose seat it is when that is no village (a kecamatan, a kabupaten)."""
    source = check_source(origin, source)
    with transaction.atomic():
        meeting = _held_meeting(meeting_id, by)
        if village_id is not None:
            place_code = get_or_404(Village, by, pk=village_id).code
        row, is_new = _write(
            meeting,
            WalkIn(name, position, institution, element, place_code),
            client_key or uuid.uuid4().hex,
            by,
            origin=origin,
            source=source,
        )
        if is_new:
            audit.record(
                by, "programme.attendance_recorded", about=meeting, element=row.element, attendance=row.pk
            )
    return row


def save_attendance(
    meeting_id: int, *, answers: Sequence[SeatAnswer], walk_ins: Sequence[WalkIn], client_key: str, by: Actor
) -> int:
    """Take over the whole list; returns how many rows it changed. The same list sent twice changes nothing more."""
    with transaction.atomic():
        meeting = _held_meeting(meeting_id, by)
        here = {person.id: person for seat in queries.seats(meeting_id, by).seats for person in seat.people}
        added = withdrawn = 0
        for answer in answers:
            known = here.get(answer.known) if answer.known is not None else None
            took, gave = _take_seat(meeting, answer, known, client_key, by)
            added, withdrawn = added + took, withdrawn + gave
        for number, walk_in in enumerate(walk_ins):
            _row, is_new = _write(meeting, walk_in, f"{client_key}:tamu:{number}", by)
            added += is_new
        if added or withdrawn:
            audit.record(by, "programme.attendance_saved", about=meeting, added=added, withdrawn=withdrawn)
    return added + withdrawn


def withdraw_attendance(attendance_id: int, *, by: Actor, reason: str = "") -> Attendance:
    """A person was recorded by mistake. The row stays and counts no more."""
    return _mark(attendance_id, by, withdrawn=True, reason=reason)


def restore_attendance(attendance_id: int, *, by: Actor) -> Attendance:
    """Take a withdrawal back."""
    return _mark(attendance_id, by, withdrawn=False)


def _take_seat(
    meeting: Meeting, answer: SeatAnswer, known: Person | None, client_key: str, by: Actor
) -> tuple[int, int]:
    """How many rows one seat added and withdrew."""
    name, position = " ".join(answer.name.split()), " ".join(answer.position.split())
    if known is None:
        if answer.known is not None or not (answer.present or name):
            # Withdrawn meanwhile, or an empty line.
            return 0, 0
        _row, is_new = _write(
            meeting,
            WalkIn(name, position, "", answer.element, answer.place_code),
            f"{client_key}:{answer.element.value}:{answer.place_code}",
            by,
        )
        return int(is_new), 0
    same = (name, position) == (known.name, known.position)
    if answer.present and same:
        return 0, 0
    if not answer.present and name and name != known.name:
        raise errors.UnclearRow(answer.title or answer.element.label)
    _append_mark(known.id, by, withdrawn=True)
    if not answer.present:
        return 0, 1
    _row, is_new = _write(
        meeting,
        WalkIn(name, position, known.institution, answer.element, answer.place_code),
        f"{client_key}:{answer.element.value}:{answer.place_code}",
        by,
    )
    return int(is_new), 1


def _held_meeting(meeting_id: int, by: Actor) -> Meeting:
    meeting = own_meeting(meeting_id, by)
    check_held(plan_in_force(meeting, by))
    return meeting


def _write(
    meeting: Meeting,
    who: WalkIn,
    key: str,
    by: Actor,
    *,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> tuple[Attendance, bool]:
    values = {
        "element": who.element.value if who.element else "",
        "place_code": who.place_code,
        "name": " ".join(who.name.split())[:150],
        "position": " ".join(who.position.split())[:150],
        "institution": " ".join(who.institution.split())[:150],
    }
    if not (values["element"] or values["name"] or values["position"] or values["institution"]):
        raise errors.UnknownPerson
    sent: Attendance | None = Attendance.objects.for_actor(by).filter(meeting=meeting, client_key=key).first()
    if sent is not None:
        if any(getattr(sent, field) != value for field, value in values.items()):
            raise errors.SentBefore
        return sent, False
    row: Attendance = Attendance.objects.create(
        meeting=meeting,
        client_key=key,
        origin=origin.value,
        source=source,
        recorded_by_name=by.name,
        **values,
    )
    return row, True


def _mark(attendance_id: int, by: Actor, *, withdrawn: bool, reason: str = "") -> Attendance:
    with transaction.atomic():
        row: Attendance | None = Attendance.objects.for_actor(by).filter(pk=attendance_id).first()
        if row is None:
            raise Http404
        meeting = own_meeting(row.meeting_id, by)
        newest = AttendanceWithdrawal.objects.for_actor(by).filter(attendance=row).order_by("-pk").first()
        if (newest.withdrawn if newest else False) is not withdrawn:
            _append_mark(row.pk, by, withdrawn=withdrawn, reason=reason)
            verb = "programme.attendance_withdrawn" if withdrawn else "programme.attendance_restored"
            audit.record(by, verb, about=meeting, attendance=row.pk)
    return row


def _append_mark(attendance_id: int, by: Actor, *, withdrawn: bool, reason: str = "") -> None:
    AttendanceWithdrawal.objects.create(
        attendance_id=attendance_id,
        withdrawn=withdrawn,
        reason=" ".join(reason.split())[:300],
        recorded_by_name=by.name,
    )
