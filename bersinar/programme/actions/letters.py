"""Letters of a meeting: invitation, attendance sheet to sign, minutes with attendance, promises and the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents import actions as documents
from bersinar.documents.models import Letter
from bersinar.documents.rules import facts as letter_facts
from bersinar.documents.vocabulary import DocumentKind, LetterState, Signatory
from bersinar.programme import errors, queries
from bersinar.programme.actions.common import office_of
from bersinar.programme.models import Meeting, MeetingRecord
from bersinar.programme.queries.meeting_rows import MeetingRow
from bersinar.programme.rules import minutes
from bersinar.programme.rules.meetings import Person, SeatPlan, apart
from bersinar.programme.vocabulary import Element, FileKind, MoneySource

# With the signature on one page where the seats leave room for it, and always some rows for guests.
ROWS_ON_A_PAGE = 14
FEWEST_BLANK_ROWS = 5


def draft_invitation(
    meeting_id: int,
    *,
    by: Actor,
    signatory: Signatory | None = None,
    contact: str = "",
    purpose: str = "",
    only_absent: bool = False,
) -> Letter:
    """Draft the invitation to every seat, or only to those that stayed empty. The same words give the same draft."""
    row = _to_write(meeting_id, by)
    plan = queries.seats(meeting_id, by)
    invited = plan.empty if only_absent else plan.seats
    if not invited:
        raise errors.NobodyInvited
    facts = {
        **_meeting(row),
        "agenda": list(row.agenda),
        "addressees": [seat.title for seat in invited],
        "contact": " ".join(contact.split()),
        "purpose": purpose.strip(),
    }
    return _draft(DocumentKind.UNDANGAN, row, facts, signatory, by)


def draft_attendance_sheet(
    meeting_id: int, *, by: Actor, signatory: Signatory | None = None, blank_rows: int | None = None
) -> Letter:
    """The list people sign by hand: one row a seat, then empty ones."""
    row = _to_write(meeting_id, by)
    seats = queries.seats(meeting_id, by).seats
    facts = {
        "meeting": _meeting(row),
        "seats": [{"element": seat.element.label, "institution": seat.institution} for seat in seats],
        "blank_rows": max(FEWEST_BLANK_ROWS, ROWS_ON_A_PAGE - len(seats))
        if blank_rows is None
        else blank_rows,
    }
    return _draft(DocumentKind.DAFTAR_HADIR, row, facts, signatory, by)


def draft_minutes_letter(meeting_id: int, *, by: Actor, signatory: Signatory | None = None) -> Letter:
    """Minutes, attendance, promises and every field the agency's form asks of a coordination meeting."""
    row = _to_write(meeting_id, by)
    written = queries.minutes(meeting_id, by)
    if written is None or not written.text:
        raise errors.NothingWritten
    record = queries.meeting_record(meeting_id, by)
    facts = {
        "meeting": {**_meeting(row), "regency": _regency(row, record)},
        "attendance": _attendance(queries.seats(meeting_id, by)),
        "points": _points(written.text),
        "commitments": [
            {
                "element": f"{one.element.label}, {one.village}",
                "who": one.promised_by,
                "what": f"{one.what} (bukti: {one.proof})" if one.proof else one.what,
                "due": one.due_date.isoformat() if one.due_date else "",
            }
            for one in queries.commitments(by, meeting_id=meeting_id)
        ],
        "chair": record.chair if record else "",
        "minutes_by": record.minutes_by if record else "",
        "report": _report(row, record, by),
    }
    return _draft(DocumentKind.NOTULEN, row, facts, signatory, by)


def _to_write(meeting_id: int, by: Actor) -> MeetingRow:
    by.require(Right.PROGRAMME_RECORD)
    row = queries.meeting(meeting_id, by)
    get_or_404(Meeting, by, pk=meeting_id, office_id=office_of(by))
    if row.cancelled:
        raise errors.MeetingCancelled
    if row.start is None:
        raise errors.HourMissing
    return row


def _draft(
    kind: DocumentKind, row: MeetingRow, facts: Mapping[str, Any], signatory: Signatory | None, by: Actor
) -> Letter:
    """The next version of this meeting's letter of the kind; the newest one when it says the same already."""
    signer = signatory or Signatory(f"Kepala {by.office_name}")
    drawn = [one for one in queries.meeting_letters(row.id, by) if one.letter.kind == kind.value]
    newest = drawn[0] if drawn else None
    if newest is not None and newest.state is not LetterState.BATAL:
        same_words = newest.letter.facts == letter_facts.checked(kind, facts)
        if same_words and newest.letter.signatory == signer:
            return newest.letter
    return documents.draft_letter(
        kind,
        about=get_or_404(Meeting, by, pk=row.id),
        facts=facts,
        signatory=signer,
        by=by,
        replaces=newest.letter if newest is not None else None,
    )


def _meeting(row: MeetingRow) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "title": row.title,
        "date": row.on.isoformat(),
        "time": _clock(row.start),
        "zone": row.zone.value,
        "place": row.place,
    }
    return facts | ({"until": _clock(row.end)} if row.end is not None else {})


def _clock(value: time | None) -> str:
    return f"{value:%H.%M}" if value is not None else ""


def _attendance(plan: SeatPlan) -> list[dict[str, Any]]:
    """Every seat with who came, the empty ones too, then the people nobody expected."""
    rows: list[dict[str, Any]] = []
    for seat in plan.seats:
        people: tuple[Person | None, ...] = seat.people or (None,)
        rows += [_attendee(seat.element, person, seat.institution) for person in people]
    return rows + [_attendee(person.element, person, person.institution) for person in plan.walk_ins]


def _attendee(element: Element | None, person: Person | None, where: str) -> dict[str, Any]:
    return {
        "element": element.label if element else "Undangan lain",
        "name": person.name if person else "",
        "position": person.position if person else "",
        "institution": (person.institution if person else "") or where,
        "present": person is not None,
    }


def _points(text: str) -> list[str]:
    """One point a line; a very long line becomes several."""
    longest = letter_facts.LONGEST
    found = [
        line[start : start + longest]
        for line in minutes.points(text)
        for start in range(0, len(line), longest)
    ]
    return found[: letter_facts.MOST_ROWS]


def _regency(row: MeetingRow, record: MeetingRecord | None) -> str:
    if record is not None and record.regency:
        return str(record.regency)
    named = dict.fromkeys(f"{one.place.regency_word} {one.place.regency}" for one in row.villages)
    return " dan ".join(named)


def _report(row: MeetingRow, record: MeetingRecord | None, by: Actor) -> dict[str, Any]:
    report: dict[str, Any] = {
        "unit": by.office_name,
        "participants": row.n_people,
        "money_source": MoneySource(row.money_source).label if row.money_source else "",
        "budget": row.budget_name,
        "photos": [
            one.caption or one.name for one in queries.meeting_files(row.id, by) if one.kind is FileKind.FOTO
        ],
    }
    if record is None:
        return report
    return report | {
        "warrant": record.warrant,
        "committee": [{"name": name, "unit": record.committee_unit} for name in record.committee]
        or ([{"name": record.committee_unit}] if record.committee_unit else []),
        "target": record.target,
        "speakers": [dict(zip(("name", "position"), apart(line), strict=True)) for line in record.speakers],
        "materials": _materials(record),
        "results": minutes.points(record.results),
    }


def _materials(record: MeetingRecord) -> list[dict[str, str]]:
    if not (record.material or record.material_summary):
        return []
    return [
        {"title": record.material or "Materi", "summary": record.material_summary[: letter_facts.LONGEST]}
    ]
