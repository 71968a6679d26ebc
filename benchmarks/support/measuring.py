"""Peer and ours in turn, so that whatever else the machine does falls on both; medians, never the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for."""

    databases: Sequence[str]
    repeats: int
    rows: int


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement: on the clock, and of the processor where that could be told."""

    seconds: float
    processor: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table. Without agreement between the two there is no ratio."""

    what: str
    n: int
    database: str
    target: str
    agrees: bool
    our_runs: Sequence[Run]
    peer_runs: Sequence[Run] = ()
    notes: tuple[str, ...] = ()
    # How often, not how long: of two rates ours is above.
    is_rate: bool = False

    @property
    def ours(self) -> float:
        return median(one.seconds for one in self.our_runs)

    @property
    def peer(self) -> float | None:
        return median(one.seconds for one in self.peer_runs) if self.peer_runs else None

    @property
    def pairs(self) -> int:
        return len(self.our_runs)

    @property
    def spread(self) -> float:
        """The middle half of our runs, as a part of their median: how noisy the machine was."""
        ordered = sorted(one.seconds for one in self.our_runs)
        quarter = len(ordered) // 4
        return (ordered[-1 - quarter] - ordered[quarter]) / self.ours if self.ours else 0.0

    @property
    def ratio_text(self) -> str:
        if not self.agrees or self.peer is None:
            return "-"
        return f"{self.peer / self.ours:.2f}x"

    @property
    def processor_text(self) -> str:
        both = [[one.processor for one in runs if one.processor] for runs in (self.peer_runs, self.our_runs)]
        if not self.agrees or not all(both):
            return "-"
        return f"{median(both[0]) / median(both[1]):.2f}x"
