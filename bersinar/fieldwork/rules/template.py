"""The layout of our own sheet, shared by the file we give and the file we get back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bersinar.fieldwork.rules.cells import Formula, Raw
from bersinar.fieldwork.rules.instrument import Indicator

SHEET = "Isian"
GUIDE_SHEET = "Petunjuk"
NAME = "bersinar-isian"
VERSION = "1"
PLACES = ("Kode", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota")
REASON = "Alasan belum diisi"
HEADER_ROW = 4
MARK_WITHIN = 6
EXAMPLE = "DATA CONTOH"

_MARK = re.compile(rf"{NAME}/(?P<version>\S+) putaran (?P<round>[0-9]+) instrumen (?P<id>\S+) (?P<v>\S+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sheet says about itself."""

    version: str
    round_id: int
    instrument_id: str
    instrument_version: str


def mark_text(round_id: int, instrument_id: str, instrument_version: str) -> str:
    """The line by which we know our own sheet again."""
    return f"{NAME}/{VERSION} putaran {round_id} instrumen {instrument_id} {instrument_version}"


def find_mark(rows: Sequence[Sequence[Raw | Formula]]) -> Mark | None:
    """The mark in one of the first rows, or None for a sheet that is not ours."""
    for row in rows[:MARK_WITHIN]:
        for cell in row:
            found = _MARK.search(cell) if isinstance(cell, str) else None
            if found is not None:
                return Mark(found["version"], int(found["round"]), found["id"], found["v"])
    return None


def says_example(rows: Sequence[Sequence[Raw | Formula]]) -> bool:
    """Does the sheet itself say that its values are invented?"""
    return any(isinstance(cell, str) and EXAMPLE in cell for row in rows[:MARK_WITHIN] for cell in row[:3])


def heading(indicator: Indicator) -> str:
    """The heading of an indicator's column."""
    return f"{indicator.id} {indicator.name} ({indicator.unit})"


def plain(cell: Raw | Formula) -> str:
    """A heading without the differences nobody means."""
    return re.sub(r"[^a-z0-9]", "", str(cell).casefold()) if isinstance(cell, str) else ""


def indicator_of(cell: Raw | Formula, names: Sequence[str]) -> str:
    """The indicator a heading starts with, as in "P5 Angka pengguna narkoba (orang)"."""
    found = re.match(r"\s*([A-Za-z]+[0-9]+)\b", cell) if isinstance(cell, str) else None
    name = found.group(1).upper() if found else ""
    return name if name in names else ""


def letter(column: int) -> str:
    """The letter of a column, counted from nought.

    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def village_code(cell: Raw | Formula) -> str:
    """A ten-digit village code with its points, also when a spreadsheet made a whole number of it.

    >>> village_code(1902042005.0), village_code(19.02)
    ('19.02.04.2005', '')
    """
    if (isinstance(cell, float) and not cell.is_integer()) or not isinstance(cell, str | int | float):
        return ""
    text = cell if isinstance(cell, str) else str(int(cell))
    digits = re.sub(r"[.\s']", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return ""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
