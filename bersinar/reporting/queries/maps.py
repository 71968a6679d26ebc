"""The map of one run: every village with its category, its place in the picture and its place in the list."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor
from bersinar.reporting.queries.categories import CategoryCounts, counts_of_run


@dataclass(frozen=True, slots=True)
class RunMap:
    counts: CategoryCounts

    @property
    def file_name(self) -> str:
        return f"peta-{self.counts.run.year}-{self.counts.run.id}"


def run_map(run_id: int, actor: Actor) -> RunMap:
    """404 out of scope."""
    return RunMap(counts=counts_of_run(run_id, actor))
