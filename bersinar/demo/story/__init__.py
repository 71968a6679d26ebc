"""The chapters of the Belitung story in the order they are told, each through the actions of its stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bersinar.demo.story import choosing, collecting, maps
from bersinar.demo.story.people import Stage

__all__ = ["CHAPTERS", "Chapter", "Stage"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the story; its key stays for good, because folders remember which ones they were told."""

    key: str
    sentence: str
    tell: Callable[[Stage], None]


CHAPTERS = (
    *(Chapter(f"data-{year}", f"data contoh {year}", collecting.round_of(year)) for year in collecting.YEARS),
    *(Chapter(f"peta-{year}", f"peta {year}", maps.map_of(year)) for year in maps.YEARS),
    Chapter("sasaran-2023", "sasaran 2023", choosing.choose),
    Chapter("sk-2023", "SK contoh 2023", choosing.decree),
)
