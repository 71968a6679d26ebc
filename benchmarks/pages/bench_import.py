"""B19: a sheet of 84,000 rows by 20 columns, from the file to stored values.

Ours is what the screen does: limited process, validation, preview, value rows with provenance, audit and its seal.
The peer is openpyxl, a loop over the rows and bulk_create, storing the same rows. Each in a process of its own on a
fresh copy of one prepared state; void unless both store the same values and name the same faults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.support import folders
from benchmarks.support.measuring import Options, Outcome, Run

SIDES = "benchmarks.pages.import_sides"
# Peers of more than 20 seconds are run twice.
MOST_PAIRS = 2
MEMORY_MB = 1024


def measure(options: Options) -> Iterator[Outcome]:
    """One row a database."""
    for database in options.databases:
        with folders.fresh(database) as place:
            folders.migrate(place)
            made = json.loads(folders.run(place, SIDES, "prepare", str(place.folder), str(options.rows)))
            yield _outcome(place, database, made["sheet"], options)


def _outcome(place: folders.Place, database: str, sheet: str, options: Options) -> Outcome:
    pairs = [
        (_side("peer", place, sheet), _side("ours", place, sheet))
        for _ in range(min(options.repeats, MOST_PAIRS))
    ]
    peer, ours = pairs[-1]
    same = all(
        one["digest"] == two["digest"]
        and (one["rows"], one["bad"], one["errors"]) == (two["rows"], two["bad"], two["errors"])
        for one, two in pairs
    )
    memory = max(two["mb"] for _, two in pairs)
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in ours["steps"].items())
    return Outcome(
        what="import xlsx to stored values",
        n=ours["rows"],
        database=database,
        target=f">= 8x, <= {MEMORY_MB} MB",
        agrees=same,
        our_runs=[Run(two["seconds"], two["processor"]) for _, two in pairs],
        peer_runs=[Run(one["seconds"], one["processor"]) for one, _ in pairs],
        notes=(
            f"{ours['digest'].split(':')[0]} values stored, {ours['bad']} rows refused; "
            f"ours at most {memory} MB with its reading process, peer {peer['mb']} MB",
            f"our steps: {steps}",
        ),
    )


def _side(side: str, place: folders.Place, sheet: str) -> dict[str, Any]:
    with folders.copy(place) as copied:
        answer: dict[str, Any] = json.loads(folders.run(copied, SIDES, side, sheet))
    return answer
