"""Village codes as people and spreadsheets write them, and codes of another agency told apart."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bersinar.fieldwork.rules.cells import Formula, Raw

_DOTTED = re.compile(r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_ENOUGH = 0.8


class Written(StrEnum):
    """How a code was written."""

    DOTTED = "DOTTED"
    DIGITS = "DIGITS"
    NUMBER = "NUMBER"
    EMPTY = "EMPTY"
    FORMULA = "FORMULA"
    UNREADABLE = "UNREADABLE"


class Kind(StrEnum):
    """Whose codes a column holds."""

    KEMENDAGRI = "KEMENDAGRI"
    BPS = "BPS"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A ten-digit code with its points, or why there is none."""

    code: str
    written: Written


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """What a column of codes is: how many cells are codes, and how many of them are ours."""

    kind: Kind
    filled: int
    readable: int
    known: int
    repaired: int


def read_code(cell: Raw | Formula) -> CodeReading:
    """One cell.

    >>> read_code(1.902042005e9).code
    '19.02.04.2005'
    """
    if isinstance(cell, Formula):
        return CodeReading("", Written.FORMULA)
    if cell is None:
        return CodeReading("", Written.EMPTY)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return CodeReading("", Written.UNREADABLE)
    if isinstance(cell, int | float):
        whole = float(cell).is_integer() and 0 < cell < 10**10
        return _of_digits(str(int(cell)), Written.NUMBER) if whole else CodeReading("", Written.UNREADABLE)
    text = cell.strip().lstrip("'").strip()
    if not text:
        return CodeReading("", Written.EMPTY)
    if _DOTTED.fullmatch(text):
        return CodeReading(text, Written.DOTTED)
    if re.fullmatch(r"[0-9]\.[0-9]+[eE]\+?0?9", text.replace(",", ".")):
        number = float(text.replace(",", "."))
        return _of_digits(str(int(number)), Written.NUMBER) if _keeps_all(text) else _unreadable()
    text = re.sub(r"\.0+$", "", text) if re.fullmatch(r"[0-9]{10}\.0+", text) else text
    return _of_digits(re.sub(r"[.\s\-/]", "", text), Written.DIGITS)


def judge_column(cells: Iterable[Raw | Formula], known: Container[str]) -> ColumnVerdict:
    """Whose codes these are, by their digits and by how many of them we know."""
    readings = [read_code(cell) for cell in cells]
    filled = [one for one in readings if one.written is not Written.EMPTY]
    codes = [one.code for one in filled if one.code]
    ours = sum(code in known for code in codes)
    repaired = sum(bool(one.code) and one.written is not Written.DOTTED for one in filled)
    kind = Kind.NONE
    if filled and len(codes) >= _ENOUGH * len(filled):
        kind = Kind.BPS if _looks_like_bps(codes) and ours < len(codes) / 2 else Kind.KEMENDAGRI
    return ColumnVerdict(kind, len(filled), len(codes), ours, repaired)


def _looks_like_bps(codes: Sequence[str]) -> bool:
    """BPS counts kecamatan in three digits that mostly end in nought; a Kemendagri village starts with 1 or 2."""
    return sum(code[9] == "0" for code in codes) > len(codes) / 2


def _of_digits(digits: str, written: Written) -> CodeReading:
    if not re.fullmatch(r"[0-9]{10}", digits) or not "11" <= digits[:2] <= "99":
        return _unreadable()
    return CodeReading(f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}", written)


def _keeps_all(text: str) -> bool:
    """A number shown with an exponent often lost its last digits: 1.90204E+09 could be a hundred villages."""
    return len(re.sub(r"[^0-9]", "", re.split("[eE]", text)[0])) >= 9


def _unreadable() -> CodeReading:
    return CodeReading("", Written.UNREADABLE)
