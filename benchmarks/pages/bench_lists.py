"""Every list page with the nation loaded; the row shows the slowest of them."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.pages import prepared
from benchmarks.support.measuring import Options, Outcome, Run


def measure(options: Options) -> Iterator[Outcome]:
    for database in options.databases:
        with prepared.nation(database, options) as place:
            found = prepared.ask(place, "lists", options)
        middle = {name: median(runs) for name, runs in found["runs"].items()}
        slowest = max(middle, key=lambda name: middle[name])
        told = ", ".join(
            f"{name} {1000 * middle[name]:.0f} ms (first {1000 * found['first'][name]:.0f})"
            for name in sorted(middle, key=lambda one: -middle[one])
        )
        closed = [name for name, status in found["status"].items() if status != 200]
        yield Outcome(
            what=f"slowest list page ({slowest})",
            n=options.rows,
            database=database,
            target="<= 1 s",
            agrees=not closed,
            our_runs=[Run(one) for one in found["runs"][slowest]],
            notes=(told, *(f"{name} did not open" for name in closed)),
        )
