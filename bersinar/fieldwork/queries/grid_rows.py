"""One kecamatan of a round as a sheet to type in, a page of villages at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from bersinar.access import Actor, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.current import enterable
from bersinar.fieldwork.queries.round_rows import villages_of_round
from bersinar.fieldwork.queries.visible import visible_values
from bersinar.fieldwork.rules.cells import text_of
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.territory.models import Village

# Thirteen boxes a village: with more villages a form without script would pass the limit of fields a request has.
VILLAGES_A_PAGE = 40


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
    page: Page


def grid(round_id: int, actor: Actor, *, district: str, page: str | int = 1) -> Grid:
    """A page of villages of one kecamatan; of the first one when the address names none of the round."""
    round_ = get_or_404(Round, actor, pk=round_id)
    every = villages_of_round(round_)
    listed = every.order_by("district__code").values_list("district__code", "district__name").distinct()
    districts = tuple((code, name) for code, name in listed)
    codes = [code for code, _ in districts]
    chosen = district if district in codes else next(iter(codes), "")
    part = Paginator(every.filter(district__code=chosen), VILLAGES_A_PAGE).get_page(page)
    rows = _rows(round_, list(part.object_list), actor)
    return Grid(chosen, districts, enterable(round_, actor), rows, part)


def grid_of_village(round_id: int, village_id: int, actor: Actor) -> Grid:
    """The boxes of one village; no row when the round does not ask about it."""
    round_ = get_or_404(Round, actor, pk=round_id)
    part = Paginator(villages_of_round(round_).filter(pk=village_id), 1).get_page(1)
    villages = list(part.object_list)
    district = villages[0].district.code if villages else ""
    return Grid(district, (), enterable(round_, actor), _rows(round_, villages, actor), part)


def village_after(round_id: int, village_id: int, actor: Actor) -> Village | None:
    """The next village in the order of the sheet; None after the last one."""
    villages = villages_of_round(get_or_404(Round, actor, pk=round_id))
    here = villages.filter(pk=village_id).values("code")
    return villages.filter(code__gt=here).order_by("code").first()


def villages_named(round_id: int, names: set[str], actor: Actor) -> dict[str, int]:
    """The villages of a round by name; a name that several have is left out, because nobody is to guess."""
    villages = villages_of_round(get_or_404(Round, actor, pk=round_id)).filter(name__in=names)
    found: dict[str, list[int]] = {}
    for pk, name in villages.values_list("pk", "name"):
        found.setdefault(name, []).append(pk)
    return {name: pks[0] for name, pks in found.items() if len(pks) == 1}


def texts_of_entries(round_id: int, ids: set[int], actor: Actor) -> dict[int, str]:
    """What stood in boxes when they were handed out, by entry."""
    round_ = get_or_404(Round, actor, pk=round_id)
    found = Entry.objects.for_actor(actor).filter(round=round_, pk__in=ids)
    return {one.pk: text_of(one.state, one.value, one.reason, one.note) for one in found}


def _rows(round_: Round, villages: list[Village], actor: Actor) -> tuple[GridRow, ...]:
    table = visible_values(round_.pk, actor, villages={village.pk for village in villages})
    indicators = enterable(round_, actor)
    rows = []
    for village in villages:
        cells = []
        for one in indicators:
            seen = table.cell(village.pk, one.id)
            text = text_of(seen.state, seen.value, seen.reason, seen.note)
            cells.append(GridCell(village.pk, one.id, text, seen.state, seen.entry_id or 0))
        rows.append(GridRow(village, tuple(cells)))
    return tuple(rows)
