"""A year as a line: months across on a desktop, a list on a phone (ui/parts/year_line.html)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.utils.translation import gettext as _

from bersinar.programme.queries.timelines import TimelineEntry
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
    text: str = ""
    url: str = ""
    origin: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearLine:
    """The months and what stands under them."""

    year: int
    months: tuple[tuple[str, bool], ...]
    moments: tuple[Moment, ...]


def line_of(entries: Iterable[TimelineEntry], year: int, *, on: date) -> YearLine | None:
    """The line of one year; None when nothing stands on it. Today stands on it in its own year."""
    moments = [(entry.on, _moment(entry)) for entry in entries]
    if not moments:
        return None
    if on.year == year:
        when = short_when(on, Precision.HARI)
        moments.append((on, Moment(min(on.month, LAST_COLUMN), "here", when, _("Hari ini"))))
    moments.sort(key=lambda pair: pair[0])
    now = on.month if on.year == year else 0
    months = tuple((name, number == now) for number, name in enumerate(SHORT, start=1))
    return YearLine(year, months, tuple(moment for _on, moment in moments))


def short_when(on: date, precision: Precision) -> str:
    """27 Jan, as exactly as the day is known."""
    shown = f"{on.day} {SHORT[on.month - 1]}"
    return {
        Precision.SEKITAR: _("sekitar %(day)s") % {"day": shown},
        Precision.PALING_LAMBAT: _("paling lambat %(day)s") % {"day": shown},
        Precision.BULAN: SHORT[on.month - 1],
        Precision.TAHUN: str(on.year),
    }.get(precision, shown)


def _moment(entry: TimelineEntry) -> Moment:
    return Moment(
        column=min(entry.on.month, LAST_COLUMN),
        state="done" if entry.done else "plan",
        when=short_when(entry.on, entry.precision),
        title=entry.title,
        text=entry.village or shorten(entry.text, LONGEST, placeholder=" …"),
        url=entry.url,
        origin={Origin.PERS: "pers", Origin.CONTOH: "contoh"}.get(entry.origin, ""),
        source=entry.source,
    )
