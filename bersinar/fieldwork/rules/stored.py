"""Planned cells and problems as plain lists and dicts, for keeping between the preview and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.lines import NO_ENTRY, NOTHING, Answers, Lines
from bersinar.fieldwork.rules.plan import Plan, Problem
from bersinar.fieldwork.vocabulary import State


def packed(cells: Lines) -> dict[str, Any]:
    """Cells as they are kept."""
    return {
        "asked": cells.asked,
        "answers": [
            [one.state.value, None if one.value is None else f"{one.value:f}", one.reason, one.note]
            for one in cells.answers
        ],
        "lines": cells.lines,
        "based": cells.based,
    }


def unpacked(kept: Mapping[str, Any] | Sequence[Sequence[Any]]) -> Lines:
    """The cells again. Versions up to 0.1 kept a list of cells."""
    if not isinstance(kept, Mapping):
        return _from_cells(kept)
    return Lines(
        asked=tuple((indicator, column) for indicator, column in kept["asked"]),
        answers=tuple(_reading(*answer) for answer in kept["answers"]),
        lines=kept["lines"],
        based=kept["based"],
    )


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


def _from_cells(cells: Sequence[Sequence[Any]]) -> Lines:
    """From row, column, village, indicator, state, value, reason, note and entry, one list a cell."""
    asked: dict[tuple[str, str], int] = {}
    for _row, column, _village, indicator, *_rest in cells:
        asked.setdefault((indicator, column), len(asked))
    answers = Answers()
    lines: dict[tuple[int, int], list[int]] = {}
    based: dict[tuple[int, int], list[int]] = {}
    for row, column, village, indicator, *answer, entry in cells:
        at, key = asked[indicator, column], (row, village)
        lines.setdefault(key, [row, village, *[NOTHING] * len(asked)])[2 + at] = answers.number(
            _reading(*answer)
        )
        based.setdefault(key, [NO_ENTRY] * len(asked))[at] = entry or NO_ENTRY
    was_known = any(any(line) for line in based.values())
    return Lines(tuple(asked), answers.every, list(lines.values()), list(based.values()) if was_known else [])


def _reading(state: str, value: str | None, reason: str, note: str) -> Reading:
    return Reading(State(state), None if value is None else Decimal(value), reason, note)


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
