"""Short texts for WhatsApp, sent by a person, never by the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings

from bersinar.ui.marks import in_front
from bersinar.ui.writing import day

LONGEST = 900


@dataclass(frozen=True, slots=True)
class Message:
    """The text and the link that opens WhatsApp with it; the sender chooses to whom."""

    text: str
    link: str


def message(*, greeting: str, lines: list[str], closing: str = "", address: str = "") -> Message:
    """A greeting, a few lines, and at most one address of this installation."""
    # A demo's text may leave the demo; what is made up says so wherever it goes.
    mark = f"{in_front()}DATA CONTOH" if settings.BERSINAR_DEMO else ""
    parts = [mark, greeting, *lines, closing, address]
    text = "\n".join(part.strip() for part in parts if part.strip())[:LONGEST]
    return Message(text, f"https://wa.me/?text={quote(text, safe='')}")


def meeting_message(
    *, title: str, on: date, time: str, zone: str, place: str, office: str, issued: bool = False
) -> Message:
    """Invite to a meeting: what, when and where, and nothing about the village."""
    closing = "Surat resminya terlampir." if issued else "Surat resminya menyusul."
    return message(
        greeting="Selamat pagi Bapak/Ibu,",
        lines=[
            f"{office} mengundang Bapak/Ibu dalam {title}.",
            f"Hari/tanggal: {day(on)}, pukul {time.replace(':', '.')} {zone}",
            f"Tempat: {place}",
        ],
        closing=f"{closing} Terima kasih.",
    )
