"""What one person may see of a round: values with the right, otherwise only that there is something to ask for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.queries.table import VillageRow, current
from bersinar.fieldwork.vocabulary import State

# Not a state of the value: whether a closed cell is filled, none or not yet is itself something to hide.
CLOSED = "TERTUTUP"


@dataclass(frozen=True, slots=True)
class VisibleCell:
    """One cell as this person may see it."""

    state: str
    value: Decimal | None = None
    entry_id: int | None = None
    reason: str = ""
    note: str = ""

    @property
    def hidden(self) -> bool:
        return self.state == CLOSED


@dataclass(frozen=True, slots=True)
class VisibleTable:
    """Villages by indicators; the cells of `closed` indicators say nothing, whether they hold a value or not."""

    villages: tuple[VillageRow, ...]
    indicators: tuple[str, ...]
    closed: frozenset[str]
    cells: dict[tuple[int, str], VisibleCell]

    def cell(self, village_id: int, indicator: str) -> VisibleCell:
        if indicator in self.closed:
            return _CLOSED
        return self.cells.get((village_id, indicator), _EMPTY)


_EMPTY = VisibleCell(State.BELUM.value)
_CLOSED = VisibleCell(CLOSED)


def visible_values(round_id: int, actor: Actor, *, villages: set[int] | None = None) -> VisibleTable:
    """The current values, of all villages or of some. Needs the right to values; hides what needs more."""
    actor.require(Right.VALUES_SEE)
    round_ = get_or_404(Round, actor, pk=round_id)
    instrument = instrument_of(round_)
    listed = villages_of_round(round_)
    found = current(Entry.objects.for_actor(actor).filter(round=round_))
    if villages is not None:
        listed, found = listed.filter(pk__in=villages), found.filter(village_id__in=villages)
    shown = instrument.shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    return VisibleTable(
        villages=tuple(VillageRow(*row) for row in listed.values_list("pk", "code", "name")),
        indicators=instrument.names,
        closed=frozenset(one.id for one in instrument.indicators if one not in shown),
        cells={(entry.village_id, entry.indicator): _cell(entry) for entry in found},
    )


def _cell(entry: Entry) -> VisibleCell:
    return VisibleCell(entry.state, entry.value, entry.pk, entry.reason, entry.note)
