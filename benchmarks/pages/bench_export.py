"""B19b: the released table of a map as xlsx, beside openpyxl; the same cells read back, memory told."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages import prepared
from benchmarks.support.measuring import Options, Outcome, Run


def measure(options: Options) -> Iterator[Outcome]:
    for database in options.databases:
        with prepared.one_office(database, options) as place:
            found = [prepared.ask(place, "export", options) for _ in range(min(options.repeats, 3))]
        yield Outcome(
            what="export of the table of a map, xlsx",
            n=found[0]["villages"],
            database=database,
            target=">= 1.5x, <= 200 MB",
            agrees=all(one["agrees"] for one in found),
            our_runs=[Run(one["ours"]) for one in found],
            peer_runs=[Run(one["peer"]) for one in found],
            notes=(f"ours took at most {max(one['mb'] for one in found)} MB beyond what the process had",),
        )
