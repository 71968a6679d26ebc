"""How a column becomes an indicator: numbers as they are, yes or no, or a number for each of its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bersinar.fieldwork.matching.columns import Cell, Profile, Shape, shown
from bersinar.fieldwork.rules.cells import PRESENCE, Fault, Formula, Reading, read_cell
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.vocabulary import State

MOST_WORDS = 30
_YES = {"ya", "y", "ada", "yes", "true", "1", "1.0"}
_NO = {"tidak", "t", "tidak ada", "tdk", "tdk ada", "no", "false", "0", "0.0"}


class How(StrEnum):
    """What a column says about an indicator."""

    ANGKA = "ANGKA"
    YA_TIDAK = "YA_TIDAK"
    KATEGORI = "KATEGORI"


@dataclass(frozen=True, slots=True)
class Feed:
    """One column for one indicator. `words` gives each word its number, or nothing when it says nothing."""

    indicator: str
    column: int
    how: How = How.ANGKA
    factor: Decimal = Decimal(1)
    words: Mapping[str, Decimal | None] = field(default_factory=dict)


def proposed(one: Profile, indicator: Indicator) -> How:
    """The way that fits what stands in the column and what the indicator asks."""
    if one.shape is Shape.YES_NO and indicator.takes_yes:
        return How.YA_TIDAK
    return How.KATEGORI if one.shape in (Shape.YES_NO, Shape.CATEGORIES) else How.ANGKA


def translate(cell: Cell, feed: Feed, indicator: Indicator) -> Reading | Fault | None:
    """What one cell says of the indicator; None when it says nothing."""
    if isinstance(cell, Formula):
        return Fault("formula")
    text = shown(cell)
    if not text:
        return None
    if feed.how is How.YA_TIDAK:
        if not indicator.takes_yes:
            return Fault("yes_is_no_amount", {"unit": indicator.unit})
        word = "ya" if cell is True else "tidak" if cell is False else text.casefold()
        if word in _YES | _NO:
            read = read_cell(1.0 if word in _YES else 0.0, indicator)
            is_there = isinstance(read, Reading) and read.state is State.TERISI
            return replace(read, note=PRESENCE) if is_there and isinstance(read, Reading) else read
        return Fault("not_a_number", {"written": text[:40]})
    if feed.how is How.KATEGORI:
        if text not in feed.words:
            return Fault("not_a_number", {"written": text[:40]})
        number = feed.words[text]
        return None if number is None else read_cell(float(number), indicator)
    return _number(cell, feed, indicator)


def _number(cell: Cell, feed: Feed, indicator: Indicator) -> Reading | Fault | None:
    if feed.factor == 1:
        return read_cell(cell, indicator)
    read = read_cell(cell, _any_number(indicator))
    if not isinstance(read, Reading) or read.state is not State.TERISI or read.value is None:
        return read
    return read_cell(float(read.value * feed.factor), indicator)


def _any_number(indicator: Indicator) -> Indicator:
    """The same question without its limits: they hold for the number after its unit is changed."""
    return Indicator(
        id=indicator.id,
        group=indicator.group,
        name=indicator.name,
        unit=indicator.unit,
        source_type=indicator.source_type,
        sensitive=indicator.sensitive,
        minimum=0,
        maximum=None,
        whole=False,
    )


def number_of(text: str) -> Decimal | None:
    """A number somebody typed into the form; None for nothing. Raises ValueError for anything else."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or number < 0 or number > 10**9:
        raise ValueError(text)
    return number
