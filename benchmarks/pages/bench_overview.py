"""B20: the national overview beside an empty page with the same login, middleware and frame.

Void unless the page's numbers equal the live aggregate over the long table. The ratio to that aggregate, which a page
without kept figures would run for every reader, stands in the notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.pages import prepared
from benchmarks.support.measuring import Options, Outcome, Run


def measure(options: Options) -> Iterator[Outcome]:
    for database in options.databases:
        with prepared.nation(database, options) as place:
            found = prepared.ask(place, "overview", options)
        runs = found["runs"]
        naive, ours, word = (median(runs[name]) for name in ("naive", "ours", "word"))
        yield Outcome(
            what="overview of the nation / empty page",
            n=options.rows,
            database=database,
            target=">= 0.8x",
            agrees=found["agrees"],
            our_runs=[Run(one) for one in runs["ours"]],
            peer_runs=[Run(one) for one in runs["empty"]],
            notes=(
                f"{naive / ours:.0f}x the rate of the aggregate over the long table ({naive:.2f} s a page)",
                f"{word / ours:.2f}x the rate of a page that is the word ok; {found['bytes']} bytes before compression",
            ),
        )
