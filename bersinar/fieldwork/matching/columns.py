"""Which column is what: told by its heading and by what stands in it, each suggestion with its reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from bersinar.fieldwork.matching.codes import Kind, judge_column
from bersinar.fieldwork.rules.cells import Formula, Raw, tidy

Cell = Raw | Formula
CODE, NAME, KECAMATAN, KABUPATEN = "code", "name", "kecamatan", "kabupaten"
PLACES = (CODE, NAME, KECAMATAN, KABUPATEN)
HEADING_WITHIN = 30
LOOKED_AT = 400
LIKELY, CERTAIN = 80, 95
_TITLE_SHARE = 0.6

_HEADINGS: dict[str, tuple[str, ...]] = {
    CODE: ("kode", "kode desa", "kode wilayah", "kode kemendagri", "code kemendagri", "kode desa kelurahan",
           "village code"),
    NAME: ("nama desa", "desa", "desa kelurahan", "nama desa kelurahan", "kelurahan", "village", "nama wilayah"),
    KECAMATAN: ("kecamatan", "nama kecamatan", "district", "distrik", "kec"),
    KABUPATEN: ("kabupaten", "kabupaten kota", "kab kota", "nama kabupaten", "regency", "kota", "kab"),
}  # fmt: skip
# Words of the classic instrument as offices and Podes write them. A suggestion only: a person decides.
_INDICATOR_HEADINGS: dict[str, tuple[str, ...]] = {
    "P1": ("kasus narkoba", "jumlah kasus narkoba", "kasus kejahatan narkoba", "tindak pidana narkoba",
           "penyalahgunaan atau peredaran narkoba", "narcotics abuse or trafficking past year"),
    "P2": ("kriminalitas", "angka kriminalitas", "tindak kekerasan", "perkelahian massal", "jumlah perkelahian",
           "n mass fights", "jumlah kejahatan"),
    "P3": ("bandar", "pengedar", "bandar atau pengedar", "jumlah pengedar"),
    "P4": ("produksi narkoba", "pabrik narkoba", "kegiatan produksi"),
    "P5": ("pengguna narkoba", "jumlah pengguna", "penyalah guna", "pecandu"),
    "P6": ("barang bukti", "jumlah barang bukti", "sabu gram", "bb gram"),
    "P7": ("entry point", "pintu masuk", "pelabuhan tikus", "tambatan perahu", "boat moorings"),
    "P8": ("kurir", "jumlah kurir", "kurir narkoba"),
    "D1": ("lokasi hiburan", "tempat hiburan", "hiburan malam", "pub diskotek karaoke", "pub disco karaoke", "karaoke"),
    "D2": ("kos", "kos kosan", "rumah kos", "tempat kos", "penginapan", "losmen", "lodging houses", "n lodging houses"),
    "D3": ("kemiskinan", "persen miskin", "penduduk miskin", "angka kemiskinan", "keluarga miskin"),
    "D4": ("sarana publik", "ketiadaan sarana publik", "fasilitas umum"),
    "D5": ("interaksi sosial", "rendahnya interaksi sosial", "gotong royong"),
}  # fmt: skip


class Shape(StrEnum):
    """What stands in a column."""

    EMPTY = "EMPTY"
    NUMBERS = "NUMBERS"
    YES_NO = "YES_NO"
    CATEGORIES = "CATEGORIES"
    TEXT = "TEXT"
    FORMULAS = "FORMULAS"


class Reason(StrEnum):
    """Why a column is suggested."""

    MARK = "MARK"
    HEADING = "HEADING"
    HEADING_SIMILAR = "HEADING_SIMILAR"
    CODES = "CODES"
    BPS_CODES = "BPS_CODES"
    REMEMBERED = "REMEMBERED"


@dataclass(frozen=True, slots=True)
class Profile:
    """One column: heading, what stands in it, and some of its different values."""

    column: int
    heading: str
    shape: Shape
    filled: int
    examples: tuple[str, ...]
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One column for one purpose, how sure (of 100), and why."""

    target: str
    column: int
    score: int
    reason: Reason
    heading: str


def heading_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The first row that looks like headings: mostly different texts, as wide as what follows."""
    widths = [sum(cell is not None for cell in row) for row in rows[: HEADING_WITHIN * 2]]
    usual = max(widths, default=0)
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        texts = [plain(cell) for cell in row if isinstance(cell, str) and not _is_number(cell)]
        enough = widths[at] >= max(2, _TITLE_SHARE * usual)
        if enough and len(texts) >= 0.8 * widths[at] and len(set(texts)) >= 0.8 * len(texts):
            return at
    return 0


def profiles(rows: Sequence[Sequence[Cell]], heading: int) -> tuple[Profile, ...]:
    """Every column below the heading row."""
    width = max((len(row) for row in rows[heading : heading + LOOKED_AT]), default=0)
    return tuple(_profile(rows, heading, column) for column in range(width))


def fingerprint(found: Sequence[Profile]) -> str:
    """The same for files with the same headings in the same order."""
    headings = "\n".join(plain(one.heading) for one in found)
    return hashlib.sha256(headings.encode()).hexdigest()


def suggest(
    found: Sequence[Profile],
    rows: Sequence[Sequence[Cell]],
    heading: int,
    *,
    indicators: Mapping[str, str],
    known: frozenset[str],
) -> tuple[Suggestion, ...]:
    """The best column of each purpose, none twice; `indicators` gives their names by id."""
    every = [*_codes(found, rows, heading, known)]
    for one in found:
        if one.shape is Shape.EMPTY or not one.heading:
            continue
        for target in PLACES:
            every += _by_heading(one, target, _HEADINGS[target])
        for target, name in indicators.items():
            every += _by_mark(one, target)
            if one.shape is not Shape.TEXT:
                every += _by_heading(one, target, (name, *_INDICATOR_HEADINGS.get(target, ())))
    chosen: dict[str, Suggestion] = {}
    taken: set[int] = set()
    for suggestion in sorted(every, key=lambda one: (-one.score, one.column)):
        if suggestion.target not in chosen and suggestion.column not in taken:
            chosen[suggestion.target] = suggestion
            taken.add(suggestion.column)
    return tuple(chosen[target] for target in (*PLACES, *indicators) if target in chosen)


def plain(cell: Cell) -> str:
    """A heading as words: lower case, no marks.

    >>> plain("n_lodging_houses"), plain("Kab./Kota")
    ('n lodging houses', 'kab kota')
    """
    return " ".join(re.findall(r"[a-z0-9]+", str(cell).casefold())) if isinstance(cell, str) else ""


def shown(cell: Cell) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return f"={cell.text}"[:60]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))[:80]


def _by_mark(one: Profile, target: str) -> list[Suggestion]:
    marked = re.match(rf"\s*{re.escape(target)}\b", one.heading, re.IGNORECASE)
    return [Suggestion(target, one.column, 99, Reason.MARK, one.heading)] if marked else []


def _by_heading(one: Profile, target: str, wordings: Sequence[str]) -> list[Suggestion]:
    heading = plain(one.heading)
    if target != CODE and "kode" in heading.split():
        return []
    score = round(max(_alike(heading, plain(wording)) for wording in wordings))
    if (
        target in (NAME, KECAMATAN, KABUPATEN)
        and one.shape is not Shape.TEXT
        and one.shape is not Shape.CATEGORIES
    ):
        score -= 40
    if score < LIKELY:
        return []
    reason = Reason.HEADING if score >= CERTAIN else Reason.HEADING_SIMILAR
    return [Suggestion(target, one.column, score, reason, one.heading)]


def _alike(heading: str, wording: str) -> float:
    if heading == wording:
        return 98.0
    both = max(fuzz.ratio(heading, wording), fuzz.token_sort_ratio(heading, wording))
    inside = len(wording) >= 5 and set(wording.split()) <= set(heading.split())
    return max(both - 4, 88.0 if inside else 0.0)


def _codes(
    found: Sequence[Profile], rows: Sequence[Sequence[Cell]], heading: int, known: frozenset[str]
) -> list[Suggestion]:
    listed = []
    for one in found:
        cells = [
            row[one.column] if one.column < len(row) else None
            for row in rows[heading + 1 : heading + 1 + LOOKED_AT]
        ]
        verdict = judge_column(cells, known)
        if verdict.kind is Kind.KEMENDAGRI and verdict.known:
            score = 60 + round(39 * verdict.known / verdict.filled)
            listed.append(Suggestion(CODE, one.column, score, Reason.CODES, one.heading))
    return listed


def _profile(rows: Sequence[Sequence[Cell]], heading: int, column: int) -> Profile:
    counts: dict[str, int] = {}
    formulas = numbers = 0
    filled = 0
    for row in rows[heading + 1 :]:
        cell = row[column] if column < len(row) else None
        text = shown(cell)
        if not text:
            continue
        filled += 1
        formulas += isinstance(cell, Formula)
        numbers += _is_number(cell)
        if text in counts or len(counts) < 200:
            counts[text] = counts.get(text, 0) + 1
    ordered = tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    title = rows[heading][column] if column < len(rows[heading]) else None
    shape = _shape(filled, formulas, numbers, [text for text, _ in ordered])
    return Profile(column, shown(title), shape, filled, tuple(text for text, _ in ordered[:3]), ordered[:31])


def _shape(filled: int, formulas: int, numbers: int, different: Sequence[str]) -> Shape:
    if not filled:
        return Shape.EMPTY
    if formulas * 2 > filled:
        return Shape.FORMULAS
    words = {text.casefold() for text in different}
    if words <= _YES_NO or words <= {"0", "1"} or words <= {"0.0", "1.0"}:
        return Shape.YES_NO
    if numbers >= 0.8 * filled:
        return Shape.NUMBERS
    return Shape.CATEGORIES if len(different) <= 15 and filled > 2 * len(different) else Shape.TEXT


_YES_NO = {"ya", "tidak", "ada", "tidak ada", "y", "t", "yes", "no", "true", "false"}


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and re.fullmatch(r"\s*-?[0-9]+(?:[.,][0-9]+)*\s*%?\s*", cell) is not None
