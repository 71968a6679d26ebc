"""The map of one run: every village with its category, its place in the picture and its place in the list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.mapping import present
from bersinar.mapping import queries as mapping
from bersinar.mapping.queries import ResultRow
from bersinar.mapping.vocabulary import OPEN
from bersinar.reporting.canvas import Drawn, Enlarged, enlarged
from bersinar.reporting.queries.categories import CategoryCounts, counts_of_run, how_made
from bersinar.territory.drawing import MapShapes, VillageShape
from bersinar.territory.drawing.crowding import crowded
from bersinar.territory.drawing.records import Label
from bersinar.territory.queries.maps import shapes

# Worst first, undecided before calm.
ORDER = ("BAHAYA", "WASPADA", OPEN, "SIAGA", "AMAN")
# Groups that are unfolded on the page.
UNFOLDED = ("BAHAYA", "WASPADA", OPEN)
# More than these make a page that nobody reads; they stay folded.
MOST_UNFOLDED = 100
# The strip over the picture in which its own words stand, so that they never lie on land.
STRIP = 130
# As stages.css writes names on a phone: 88 units high.
PHONE_LETTER, PHONE_LINE = 48, 90
BESIDE = 320


@dataclass(frozen=True, slots=True)
class Group:
    """The villages of one category for the list beside the picture."""

    value: str
    key: str
    word: str
    is_open: bool
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RunMap:
    """Picture, legend and list of one run."""

    counts: CategoryCounts
    shapes: MapShapes
    box: tuple[int, int, int, int]
    villages: tuple[Drawn, ...]
    insets: tuple[Enlarged, ...]
    groups: tuple[Group, ...]
    how: tuple[tuple[str, str], ...]
    n_unmatched: int

    @property
    def view_box(self) -> str:
        return " ".join(map(str, self.box))

    @property
    def mark_at(self) -> tuple[int, int]:
        """Where the mark of invented values stands: the middle of the strip over the land."""
        return self.box[0] + BESIDE, self.box[1] + STRIP - 40

    @property
    def words(self) -> list[tuple[Label, bool, bool]]:
        """Every name with whether it is a kabupaten's, and whether a phone has no room for it."""
        shapes = self.shapes
        every = [*shapes.district_labels, *shapes.regency_labels]
        n_districts = len(shapes.district_labels)
        narrow = crowded(every, letter=PHONE_LETTER, height=PHONE_LINE)
        return [
            (label, at >= n_districts, hidden)
            for at, (label, hidden) in enumerate(zip(every, narrow, strict=True))
        ]

    @property
    def is_released(self) -> bool:
        return self.counts.run.released_at is not None

    @property
    def title(self) -> str:
        run = self.counts.run
        return _("Peta kategori %(count)d desa, %(office)s %(year)d") % {
            "count": run.n_villages,
            "office": run.office_name,
            "year": run.year,
        }

    @property
    def source(self) -> str:
        run = self.counts.run
        return _("%(round)s %(year)d, %(office)s, instrumen %(instrument)s. %(shapes)s") % {
            "round": run.round_title,
            "year": run.year,
            "office": run.office_name,
            "instrument": run.instrument,
            "shapes": self.shapes.source,
        }

    @property
    def file_name(self) -> str:
        return f"peta-{self.counts.run.year}-pemetaan-{self.counts.run.id}"


def run_map(run_id: int, actor: Actor) -> RunMap:
    """404 out of scope. Nothing here counts indicators, so everybody who sees the map sees the same."""
    counts = counts_of_run(run_id, actor)
    rows = {row.village_id: row for row in mapping.all_results(run_id, actor)}
    drawn = shapes(counts.run.office_id)
    x, y, width, height = drawn.view_box
    return RunMap(
        counts=counts,
        shapes=drawn,
        box=(x, y - STRIP, width, height + STRIP),
        villages=tuple(_drawn(shape, rows.get(shape.id)) for shape in drawn.villages),
        insets=tuple(
            enlarged(inset, lambda shape: _drawn(shape, rows.get(shape.id))) for inset in drawn.insets
        ),
        groups=_groups(rows),
        how=how_made(counts.run, counts.rule),
        n_unmatched=sum(row.unmatched for row in rows.values()),
    )


def _drawn(shape: VillageShape, row: ResultRow | None) -> Drawn:
    """A village the run does not know (it is new) is drawn open, never calm."""
    value = row.category.value if row and row.category else OPEN
    word = present.category_word(value) if row else _("tidak ada dalam pemetaan ini")
    return Drawn(
        d=shape.d,
        value=value,
        key=present.MARKS[value],
        code=shape.code,
        title=f"{shape.name}, {shape.district}: {word}",
        is_marker=shape.is_marker,
    )


def _groups(rows: dict[int, ResultRow]) -> tuple[Group, ...]:
    by_value: defaultdict[str, list[ResultRow]] = defaultdict(list)
    for row in rows.values():
        by_value[row.category.value if row.category else OPEN].append(row)
    return tuple(
        Group(
            value=value,
            key=present.MARKS[value],
            word=present.category_word(value),
            is_open=value in UNFOLDED and len(by_value[value]) <= MOST_UNFOLDED,
            rows=tuple(_row(row) for row in sorted(by_value[value], key=_worst_first)),
        )
        for value in ORDER
    )


def _worst_first(row: ResultRow) -> tuple[int, str, str]:
    """Open villages that may still be worst stand in front; the others by name."""
    worst = max((category.severity for category in row.possible), default=-1)
    return (0 if row.category else -worst, row.name, row.code)


def _row(row: ResultRow) -> dict[str, Any]:
    may = ""
    if row.unmatched:
        may = _("aturan belum punya garis untuk jumlah ini")
    elif row.category is None:
        may = present.possible_text(row.possible, open_end=row.open_end)
    return {"code": row.code, "name": row.name, "district": row.district, "may": may}
