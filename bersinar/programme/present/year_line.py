"""A year as a line: months across on a desktop, a list on a phone (ui/parts/year_line.html)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.utils.translation import gettext as _

from bersinar.programme.queries import TimelineEntry
from bersinar.programme.vocabulary import Origin, Precision
from bersinar.ui.writing import MONTHS

SHORT = tuple(month[:3] for month in MONTHS)
# The last column is wide enough for November and December together.
LAST_COLUMN = 11
# A note stands whole beside its stage; on the line it only reminds.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the line, with its column and how its edge is drawn."""

    column: int
    state: str
    when: str
    title: str
    text: str
    url: str
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """The months and what stands under them."""

    year: int
    months: tuple[tuple[str, bool], ...]
    moments: tuple[Moment, ...]


def line_of(
    entries: Iterable[TimelineEntry], year: int, *, on: date, kinds: Iterable[str] | None = None
) -> YearLine | None:
    """The line of one year; None when nothing stands on it. Today stands on it in its own year."""
    wanted = None if kinds is None else set(kinds)
    kept = [entry for entry in entries if wanted is None or entry.kind in wanted]
    if not kept:
        return None
    moments = [(entry.on, _moment(entry, villages)) for entry, villages in _together(kept)]
    if on.year == year:
        moments.append((on, _today(on)))
    moments.sort(key=lambda pair: pair[0])
    now = on.month if on.year == year else 0
    months = tuple((name, number == now) for number, name in enumerate(SHORT, start=1))
    return YearLine(year, months, tuple(moment for _on, moment in moments))


def ahead(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Without promises that were kept: they stand in their own list and would bury what is left."""
    return [entry for entry in entries if entry.kind != "janji" or not entry.done]


def _together(entries: list[TimelineEntry]) -> list[tuple[TimelineEntry, list[str]]]:
    """The same thing on the same day in several villages stands once, with their names."""
    found: dict[tuple[object, ...], tuple[TimelineEntry, list[str]]] = {}
    for number, entry in enumerate(entries):
        key: tuple[object, ...] = (
            entry.on,
            entry.precision,
            entry.title,
            entry.kind,
            entry.done,
            entry.origin,
        )
        if not entry.village:
            # On one village's own line two promises of one wording are two promises.
            key = (number,)
        _first, villages = found.setdefault(key, (entry, []))
        if entry.village and entry.village not in villages:
            villages.append(entry.village)
    return list(found.values())


def _moment(entry: TimelineEntry, villages: list[str]) -> Moment:
    text = ", ".join(villages) if villages else shorten(entry.text, LONGEST, placeholder=" …")
    return Moment(
        column=min(entry.on.month, LAST_COLUMN),
        state="done" if entry.done else "plan",
        when=short_when(entry.on, entry.precision),
        title=entry.title,
        text=text,
        url=entry.url,
        origin={Origin.PERS: "pers", Origin.CONTOH: "contoh"}.get(entry.origin, ""),
        source=entry.source,
    )


def _today(on: date) -> Moment:
    when = short_when(on, Precision.HARI)
    return Moment(min(on.month, LAST_COLUMN), "here", when, _("Hari ini"), "", "", "", "")


def short_when(on: date, precision: Precision) -> str:
    """27 Jan, as exactly as the day is known."""
    shown = f"{on.day} {SHORT[on.month - 1]}"
    words = {
        Precision.SEKITAR: _("sekitar %(day)s") % {"day": shown},
        Precision.PALING_LAMBAT: _("paling lambat %(day)s") % {"day": shown},
        Precision.BULAN: SHORT[on.month - 1],
        Precision.TAHUN: str(on.year),
    }
    return words.get(precision, shown)
