"""Planned cells and problems as plain lists and dicts, for keeping between the preview and the decision.

A sheet of the nation has a million cells but only some hundred different answers, so a plan is kept as a line a
village that names each answer by its place in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.plan import Known, Plan, PlannedCell, Problem
from bersinar.fieldwork.vocabulary import State

NOTHING = -1
NO_ENTRY = 0


class StoredCell(NamedTuple):
    """One planned cell as it waits for the decision; `based_on` is the entry it was compared with."""

    row: int
    column: str
    village_id: int
    indicator: str
    reading: Reading
    based_on: int | None

    def differs_from(self, known: Known | None) -> bool:
        return known is None or not known.says(self.reading)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """All cells of a file. A line is row, village, then one number an asked column: which answer, or NOTHING.

    `based` holds a list beside each line, the entry every cell was compared with or NO_ENTRY; it is empty where
    nothing was known before.
    """

    asked: tuple[tuple[str, str], ...]  # indicator and column letter
    answers: tuple[Reading, ...]
    lines: Sequence[Sequence[int]]
    based: Sequence[Sequence[int]]

    def __len__(self) -> int:
        return sum(len(line) - 2 - line.count(NOTHING) for line in self.lines)

    def __iter__(self) -> Iterator[StoredCell]:
        nothing_known = [NO_ENTRY] * len(self.asked)
        for at, (row, village, *numbers) in enumerate(self.lines):
            based = self.based[at] if self.based else nothing_known
            for (indicator, column), number, entry in zip(self.asked, numbers, based, strict=True):
                if number != NOTHING:
                    yield StoredCell(row, column, village, indicator, self.answers[number], entry or None)

    @property
    def indicators(self) -> set[str]:
        """Those with at least one answer."""
        used = [any(line[2 + at] != NOTHING for line in self.lines) for at in range(len(self.asked))]
        return {indicator for (indicator, _), is_used in zip(self.asked, used, strict=True) if is_used}

    def rebased(self, known: Mapping[tuple[int, str], Known]) -> StoredPlan:
        """Compared anew with what is stored now."""
        based = [
            [_entry_id(known, line[1], indicator) or NO_ENTRY for indicator, _ in self.asked]
            for line in self.lines
        ]
        return replace(self, based=based if any(any(one) for one in based) else [])

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "asked": self.asked,
            "answers": [
                [one.state.value, None if one.value is None else f"{one.value:f}", one.reason, one.note]
                for one in self.answers
            ],
            "lines": self.lines,
            "based": self.based,
        }


def moved(plan: StoredPlan, known: Mapping[tuple[int, str], Known]) -> int:
    """How many cells are no longer what they were compared with."""
    if not known and not plan.based:
        return 0
    return sum(_entry_id(known, one.village_id, one.indicator) != one.based_on for one in plan)


def packed(cells: Iterable[PlannedCell]) -> StoredPlan:
    """The cells of a plan."""
    return _of_cells(
        (
            one.row,
            one.column,
            one.village_id,
            one.indicator,
            one.reading,
            one.known.entry_id if one.known else NO_ENTRY,
        )
        for one in cells
    )


def unpacked(kept: Mapping[str, Any] | Sequence[Sequence[Any]]) -> StoredPlan:
    """A kept plan again. Versions up to 0.1 kept a list of cells."""
    if not isinstance(kept, Mapping):
        return _of_cells(
            (row, column, village, indicator, _reading(*answer), based_on or NO_ENTRY)
            for row, column, village, indicator, *answer, based_on in kept
        )
    return StoredPlan(
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


def _of_cells(cells: Iterable[tuple[int, str, int, str, Reading, int]]) -> StoredPlan:
    numbers: dict[Reading, int] = {}
    # Equal answers are mostly the same object; asking for that first spares comparing a million of them by value.
    number_of: dict[int, int] = {}
    kept: list[Reading] = []
    places: dict[tuple[str, str], int] = {}
    lines: dict[tuple[int, int], dict[int, tuple[int, int]]] = {}
    for row, column, village, indicator, reading, based_on in cells:
        number = number_of.get(id(reading))
        if number is None:
            number = numbers.setdefault(reading, len(numbers))
            number_of[id(reading)] = number
            kept.append(reading)  # alive until the end, so that no other answer gets its id
        place = places.setdefault((indicator, column), len(places))
        lines.setdefault((row, village), {})[place] = (number, based_on)
    nothing, every = (NOTHING, NO_ENTRY), range(len(places))
    is_based = any(entry for line in lines.values() for _, entry in line.values())
    return StoredPlan(
        asked=tuple(places),
        answers=tuple(numbers),
        lines=[[*key, *(line.get(at, nothing)[0] for at in every)] for key, line in lines.items()],
        based=[[line.get(at, nothing)[1] for at in every] for line in lines.values()] if is_based else [],
    )


def _reading(state: str, value: str | None, reason: str, note: str) -> Reading:
    return Reading(State(state), None if value is None else Decimal(value), reason, note)


def _entry_id(known: Mapping[tuple[int, str], Known], village_id: int, indicator: str) -> int | None:
    now = known.get((village_id, indicator))
    return None if now is None else now.entry_id


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
