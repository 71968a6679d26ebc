"""Villages by category of one run, as the pages of several stages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bersinar.access import Actor
from bersinar.mapping import present
from bersinar.mapping import queries as mapping
from bersinar.mapping.present import LegendLine
from bersinar.mapping.queries import RunSummary
from bersinar.methods.categories import CountRule
from bersinar.targeting import queries as targeting
from bersinar.ui.writing import day, time_of_day


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of the bar that shows all villages, in its drawing."""

    mark: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class CategoryCounts:
    """How many villages stand where, and whether the sum is the number of villages."""

    run: RunSummary
    rule: CountRule
    lines: tuple[LegendLine, ...]
    bars: tuple[Bar, ...]

    @property
    def is_example(self) -> bool:
        """Were values or lines made up for a demonstration?"""
        return self.run.is_example or self.run.data_is_example

    @property
    def total(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def adds_up(self) -> bool:
        return self.total == self.run.n_villages

    @property
    def n_open(self) -> int:
        return self.lines[-1].count

    @property
    def n_settled(self) -> int:
        return self.total - self.n_open

    @property
    def limits_word(self) -> str:
        """How many thresholds are stand-ins; beside the categories wherever they show."""
        return present.limits_word(self.rule)

    @property
    def words(self) -> str:
        """The counts in one sentence, for readers who do not see the picture."""
        return ", ".join(f"{line.word} {line.count}" for line in self.lines)


def counts_of_run(run_id: int, actor: Actor) -> CategoryCounts:
    """One run; 404 out of scope. Categories as wholes are no enforcement values and need no right to them."""
    run, rule = mapping.run_and_rule(run_id, actor)
    lines = tuple(present.legend(mapping.counts_of(run_id, actor), rule))
    return CategoryCounts(run=run, rule=rule, lines=lines, bars=_bars(lines))


def latest_counts(actor: Actor, *, until: int) -> CategoryCounts | None:
    """The newest released run of the own office up to a year; None before anything is released."""
    if actor.office_id is None:
        return None
    run_id = targeting.run_for(actor.office_id, until, actor)
    return None if run_id is None else counts_of_run(run_id, actor)


def how_made(run: RunSummary, rule: CountRule) -> tuple[tuple[str, str], ...]:
    """Where the categories of a run come from, with the moments in words."""
    return tuple(present.made_of(run, rule, _moment(run.released_at), _moment(run.computed_at)))


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    when = timezone.localtime(at)
    return f"{day(when)} {time_of_day(when)}"


def _bars(lines: tuple[LegendLine, ...]) -> tuple[Bar, ...]:
    total, at, bars = max(sum(line.count for line in lines), 1), 0, []
    for line in lines:
        width = round(1760 * line.count / total)
        if line.count:
            bars.append(Bar(line.mark, at, width))
        at += width
    return tuple(bars)
