"""One year of an office: four figures, the line of the year, and the sheet for the head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bersinar.access import Actor
from bersinar.reporting.queries.categories import CategoryCounts, latest_counts
from bersinar.targeting import queries as targeting


@dataclass(frozen=True, slots=True)
class YearInFigures:
    """At most four figures, each a link to its list."""

    year: int
    figures: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class YearAtAGlance:
    """One sheet of paper about one year."""

    year: int
    figures: tuple[dict[str, Any], ...]
    counts: CategoryCounts | None


def work_year(actor: Actor, *, on: date) -> int:
    """The year the office works on: the newest one something was mapped for, else the calendar's."""
    mapped = targeting.latest_year(actor.office_id, actor) if actor.office_id else None
    return mapped or on.year


def year_in_figures(actor: Actor, *, on: date) -> YearInFigures:
    return YearInFigures(year=work_year(actor, on=on), figures=())


def year_at_a_glance(year: int, actor: Actor, *, on: date) -> YearAtAGlance:
    counts = latest_counts(actor.office_id, actor, year=year) if actor.office_id else None
    return YearAtAGlance(year=year, figures=(), counts=counts)
