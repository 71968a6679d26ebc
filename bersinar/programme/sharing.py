"""Texts of this stage for WhatsApp. Always Indonesian: the people who receive them did not choose a language here."""

from __future__ import annotations

from datetime import date

from bersinar.documents.sharing import Message, meeting_message, message
from bersinar.programme.queries import CommitmentRow, MeetingRow
from bersinar.ui.writing import day

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
GREETING = "Selamat pagi Bapak/Ibu,"


def weekday(on: date) -> str:
    """Senin, 13 Februari 2023."""
    return f"{DAYS[on.weekday()]}, {day(on)}"


def invitation_message(row: MeetingRow, office: str, *, issued: bool = False) -> Message:
    """What, when and where; after a move or a cancellation that comes first."""
    if row.cancelled:
        return message(
            greeting=GREETING,
            lines=[
                f"{row.title} pada {weekday(row.on)} dibatalkan.",
                "Kami akan mengabarkan jadwal penggantinya.",
            ],
            closing=f"Mohon maaf dan terima kasih. {office}",
        )
    if row.sequence:
        return message(
            greeting=GREETING,
            lines=[
                f"Ada perubahan untuk {row.title} dari {office}.",
                f"Sekarang: {weekday(row.on)}, pukul {_hour(row)} {row.zone.value}",
                f"Tempat: {row.place}",
            ],
            closing="Mohon maaf atas perubahannya. Terima kasih.",
        )
    return meeting_message(
        title=row.title,
        on=row.on,
        time=_hour(row),
        zone=row.zone.value,
        place=row.place,
        office=office,
        issued=issued,
    )


def reminder(row: CommitmentRow, office: str, on: date) -> Message:
    """Ask after a promise. Names element and promise, never a person and never a category."""
    where = "pada rapat Desa Bersinar" if row.meeting_id is not None else "untuk Desa Bersinar"
    lines = [
        f"kami mengingat janji {row.element.label} {row.village} {where} {row.year}:",
        f"“{row.what}”",
    ]
    if row.due_date is not None:
        lines.append(f"Tenggatnya {day(row.due_date)}{', sudah lewat' if row.is_overdue(on) else ''}.")
    if row.proof:
        lines.append(f"Buktinya: {row.proof}.")
    return message(
        greeting=GREETING,
        lines=lines,
        closing=f"Bagaimana perkembangannya, dan adakah yang dapat kami bantu? Terima kasih. {office}",
    )


def _hour(row: MeetingRow) -> str:
    return f"{row.start:%H.%M}" if row.start is not None else "(jam menyusul)"
