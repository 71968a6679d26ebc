"""Instruments as versioned data files: which indicators are asked, in which unit, and who may see them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bersinar.fieldwork.vocabulary import SourceType

DEFAULT_INSTRUMENT = ("bnn-8-5", "2015")
_FILES = {("bnn-8-5", "2015"): "bnn-8-5.toml"}


class UnknownInstrumentError(LookupError):
    """A round names an instrument this installation does not have."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of an instrument."""

    id: str
    group: str
    name: str
    unit: str
    source_type: SourceType
    sensitive: bool
    minimum: float
    maximum: float | None
    whole: bool
    note: str = ""

    @property
    def has_none(self) -> bool:
        """A scale that starts above zero has no nihil."""
        return self.minimum <= 0

    @property
    def takes_yes(self) -> bool:
        """May a yes stand as 1? Of things one counts it says that there is one; a share or a scale it makes a lie."""
        return self.has_none and self.maximum is None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of a set of indicators; results of different versions are not compared."""

    id: str
    version: str
    title: str
    authority: str
    source: str
    status: str
    indicators: tuple[Indicator, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(indicator.id for indicator in self.indicators)

    def indicator(self, name: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators if indicator.id == name), None)

    def shown(self, *, sensitive: bool) -> tuple[Indicator, ...]:
        """The indicators whose values may be shown: all of them, or those that betray nobody."""
        return tuple(one for one in self.indicators if sensitive or not one.sensitive)


@cache
def instrument(name: str, version: str) -> Instrument:
    """The instrument of a round."""
    if (name, version) not in _FILES:
        raise UnknownInstrumentError(f"{name} {version}")
    text = resources.files("bersinar.fieldwork").joinpath(f"instruments/{_FILES[name, version]}")
    return parse_instrument(text.read_text(encoding="utf-8"))


def parse_instrument(text: str) -> Instrument:
    """Read one instrument file; a missing key is a fault of the file and stops the reading."""
    data = tomllib.loads(text)
    return Instrument(
        **{key: str(data[key]) for key in ("id", "version", "title", "authority", "source", "status")},
        indicators=tuple(_indicator(part) for part in data["indicators"]),
    )


def _indicator(part: dict[str, Any]) -> Indicator:
    maximum = part.get("maximum")
    return Indicator(
        id=part["id"],
        group=part["group"],
        name=part["name"],
        unit=part["unit"],
        source_type=SourceType(part["source_type"]),
        # Without a word about it an indicator stays closed: a forgotten line must not open values.
        sensitive=part.get("sensitive", True),
        minimum=float(part.get("minimum", 0)),
        maximum=None if maximum is None else float(maximum),
        whole=part.get("whole", True),
        note=part.get("note", ""),
    )
