"""The calculation of a map over a round that asks all villages of the nation, from stored values to stored results."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages import prepared
from benchmarks.support import folders
from benchmarks.support.measuring import Options, Outcome, Run

MOST_RUNS = 3


def measure(options: Options) -> Iterator[Outcome]:
    """Each run on a fresh copy: the same data under the same rule are calculated only once."""
    for database in options.databases:
        found = []
        with prepared.one_office(database, options) as place:
            for _ in range(min(options.repeats, MOST_RUNS)):
                with folders.copy(place) as copied:
                    found.append(prepared.ask(copied, "mapping", options))
        yield Outcome(
            what="mapping run, 13 indicators",
            n=found[0]["villages"],
            database=database,
            target="<= 30 s",
            agrees=all(one["agrees"] for one in found),
            our_runs=[Run(one["seconds"]) for one in found],
            notes=(f"at most {max(one['mb'] for one in found)} MB",),
        )
