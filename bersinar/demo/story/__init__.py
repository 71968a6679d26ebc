"""The chapters of the Belitung story in the order they are told, each through the actions of its stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bersinar.demo.story import choosing, collecting, convening, forming, maps, places
from bersinar.demo.story.people import Stage

__all__ = ["CHAPTERS", "Chapter", "Stage"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the story; its key stays for good, because folders remember which ones they were told."""

    key: str
    sentence: str
    tell: Callable[[Stage], None]


CHAPTERS = (
    Chapter("titik-desa", "letak 88 desa", places.points),
    *(Chapter(f"data-{year}", f"data contoh {year}", collecting.round_of(year)) for year in collecting.YEARS),
    *(Chapter(f"peta-{year}", f"peta {year}", maps.map_of(year)) for year in maps.YEARS),
    Chapter("sasaran-2023", "sasaran 2023", choosing.choose),
    Chapter("sk-2023", "SK contoh 2023", choosing.decree),
    Chapter("desa-2021-2022", "desa binaan 2021 dan 2022", forming.earlier_years),
    Chapter("desa-2023", "desa sasaran 2023", forming.this_year),
    Chapter("rakor-2023", "rapat koordinasi 13 Februari 2023", convening.rakor),
    Chapter("pencanangan-2023", "pencanangan 26 Oktober 2023", forming.launch),
    Chapter("janji-2023", "janji sesudah rapat", convening.what_became_of_it),
    Chapter("tindak-lanjut", "tindak lanjut hari ini", convening.follow_up),
)
