"""The nation, a province or the own regencies in comparable numbers, read from figures that are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from bersinar.access import ANONYMOUS, Actor, Right
from bersinar.reporting.models import AreaFigure, OverviewMark, RegionSize
from bersinar.territory import queries as territory

NATION = ""
# Worst first, undecided last, as everywhere; the sum of all is the number of mapped villages.
COUNTED = ("bahaya", "waspada", "siaga", "aman", "undecided")


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to which event the figures are counted, and when."""

    seen: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Area:
    """One province or regency, or the sum of all that are listed."""

    code: str
    name: str
    villages: int
    cells: int
    answered: int
    counts: tuple[int, ...]  # in the order of COUNTED
    rules: tuple[str, ...]
    is_example: bool
    round_id: int | None = None
    run_id: int | None = None

    @property
    def mapped(self) -> int:
        return sum(self.counts)

    @property
    def unmapped(self) -> int:
        return self.villages - self.mapped

    @property
    def percent(self) -> int | None:
        """Of the asked cells, rounded down; None where nobody asks, which is not nought."""
        return 100 * self.answered // self.cells if self.cells else None


@dataclass(frozen=True, slots=True)
class Overview:
    """One page: the areas inside a region, and their sum."""

    code: str
    name: str
    year: int
    years: tuple[int, ...]
    total: Area
    areas: tuple[Area, ...]

    @property
    def is_comparable(self) -> bool:
        """Categories of one rule only may stand beside one another."""
        return len(self.total.rules) <= 1

    @property
    def adds_up(self) -> bool:
        return self.total.mapped == sum(area.mapped for area in self.areas) <= self.total.villages


def mark() -> Mark | None:
    """None before anything was counted."""
    row = OverviewMark.objects.for_actor(ANONYMOUS).values_list("seen", "counted_at").first()
    return None if row is None else Mark(*row)


def overview(actor: Actor, *, code: str = NATION, year: int | None = None) -> Overview:
    """Provinces of the nation, or regencies of a province; only regions of the actor's offices. Else 404."""
    actor.require(Right.MAP_SEE)
    sizes = _sizes(actor, code)
    if actor.village_code is not None or not sizes:
        raise Http404
    figures = AreaFigure.objects.for_actor(actor).filter(code__startswith=code)
    years = tuple(sorted(set(figures.order_by().values_list("year", flat=True).distinct()), reverse=True))
    chosen = year if year is not None else next(iter(years), 0)
    names = territory.region_names()
    rows: dict[str, list[AreaFigure]] = defaultdict(list)
    # The nation is told by province, a province by regency.
    length = 2 if code == NATION and len({one[:2] for one in sizes}) > 1 else 5
    for figure in figures.filter(year=chosen):
        if figure.code in sizes:
            rows[figure.code[:length]].append(figure)
    inside: dict[str, int] = defaultdict(int)
    for regency, villages in sizes.items():
        inside[regency[:length]] += villages
    areas = tuple(
        _area(one, names.get(one, one), villages, rows.get(one, ())) for one, villages in inside.items()
    )
    every = [figure for listed in rows.values() for figure in listed]
    total = _area(code, names.get(code, ""), sum(sizes.values()), every)
    return Overview(code, total.name, chosen, years, total, areas)


def _sizes(actor: Actor, code: str) -> dict[str, int]:
    """Regencies of the actor's offices inside a region, with their villages."""
    found = RegionSize.objects.for_actor(actor).filter(code__startswith=code).values_list("code", "villages")
    inside = actor.prefixes
    return {one: villages for one, villages in found if one in inside or one[:2] in inside}


def _area(code: str, name: str, villages: int, figures: Iterable[AreaFigure]) -> Area:
    listed = list(figures)
    only = listed[0] if len(listed) == 1 else None
    return Area(
        code=code,
        name=name,
        villages=villages,
        cells=sum(one.cells for one in listed),
        answered=sum(one.answered for one in listed),
        counts=tuple(sum(getattr(one, word) for one in listed) for word in COUNTED),
        rules=tuple(sorted({one.rule for one in listed if one.rule})),
        is_example=any(one.is_example for one in listed),
        round_id=only.round_id if only else None,
        run_id=only.run_id if only else None,
    )
