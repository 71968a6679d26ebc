"""Meetings and promises as pages show them: plain values, so that no template has to think."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.documents.queries import LetterRow
from bersinar.documents.sharing import Message, meeting_message, message
from bersinar.documents.vocabulary import DocumentKind
from bersinar.programme.queries import CommitmentRow, MeetingRow, StepRow
from bersinar.programme.rules.commitments import Tally
from bersinar.programme.rules.meetings import SeatPlan
from bersinar.programme.vocabulary import CommitmentStatus, MeetingState, Origin
from bersinar.ui.writing import day

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
STATE_TAGS = {
    MeetingState.DIRENCANAKAN: "",
    MeetingState.HARI_INI: "tag--soon",
    MeetingState.BELUM_DITUTUP: "tag--late",
    MeetingState.SELESAI: "tag--ok",
    MeetingState.DIBATALKAN: "",
}
STATUS_TAGS = {
    CommitmentStatus.DIJANJIKAN: "",
    CommitmentStatus.BERJALAN: "tag--soon",
    CommitmentStatus.SELESAI: "tag--ok",
    CommitmentStatus.DIBATALKAN: "",
}


def weekday(on: date) -> str:
    """Senin, 13 Februari 2023."""
    return f"{DAYS[on.weekday()]}, {day(on)}"


def when(row: MeetingRow) -> str:
    """Senin, 13 Februari 2023 pukul 09.00 sampai 12.00 WIB."""
    if row.start is None:
        return _("%(day)s, jam belum dicatat") % {"day": weekday(row.on)}
    hours = f"{row.start:%H.%M}"
    if row.end is not None:
        hours = _("%(start)s sampai %(end)s") % {"start": hours, "end": f"{row.end:%H.%M}"}
    return _("%(day)s pukul %(hours)s %(zone)s") % {
        "day": weekday(row.on),
        "hours": hours,
        "zone": row.zone.value,
    }


def meeting(row: MeetingRow) -> dict[str, Any]:
    """One meeting for lists and for its own page."""
    return {
        "id": row.id,
        "title": row.title,
        "on": row.on,
        "when": when(row),
        "place": row.place,
        "agenda": row.agenda,
        "money": row.money_source.replace("_", " "),
        "budget": row.budget_name,
        "villages": row.villages,
        "village_names": row.village_names,
        "state": row.state.label,
        "state_key": row.state.value,
        "tag": STATE_TAGS[row.state],
        "reason": row.reason,
        "sequence": row.sequence,
        "planned_by": row.planned_by,
        "planned_at": row.planned_at,
        "closed_at": row.closed_at,
        "n_seats": row.n_seats,
        "n_filled": row.n_filled,
        "n_people": row.n_people,
        "n_commitments": row.n_commitments,
        "n_overdue": row.n_overdue,
        "has_minutes": row.has_minutes,
        "cancelled": row.cancelled,
        "closed": row.is_closed,
        "has_been": row.state in (MeetingState.HARI_INI, MeetingState.BELUM_DITUTUP, MeetingState.SELESAI),
        **origin(row.origin, row.source),
    }


def origin(given: Origin, source: str) -> dict[str, str]:
    """What stands beside a record that is not the office's own."""
    words = {Origin.UNIT: "", Origin.PERS: _("data pers"), Origin.CONTOH: _("data contoh")}
    return {"origin": words[given], "source": source}


def seats(plan: SeatPlan) -> dict[str, Any]:
    """Kehadiran: one square an expected person, the unrepresented elements first."""
    return {
        "groups": [
            {
                "label": group.label,
                "filled": [seat.is_filled for seat in group.seats],
                "n": group.n_filled,
                "of": len(group.seats),
                "late": group.n_filled < len(group.seats),
            }
            for group in plan.groups
        ],
        "missing": [element.label for element in plan.unrepresented],
        "n": plan.n_filled,
        "of": plan.n_seats,
        "walk_ins": plan.walk_ins,
        "n_people": plan.n_people,
    }


def promise(row: CommitmentRow, on: date) -> dict[str, Any]:
    """One promise for lists and for its own page."""
    return {
        "id": row.id,
        "what": row.what,
        "element": row.element.label,
        "village": row.village,
        "code": row.village_code,
        "year": row.year,
        "by": row.promised_by,
        # The element itself says no more than "Babinsa, Babinsa".
        "who": row.element.label
        if row.promised_by == row.element.label
        else f"{row.promised_by} ({row.element.label})",
        "due": row.due_date,
        "proof": row.proof,
        "status": row.status.label,
        "tag": STATUS_TAGS[row.status],
        "is_open": row.status.is_open,
        "late": row.is_overdue(on),
        "days_late": (on - row.due_date).days if row.due_date is not None and row.is_overdue(on) else 0,
        "withdrawn": row.withdrawn,
        "meeting_id": row.meeting_id,
        "recorded_by": row.recorded_by,
        "recorded_at": row.recorded_at,
        **origin(row.origin, row.source),
    }


def step(row: StepRow) -> dict[str, Any]:
    """One entry of a promise's history."""
    return {
        "status": _("ditarik") if row.withdrawn else row.status.label,
        "tag": "tag--late" if row.withdrawn else STATUS_TAGS[row.status],
        "on": row.on,
        "due": row.due_date,
        "note": row.note,
        "evidence": row.evidence,
        "file_id": row.file_id,
        "file_name": row.file_name,
        "by": row.recorded_by,
        "at": row.recorded_at,
        **origin(row.origin, row.source),
    }


def figures(tally: Tally, address: str) -> list[dict[str, Any]]:
    """The scoreboard: four figures, each with what it means; every one leads to its list."""
    return [
        {
            "label": _("Ditepati"),
            "value": tally.kept,
            "of": tally.total,
            "url": f"{address}ditepati",
            "text": _("Ada bukti atau catatan bahwa janji itu dijalankan."),
        },
        {
            "label": _("Lewat tenggat"),
            "value": tally.overdue,
            "url": f"{address}terlambat",
            "text": _("Masih terbuka sesudah hari yang dijanjikan."),
        },
        {
            "label": _("Masih terbuka"),
            "value": tally.open,
            "url": f"{address}terbuka",
            "text": _("Dijanjikan atau sedang berjalan."),
        },
        {
            "label": _("Tanpa tenggat"),
            "value": tally.without_day,
            "url": f"{address}tanpa-tenggat",
            "text": _("Tidak dapat terlambat, jadi mudah terlupa."),
        },
    ]


def letters(rows: Sequence[LetterRow], row: MeetingRow) -> list[dict[str, Any]]:
    """The meeting's papers, with a word where one names another day than the plan."""
    return [
        {
            "pk": one.letter.pk,
            "kind": DocumentKind(one.letter.kind).label,
            "kind_key": one.letter.kind,
            "version": one.letter.version,
            "state": one.state.label,
            "number": one.issue.number if one.issue else "",
            "old": one.letter.facts.get("meeting", one.letter.facts).get("date") != row.on.isoformat(),
        }
        for one in rows
    ]


def invitation_message(row: MeetingRow, office: str) -> Message:
    """The text for WhatsApp: what, when and where; after a move or a cancellation that comes first."""
    if row.cancelled:
        return message(
            greeting=_("Selamat pagi Bapak/Ibu,"),
            lines=[
                _("%(title)s pada %(day)s dibatalkan.") % {"title": row.title, "day": weekday(row.on)},
                _("Kami akan mengabarkan jadwal penggantinya."),
            ],
            closing=_("Mohon maaf dan terima kasih. %(office)s") % {"office": office},
        )
    if row.sequence:
        return message(
            greeting=_("Selamat pagi Bapak/Ibu,"),
            lines=[
                _("Ada perubahan untuk %(title)s dari %(office)s.") % {"title": row.title, "office": office},
                _("Sekarang: %(when)s") % {"when": when(row)},
                _("Tempat: %(place)s") % {"place": row.place},
            ],
            closing=_("Mohon maaf atas perubahannya. Terima kasih."),
        )
    return meeting_message(
        title=row.title,
        on=row.on,
        time=f"{row.start:%H.%M}" if row.start is not None else _("(jam menyusul)"),
        zone=row.zone.value,
        place=row.place,
        office=office,
    )


def reminder(row: CommitmentRow, office: str, on: date) -> Message:
    """Ask after a promise. Names element and promise, never a person and never a category."""
    where = (
        _("kami mengingat janji %(element)s %(village)s pada rapat Desa Bersinar %(year)d:")
        if row.meeting_id is not None
        else _("kami mengingat janji %(element)s %(village)s untuk Desa Bersinar %(year)d:")
    )
    lines = [
        where % {"element": row.element.label, "village": row.village, "year": row.year},
        f"“{row.what}”",
    ]
    if row.due_date is not None:
        late = row.is_overdue(on)
        words = _("Tenggatnya %(day)s, sudah lewat.") if late else _("Tenggatnya %(day)s.")
        lines.append(words % {"day": day(row.due_date)})
    if row.proof:
        lines.append(_("Buktinya: %(proof)s.") % {"proof": row.proof})
    return message(
        greeting=_("Selamat pagi Bapak/Ibu,"),
        lines=lines,
        closing=_("Bagaimana perkembangannya, dan adakah yang dapat kami bantu? Terima kasih. %(office)s")
        % {"office": office},
    )


def undo(name: str, pk: int) -> str:
    """The tag of a message that offers to take a step back."""
    return f"undo:{reverse(f'programme:{name}', args=[pk])}"
