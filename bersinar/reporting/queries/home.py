"""Home: the lines of every stage in one order, and where the year stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bersinar.access import Actor, Right
from bersinar.accounts import queries as accounts
from bersinar.documents import queries as documents
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import queries as mapping
from bersinar.programme import queries as programme
from bersinar.reporting.queries import years
from bersinar.reporting.queries.categories import CategoryCounts, latest_counts
from bersinar.reporting.queries.next_step import Step, next_step
from bersinar.reporting.queries.own import own_queue
from bersinar.targeting import queries as targeting
from bersinar.ui.queue import Task, in_order
from bersinar.ui.writing import day

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# So many lines stand open; what comes after them is folded away but can be opened.
SHOWN = 10

# Each stage's own query of its lines, in the order of the work.
SOURCES: tuple[Callable[..., list[Task]], ...] = (
    accounts.work_queue,
    fieldwork.work_queue,
    mapping.work_queue,
    targeting.work_queue,
    documents.work_queue,
    programme.work_queue,
)


@dataclass(frozen=True, slots=True)
class Home:
    """Everything the first page shows to one person."""

    today: str
    rows: tuple[dict[str, Any], ...]
    more: tuple[dict[str, Any], ...]
    step: Step | None
    year: years.YearInFigures | None
    counts: CategoryCounts | None
    village_code: str

    @property
    def n_tasks(self) -> int:
        return len(self.rows) + len(self.more)

    @property
    def has_side(self) -> bool:
        return self.counts is not None or (self.year is not None and bool(self.year.figures))


def home(actor: Actor, *, on: date) -> Home:
    """The queue of one person. What a person may not see offers no line."""
    tasks = own_queue(actor, on=on) if actor.village_code is not None else work_queue(actor, on=on)
    rows = [_row(task, on) for task in tasks]
    year = years.year_in_figures(actor, on=on) if actor.can(Right.PROGRAMME_SEE) else None
    return Home(
        today=f"{WEEKDAYS[on.weekday()]}, {day(on)}",
        rows=tuple(rows[:SHOWN]),
        more=tuple(rows[SHOWN:]),
        step=None if tasks else next_step(actor),
        year=year,
        counts=latest_counts(actor, until=on.year) if actor.can(Right.MAP_SEE) else None,
        village_code=actor.village_code or "",
    )


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """The lines of all stages: overdue first, then by day, then without a day."""
    return in_order([task for source in SOURCES for task in source(actor, on=on)])


def _row(task: Task, on: date) -> dict[str, Any]:
    """A line as the page's part wants it."""
    return {
        "when": task.when(on),
        "mood": task.mood(on),
        "title": task.title,
        "text": task.text,
        "url": task.url,
        "action": task.action,
    }
