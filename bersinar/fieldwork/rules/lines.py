"""What a file would store, as a line a village.

A sheet of the nation has a million cells but only some hundred different answers, so a line names each answer by
its place in one list. An object for every cell would take most of the time and the memory of an import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from bersinar.fieldwork.rules.cells import Reading

if TYPE_CHECKING:
    from bersinar.fieldwork.rules.plan import Known

NOTHING = -1
NO_ENTRY = 0


class PlannedCell(NamedTuple):
    """One value that would be stored; `based_on` is the entry it was compared with."""

    row: int
    column: str
    village_id: int
    indicator: str
    reading: Reading
    based_on: int | None

    def differs_from(self, known: Known | None) -> bool:
        return known is None or not known.says(self.reading)


class Answers:
    """The different answers of a file in the order they were met; asking again gives the same number."""

    def __init__(self) -> None:
        self._numbers: dict[Reading, int] = {}

    def number(self, answer: Reading) -> int:
        return self._numbers.setdefault(answer, len(self._numbers))

    @property
    def every(self) -> tuple[Reading, ...]:
        return tuple(self._numbers)


@dataclass(frozen=True, slots=True)
class Lines:
    """All cells of a file. A line is row, village, then one number an asked column: which answer, or NOTHING.

    `based` holds a list beside each line, the entry every cell was compared with or NO_ENTRY; it is empty where
    nothing was known before.
    """

    asked: tuple[tuple[str, str], ...] = ()  # indicator and column letter
    answers: tuple[Reading, ...] = ()
    lines: Sequence[Sequence[int]] = ()
    based: Sequence[Sequence[int]] = ()

    def __len__(self) -> int:
        return sum(len(line) - 2 - line[2:].count(NOTHING) for line in self.lines)

    def __iter__(self) -> Iterator[PlannedCell]:
        nothing_known = [NO_ENTRY] * len(self.asked)
        for at, (row, village, *numbers) in enumerate(self.lines):
            based = self.based[at] if self.based else nothing_known
            for (indicator, column), number, entry in zip(self.asked, numbers, based, strict=True):
                if number != NOTHING:
                    yield PlannedCell(row, column, village, indicator, self.answers[number], entry or None)

    @property
    def used(self) -> list[int]:
        """Which of the asked columns hold at least one answer."""
        return [at for at in range(len(self.asked)) if any(line[2 + at] != NOTHING for line in self.lines)]

    def only(self, indicators: Iterable[str]) -> Lines:
        """The cells of these indicators."""
        wanted = set(indicators)
        kept = [at for at, (indicator, _) in enumerate(self.asked) if indicator in wanted]
        if len(kept) == len(self.asked):
            return self
        return replace(
            self,
            asked=tuple(self.asked[at] for at in kept),
            lines=[[line[0], line[1], *(line[2 + at] for at in kept)] for line in self.lines],
            based=[[line[at] for at in kept] for line in self.based],
        )

    def rebased(self, known: Mapping[tuple[int, str], Known]) -> Lines:
        """Compared anew with what is stored now."""
        return replace(self, based=based_on(self.asked, [line[1] for line in self.lines], known))

    def moved(self, known: Mapping[tuple[int, str], Known]) -> int:
        """How many cells are no longer what they were compared with."""
        if not known and not self.based:
            return 0
        return sum(entry_id(known, one.village_id, one.indicator) != one.based_on for one in self)

    def changes(self, known: Mapping[tuple[int, str], Known]) -> int:
        """How many cells would change something."""
        if not known:
            return len(self)
        return sum(one.differs_from(known.get((one.village_id, one.indicator))) for one in self)


def based_on(
    asked: Sequence[tuple[str, str]], villages: Iterable[int], known: Mapping[tuple[int, str], Known]
) -> list[list[int]]:
    """The entry that counts now in every cell of these villages; empty where none does."""
    if not known:
        return []
    based = [[entry_id(known, pk, indicator) or NO_ENTRY for indicator, _ in asked] for pk in villages]
    return based if any(any(line) for line in based) else []


def entry_id(known: Mapping[tuple[int, str], Known], village_id: int, indicator: str) -> int | None:
    """The entry that counts now in one cell."""
    now = known.get((village_id, indicator))
    return None if now is None else now.entry_id
