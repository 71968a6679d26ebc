"""Village search: names cut short, misspelt, without their first letter, and codes; p95 of all."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages import prepared
from benchmarks.support.measuring import Options, Outcome, Run


def measure(options: Options) -> Iterator[Outcome]:
    for database in options.databases:
        with prepared.nation(database, options) as place:
            found = prepared.ask(place, "search", options)
        runs = sorted(found["runs"])
        at = {share: runs[int(share * (len(runs) - 1))] for share in (0.5, 0.95, 1)}
        yield Outcome(
            what="village search, p95",
            n=options.rows,
            database=database,
            target="<= 300 ms",
            agrees=found["agrees"],
            our_runs=[Run(at[0.95])],
            notes=(
                f"{len(runs)} searches: p50 {1000 * at[0.5]:.0f} ms, p95 {1000 * at[0.95]:.0f} ms, "
                f"worst {1000 * at[1]:.0f} ms; {found['found']} asked by whole name or code were shown",
            ),
        )
