"""What one cell says: a value, none, not yet with its reason, nothing at all, or something nobody can mean.

Nothing is guessed. A cell that can be read in two ways is refused with both readings named.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.vocabulary import MissingReason, State

# Plain values of a cell; a formula comes as Formula so that its cached result is never taken for an answer.
Raw = str | int | float | bool | date | time | timedelta | None
PLACES = Decimal("0.0001")
LARGEST = 10**9
LONGEST_NOTE = 200
# Kept with a value that a yes stands for: it says that there is something, never how many.
PRESENCE = "ada"
PERCENT = "persen"

_NONE = {"nihil", "tidak ada", "tdk ada", "tak ada", "none"}
_DASHES = {"-", "--", "–", "—", "x", "n/a", "na", "?"}
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NEGATIVE = re.compile(r"[-−–][\s]*[0-9][0-9.,]*")
_WITH_UNIT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_].*)")
_DATE = re.compile(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}")
_BELUM = re.compile(r"belum\b(?P<mark>[\s:,.\-–]*)(?P<rest>.*)", re.DOTALL)
_REASONS = {
    MissingReason.BELUM_DITANYAKAN: ("belum ditanyakan", "ditanyakan", "belum ditanya"),
    MissingReason.DESA_BELUM_MENJAWAB: ("desa belum menjawab", "belum menjawab", "menunggu desa"),
    MissingReason.MENUNGGU_INSTANSI: ("menunggu instansi", "menunggu data instansi lain", "menunggu polres"),
    MissingReason.TIDAK_BERSEDIA: ("tidak bersedia", "menolak", "tidak mau menjawab"),
    MissingReason.TIDAK_DIKETAHUI: ("tidak diketahui", "tidak tahu"),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that calculates: its result may be old or missing, so it is never read as a value."""

    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says."""

    state: State
    value: Decimal | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: a code with a sentence of its own, and the facts in it."""

    code: str
    facts: dict[str, str] = field(default_factory=dict)


def read_cell(
    raw: Raw | Formula, indicator: Indicator, *, row_reason: str = "", by_hand: bool = False
) -> Reading | Fault | None:
    """One cell of one indicator; None when it says nothing.

    `row_reason` is what the row gives as the reason for what is not there yet. `by_hand` is for cells people typed
    into a spreadsheet: it keeps 12% as 0.12, which as a percentage would be next to nothing.
    """
    if isinstance(raw, Formula):
        return Fault("formula")
    if isinstance(raw, bool):
        return Fault("yes_no")
    if isinstance(raw, date | time | timedelta):
        return Fault("date", {"shown": raw.isoformat() if isinstance(raw, date) else str(raw)})
    if isinstance(raw, int | float):
        if by_hand and indicator.unit == PERCENT and 0 < raw < 1:
            return _percent_or_share(raw)
        return _number(float(raw), indicator)
    return _text(tidy(raw or ""), indicator, row_reason)


def tidy(text: str) -> str:
    """Text as people meant it: no control or direction marks, plain digits, single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFKC", text)
    kept = (c if unicodedata.category(c)[0] != "C" else " " if c in "\t\r\n" else "" for c in plain)
    return " ".join("".join(kept).split())


def missing_reason(text: str) -> tuple[MissingReason, str]:
    """The reason of the list that was meant; otherwise "other" with the words as written."""
    words = tidy(text).casefold().strip(" .")
    for reason, phrases in _REASONS.items():
        if words in phrases or words == reason.value.casefold():
            return reason, ""
    return MissingReason.LAINNYA, tidy(text)[:LONGEST_NOTE]


def not_yet(text: str) -> Reading:
    """A value that is not there yet, with the reason somebody wrote."""
    reason, note = missing_reason(text)
    return Reading(State.BELUM, None, reason.value, note)


def _text(text: str, indicator: Indicator, row_reason: str) -> Reading | Fault | None:
    lower = text.casefold()
    if not lower:
        return None
    if (belum := _BELUM.fullmatch(lower)) is not None:
        said = (
            "" if belum["rest"].strip(" .") in ("", "diisi", "ada", "ada data") else _reason_in(lower, belum)
        )
        reason = said or tidy(row_reason)
        return not_yet(reason) if reason else Fault("reason_missing")
    if lower in _NONE:
        return _number(0.0, indicator)
    if lower in _DASHES:
        return Fault("dash", {"written": text})
    return _digits(text, indicator)


def _reason_in(text: str, belum: re.Match[str]) -> str:
    """What "belum: …" carries after its mark.

    Without a mark the word belongs to the reason: of "belum ada kasus" the rest alone would say the opposite.
    """
    rest = belum["rest"]
    known = missing_reason(rest)[0] is not MissingReason.LAINNYA
    return (
        rest
        if belum["mark"].strip() or (known and missing_reason(text)[0] is MissingReason.LAINNYA)
        else text
    )


def _digits(text: str, indicator: Indicator) -> Reading | Fault:
    if _NEGATIVE.fullmatch(text):
        return Fault("negative")
    if _DATE.fullmatch(text):
        return Fault("date", {"shown": text})
    bare = text.removesuffix("%").strip() if indicator.unit == PERCENT else text
    if _AMBIGUOUS.fullmatch(bare):
        whole, parts = re.sub(r"[.,]", "", bare), bare.replace(".", ",")
        return Fault("two_meanings", {"written": text, "whole": whole, "parts": parts})
    if _THOUSANDS.fullmatch(bare):
        return _number(float(bare.replace(".", "").replace(",", ".")), indicator)
    if _PLAIN.fullmatch(bare):
        return _number(float(bare.replace(",", ".")), indicator)
    if (unit := _WITH_UNIT.fullmatch(text)) is not None:
        return Fault("unit", {"number": unit.group(1), "unit": unit.group(2)[:30]})
    return Fault("not_a_number", {"written": text[:40]})


def _percent_or_share(number: float) -> Fault:
    share = Decimal(repr(number))
    written, percent = (f"{one.normalize():f}".replace(".", ",") for one in (share, share * 100))
    return Fault("percent_or_share", {"written": written, "percent": percent})


def _number(number: float, indicator: Indicator) -> Reading | Fault:
    if not math.isfinite(number):
        return Fault("not_a_number", {"written": str(number)})
    if number < 0:
        return Fault("negative")
    if number == 0 and not indicator.has_none:
        return Fault(
            "scale_has_no_none", {"low": _plain(indicator.minimum), "high": _plain(indicator.maximum)}
        )
    if number > LARGEST:
        return Fault("too_large", {"written": f"{number:.0f}"})
    if indicator.whole and not number.is_integer():
        return Fault("not_whole", {"written": _plain(number), "unit": indicator.unit})
    if number < indicator.minimum or (indicator.maximum is not None and number > indicator.maximum):
        limits = {"low": _plain(indicator.minimum), "high": _plain(indicator.maximum)}
        return Fault("out_of_range", {"written": _plain(number), **limits})
    value = Decimal(repr(number)).quantize(PLACES)
    if value == 0 < number:
        return Fault("too_small", {"written": str(number)})
    return Reading(State.NIHIL, Decimal(0)) if value == 0 else Reading(State.TERISI, value)


def _plain(number: float | None) -> str:
    """As Indonesians write it: 1.200,5."""
    if number is None:
        return ""
    exact = f"{Decimal(repr(number)).normalize():,f}"
    return exact.translate(str.maketrans(",.", ".,"))


def text_of(state: State | str, value: Decimal | None, reason: str, note: str) -> str:
    """An answer as one would type it.

    >>> text_of("TERISI", Decimal("2.5000"), "", "")
    '2,5'
    """
    if state == State.NIHIL:
        return "nihil"
    if state == State.TERISI and value is not None:
        return f"{value.normalize():f}".replace(".", ",")
    phrases = next((words for one, words in _REASONS.items() if one == reason), ())
    said = phrases[0] if phrases else note
    if not said:
        return ""
    return f"belum: {said}"
