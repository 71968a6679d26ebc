"""What one person may see of a round: values with the right, otherwise only that they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.rounds import instrument_of
from bersinar.fieldwork.queries.table import BELUM, VillageRow, current, state_codes
from bersinar.fieldwork.vocabulary import State

# Neither filled nor none: whether a hidden value is zero is itself something to hide.
STORED = "TERSIMPAN"


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
        return self.state == STORED


@dataclass(frozen=True, slots=True)
class VisibleTable:
    """Villages by indicators, hidden where the right is missing."""

    villages: tuple[VillageRow, ...]
    indicators: tuple[str, ...]
    cells: dict[tuple[int, str], VisibleCell]

    def cell(self, village_id: int, indicator: str) -> VisibleCell:
        return self.cells.get((village_id, indicator), _EMPTY)


_EMPTY = VisibleCell(State.BELUM.value)


def visible_values(round_id: int, actor: Actor, *, villages: set[int] | None = None) -> VisibleTable:
    """The current values, of all villages or of some. Needs the right to values; hides what needs more."""
    actor.require(Right.VALUES_SEE)
    round_ = get_or_404(Round, actor, pk=round_id)
    instrument = instrument_of(round_)
    rows, states = state_codes(round_, actor)
    kept = tuple(row for row in rows if villages is None or row.id in villages)
    found = current(Entry.objects.for_actor(actor).filter(round=round_))
    if villages is not None:
        found = found.filter(village_id__in=villages)
    cells = {(entry.village_id, entry.indicator): _cell(entry) for entry in found}
    if not actor.can(Right.VALUES_SEE_ENFORCEMENT):
        for column, indicator in enumerate(instrument.indicators):
            if not indicator.sensitive:
                continue
            for at in np.flatnonzero(states[:, column] != BELUM):
                cells[rows[at].id, indicator.id] = VisibleCell(STORED)
    return VisibleTable(kept, instrument.names, cells)


def _cell(entry: Entry) -> VisibleCell:
    return VisibleCell(entry.state, entry.value, entry.pk, entry.reason, entry.note)
