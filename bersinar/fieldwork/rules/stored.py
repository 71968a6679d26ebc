"""Planned cells and problems as plain lists and dicts, for keeping between the preview and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.plan import Known, Plan, PlannedCell, Problem
from bersinar.fieldwork.vocabulary import State


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One planned cell as it waits for the decision; `based_on` is the entry it was compared with."""

    row: int
    column: str
    village_id: int
    indicator: str
    reading: Reading
    based_on: int | None

    def differs_from(self, known: Known | None) -> bool:
        return known is None or not known.says(self.reading)


def packed(cells: Sequence[PlannedCell]) -> list[list[Any]]:
    """One list a cell: row, column, village, indicator, state, value, reason, note, entry it was based on."""
    return [
        [
            cell.row,
            cell.column,
            cell.village_id,
            cell.indicator,
            cell.reading.state.value,
            None if cell.reading.value is None else f"{cell.reading.value:f}",
            cell.reading.reason,
            cell.reading.note,
            None if cell.known is None else cell.known.entry_id,
        ]
        for cell in cells
    ]


def unpacked(rows: Sequence[Sequence[Any]]) -> list[StoredCell]:
    """The cells again."""
    return [
        StoredCell(
            row,
            column,
            village,
            indicator,
            Reading(State(state), None if value is None else Decimal(value), reason, note),
            based_on,
        )
        for row, column, village, indicator, state, value, reason, note, based_on in rows
    ]


def report(plan: Plan) -> dict[str, Any]:
    """What the page before the decision tells."""
    return {
        "rows_read": plan.rows_read,
        "rows_bad": plan.rows_bad,
        "errors": [_told(one) for one in plan.errors],
        "notes": [_told(one) for one in plan.notes],
    }


def problem(told: Mapping[str, Any]) -> Problem:
    """A problem again."""
    return Problem(**told)


def _told(one: Problem) -> dict[str, Any]:
    return {
        "code": one.code,
        "row": one.row,
        "column": one.column,
        "indicator": one.indicator,
        "village": one.village,
        "written": one.written,
        "facts": dict(one.facts),
    }
