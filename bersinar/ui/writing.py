"""Numbers, days and times as Indonesians write them; no Django."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}  # hours east of Greenwich


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """Point between thousands, comma before decimals: 1.234,5."""
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def day(value: date) -> str:
    """26 Oktober 2023."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def time_of_day(value: datetime) -> str:
    """08.15 WIB; the zone by its Indonesian name where it has one."""
    offset = value.utcoffset()
    zone = "" if offset is None else ZONES.get(int(offset.total_seconds() // 3600), value.tzname() or "")
    return f"{value:%H.%M} {zone}".rstrip()
