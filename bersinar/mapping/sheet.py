"""A sheet of villages read as answers: which column is what, and which cell cannot be meant.

Rows of plain cells in, a table out; nothing is guessed. A cell that cannot be read is told by row and column
and counts as not answered, never as none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from bersinar.fieldwork import sentences
from bersinar.fieldwork.reading.letters import column_letter
from bersinar.fieldwork.rules.cells import Fault, Formula, read_cell, tidy
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, Indicator, instrument

Cell = str | int | float | bool | date | datetime | time | timedelta | None
MAIN = tuple(f"P{n}" for n in range(1, 9))
SUPPORTING = tuple(f"D{n}" for n in range(1, 6))
INDICATORS = MAIN + SUPPORTING
ENFORCEMENT = ("P3", "P4", "P5", "P6", "P7", "P8")
PLACES = ("code", "name", "kecamatan", "kabupaten")
HEADER_WITHIN = 30

_ALIASES = {
    "code": (
        "code",
        "kode",
        "kodedesa",
        "kodewilayah",
        "kodekemendagri",
        "codekemendagri",
        "kodedesakelurahan",
    ),
    "name": (
        "name",
        "nama",
        "desa",
        "namadesa",
        "desakelurahan",
        "namadesakelurahan",
        "kelurahan",
        "village",
    ),
    "kecamatan": ("kecamatan", "namakecamatan", "district", "distrik"),
    "kabupaten": ("kabupaten", "kabupatenkota", "kabkota", "namakabupaten", "regency"),
}
_UNANSWERED = {"", "belum", "belum diisi", "belum ada data", "?"}
_WITH_REASON = re.compile(r"belum\b[\s:,.–-]")
# What is wrong with an answer about enforcement, without a word of what stands there.
_NO_NUMBER = "isinya bukan angka. Tulis angka saja, nihil, atau kosongkan"
_IMPOSSIBLE = "isinya tidak mungkin. Nilai harus nol atau lebih, dalam satuan instrumen"
_CLOSED = {
    "two_meanings": "angkanya dapat dibaca dengan dua cara. Tulis tanpa titik ribuan",
    "formula": "isinya rumus. Salin, lalu tempel sebagai nilai",
    "not_whole": "isinya bukan bilangan bulat. Periksa angkanya",
} | dict.fromkeys(("negative", "too_large", "too_small", "out_of_range"), _IMPOSSIBLE)


class SheetError(ValueError):
    """Nothing in the sheet can be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell or row that could not be read; what stands in a cell of enforcement is never repeated."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"Baris {self.row}, kolom {self.column}" if self.column else f"Baris {self.row}"
        return f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class SheetVillage:
    """A village as the sheet names it; code is empty when the sheet has none."""

    row: int
    code: str
    name: str
    kecamatan: str
    kabupaten: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: villages, their answers in the order of INDICATORS, and what was wrong."""

    villages: tuple[SheetVillage, ...]
    values: npt.NDArray[np.float64]
    states: npt.NDArray[np.int8]
    columns: Mapping[str, str]
    problems: tuple[Problem, ...]
    rejected: int


def read_sheet(rows: Iterable[Sequence[Cell]], *, columns: Mapping[str, str] | None = None) -> Sheet:
    """Read rows of cells, the header among the first; `columns` names a heading for P1, code and so on."""
    listed = [list(row) for row in rows]
    at, places = _find_header(listed, columns or {})
    header = listed[at]
    villages: list[SheetVillage] = []
    values: list[list[float]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    rejected = 0
    for number, row in enumerate(listed[at + 1 :], start=at + 2):
        if all(_text(cell) == "" for cell in row):
            continue
        village, fault = _village(row, number, places)
        problems += [fault] if fault else []
        if village is not None and village.code and village.code in seen:
            told = f"kode {village.code} sudah ada di baris {seen[village.code]}"
            problems.append(Problem(number, column_letter(places["code"]), told))
            village = None
        if village is None:
            rejected += 1
            continue
        if village.code:
            seen[village.code] = number
        villages.append(village)
        values.append(_answers(row, number, places, problems))
    table = np.array(values, dtype=np.float64).reshape(len(villages), len(INDICATORS))
    states = np.where(np.isnan(table), -1, np.where(table == 0, 0, 1)).astype(np.int8)
    used = {key: _text(header[column]) for key, column in places.items()}
    return Sheet(tuple(villages), table, states, used, tuple(problems), rejected)


def _find_header(rows: Sequence[Sequence[Cell]], wanted: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    unknown = sorted(set(wanted) - {*INDICATORS, *PLACES})
    if unknown:
        raise SheetError(
            f"Kolom {', '.join(unknown)} tidak dikenal. Pakai P1 sampai P8, D1 sampai D5, "
            f"atau {', '.join(PLACES)}."
        )
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        places = _places(row, wanted)
        if ("name" in places or "code" in places) and any(name in places for name in INDICATORS):
            lacking = [heading for key, heading in wanted.items() if key not in places]
            if lacking:
                raise SheetError(f"Judul kolom tidak ditemukan: {', '.join(lacking)}. Periksa ejaannya.")
            return at, places
    raise SheetError(
        "Baris judul tidak ditemukan. Berkas harus punya kolom desa atau kode, dan paling sedikit satu kolom "
        "P1 sampai P8 atau D1 sampai D5. Sebut judul kolom lain dengan --column, misalnya --column P1=kasus."
    )


def _places(row: Sequence[Cell], wanted: Mapping[str, str]) -> dict[str, int]:
    keys = [_plain(_text(cell)) for cell in row]
    places: dict[str, int] = {}
    for key, heading in wanted.items():
        if _plain(heading) in keys:
            places[key] = keys.index(_plain(heading))
    for column, cell in enumerate(row):
        code = re.match(r"\s*([PD]\d)\b", _text(cell), re.IGNORECASE)
        name = code.group(1).upper() if code else ""
        if name in INDICATORS and name not in wanted:
            places.setdefault(name, column)
    for key, aliases in _ALIASES.items():
        if key not in wanted:
            found = next((keys.index(alias) for alias in aliases if alias in keys), None)
            if found is not None:
                places[key] = found
    return places


def _village(
    row: Sequence[Cell], number: int, places: Mapping[str, int]
) -> tuple[SheetVillage | None, Problem | None]:
    parts = {key: _text(_cell(row, places.get(key))) for key in PLACES}
    code, fault = "", None
    if parts["code"]:
        code = village_code(_cell(row, places["code"]))
        if not code:
            told = f"kode “{parts['code'][:40]}” bukan kode desa sepuluh angka, misalnya 19.02.04.2005"
            fault = Problem(number, column_letter(places["code"]), told)
    if not code and not parts["name"]:
        return None, fault or Problem(number, "", "tidak ada kode maupun nama desa")
    # A village stays with its name when its code cannot be read: a row that is left out looks like no village.
    return SheetVillage(number, code, parts["name"], parts["kecamatan"], parts["kabupaten"]), fault


def village_code(cell: Cell) -> str:
    """A ten-digit village code with its points, also when a spreadsheet made a number of it.

    >>> village_code(1902042005.0)
    '19.02.04.2005'
    """
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else _text(cell)
    digits = re.sub(r"[.\s]", "", text)
    if not re.fullmatch(r"\d{10}", digits):
        return ""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def _answers(
    row: Sequence[Cell], number: int, places: Mapping[str, int], problems: list[Problem]
) -> list[float]:
    found = []
    for name in INDICATORS:
        column = places.get(name)
        value, fault = (float("nan"), "") if column is None else _number(_cell(row, column), name)
        if fault and column is not None:
            problems.append(Problem(number, f"{column_letter(column)} ({name})", fault))
        found.append(value)
    return found


def _number(cell: Cell, name: str) -> tuple[float, str]:
    """An answer as the upload reads it, and why it cannot be read; only a bare "belum" needs no reason here."""
    nan = float("nan")
    text = tidy(cell) if isinstance(cell, str) else ""
    lower = text.casefold()
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return nan, ""
    if isinstance(cell, str) and (lower in _UNANSWERED or _WITH_REASON.match(lower)):
        return nan, ""
    read = read_cell(Formula(text) if text.startswith("=") else cell, _asked(name), by_hand=True)
    if isinstance(read, Fault):
        return nan, _CLOSED.get(read.code, _NO_NUMBER) if name in ENFORCEMENT else sentences.fault(read)
    return (nan, "") if read is None or read.value is None else (float(read.value), "")


@cache
def _asked(name: str) -> Indicator:
    """The question of the instrument whose columns these are."""
    return next(one for one in instrument(*DEFAULT_INSTRUMENT).indicators if one.id == name)


def _cell(row: Sequence[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
