"""Villages by category of one run, as the pages of several stages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bersinar.access import Actor, get_or_404
from bersinar.mapping import present
from bersinar.mapping import queries as mapping
from bersinar.mapping.models import MappingRun
from bersinar.mapping.present import LegendLine
from bersinar.mapping.queries import RunSummary
from bersinar.methods.categories import CountRule


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
    office_id: int
    office_name: str
    rule: CountRule
    lines: tuple[LegendLine, ...]
    bars: tuple[Bar, ...]
    is_example: bool

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
    def words(self) -> str:
        """The counts in one sentence, for readers who do not see the picture."""
        return ", ".join(f"{line.word} {line.count}" for line in self.lines)

    @property
    def state_at(self) -> datetime | None:
        return self.run.released_at


def counts_of_run(run_id: int, actor: Actor) -> CategoryCounts:
    """One run; 404 out of scope. Categories as wholes are no enforcement values and need no right to them."""
    row = get_or_404(MappingRun, actor, pk=run_id)
    stored = MappingRun.objects.for_actor(actor).select_related("office", "round").get(pk=row.pk)
    rule = mapping.run_rule(run_id, actor)
    lines = tuple(present.legend(mapping.counts_of(run_id, actor), rule))
    return CategoryCounts(
        run=mapping.run_summary(run_id, actor),
        office_id=stored.office_id,
        office_name=stored.office.name,
        rule=rule,
        lines=lines,
        bars=_bars(lines),
        is_example=stored.is_example or stored.round.is_example,
    )


def latest_counts(office_id: int, actor: Actor, *, year: int | None = None) -> CategoryCounts | None:
    """The newest released run of the office; None before anything is released."""
    runs = MappingRun.objects.for_actor(actor).filter(office_id=office_id, release__isnull=False)
    if year is not None:
        runs = runs.filter(year__lte=year)
    found = runs.order_by("-year", "-release__released_at", "-pk").values_list("pk", flat=True).first()
    return None if found is None else counts_of_run(found, actor)


def _bars(lines: tuple[LegendLine, ...]) -> tuple[Bar, ...]:
    total, at, bars = max(sum(line.count for line in lines), 1), 0, []
    for line in lines:
        width = round(1760 * line.count / total)
        if line.count:
            bars.append(Bar(line.mark, at, width))
        at += width
    return tuple(bars)
