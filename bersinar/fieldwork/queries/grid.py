"""One kecamatan of a round as a sheet to type in, and where each of its values came from."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.current import enterable
from bersinar.fieldwork.queries.rounds import villages_of_round
from bersinar.fieldwork.queries.table import current
from bersinar.fieldwork.queries.visible import STORED, visible_values
from bersinar.fieldwork.rules.cells import text_of
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.territory.models import Village


@dataclass(frozen=True, slots=True)
class GridCell:
    """One box: what stands in it, and the entry its writer has seen (0 for none)."""

    village_id: int
    indicator: str
    text: str
    state: str
    base: int


@dataclass(frozen=True, slots=True)
class GridRow:
    village: Village
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The boxes of one kecamatan, and the kecamatan to choose from as (code, name)."""

    district: str
    districts: tuple[tuple[str, str], ...]
    indicators: tuple[Indicator, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One answer with its origin; `counts` tells whether it is the one that counts now."""

    indicator: str
    entry: Entry
    text: str
    counts: bool
    withdrawn: bool


def grid(round_id: int, actor: Actor, *, district: str) -> Grid:
    """The villages of one kecamatan; the first one when the address names none of the round."""
    round_ = get_or_404(Round, actor, pk=round_id)
    every = villages_of_round(round_)
    listed = every.order_by("district__code").values_list("district__code", "district__name").distinct()
    districts = tuple((code, name) for code, name in listed)
    codes = [code for code, _ in districts]
    chosen = district if district in codes else next(iter(codes), "")
    villages = list(every.filter(district__code=chosen))
    table = visible_values(round_id, actor, villages={village.pk for village in villages})
    indicators = enterable(round_, actor)
    rows = []
    for village in villages:
        cells = []
        for one in indicators:
            seen = table.cell(village.pk, one.id)
            text = text_of(seen.state, seen.value, seen.reason, seen.note)
            cells.append(GridCell(village.pk, one.id, text, seen.state, seen.entry_id or 0))
        rows.append(GridRow(village, tuple(cells)))
    return Grid(chosen, districts, indicators, tuple(rows))


def texts_of_entries(round_id: int, ids: set[int], actor: Actor) -> dict[int, str]:
    """What stood in boxes when they were handed out, by entry."""
    round_ = get_or_404(Round, actor, pk=round_id)
    found = Entry.objects.for_actor(actor).filter(round=round_, pk__in=ids)
    return {one.pk: text_of(one.state, one.value, one.reason, one.note) for one in found}


def origins(round_id: int, village_id: int, actor: Actor) -> list[Origin]:
    """Every answer about one village that this person may see, newest first within each indicator."""
    actor.require(Right.VALUES_SEE)
    round_ = get_or_404(Round, actor, pk=round_id)
    mine = Entry.objects.for_actor(actor).filter(round=round_, village_id=village_id)
    counting = set(current(mine).values_list("pk", flat=True))
    order = {one.id: at for at, one in enumerate(enterable(round_, actor))}
    found = mine.select_related("imported__withdrawal", "withdrawal").order_by("-pk")
    listed = [
        Origin(
            indicator=entry.indicator,
            entry=entry,
            text=text_of(entry.state, entry.value, entry.reason, entry.note),
            counts=entry.pk in counting,
            withdrawn=_withdrawn(entry),
        )
        for entry in found
    ]
    return sorted(listed, key=lambda one: order.get(one.indicator, len(order)))


def hidden_indicators(round_id: int, village_id: int, actor: Actor) -> list[str]:
    """Indicators of one village that are stored but closed to this person."""
    table = visible_values(round_id, actor, villages={village_id})
    return [name for name in table.indicators if table.cell(village_id, name).state == STORED]


def _withdrawn(entry: Entry) -> bool:
    by_file = entry.imported is not None and hasattr(entry.imported, "withdrawal")
    return by_file or hasattr(entry, "withdrawal")
