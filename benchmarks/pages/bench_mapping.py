"""The calculation of a map over the largest round there is, from stored values to stored results."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.pages import prepared
from benchmarks.support import folders
from benchmarks.support.measuring import Options, Outcome, Run

IMPORT = "benchmarks.pages.import_sides"


def measure(options: Options) -> Iterator[Outcome]:
    """The round is the one B19 fills, so that one office asks all villages of the nation."""
    for database in options.databases:
        with folders.fresh(database) as place:
            folders.migrate(place)
            made = json.loads(folders.run(place, IMPORT, "prepare", str(place.folder), str(options.rows)))
            folders.run(place, IMPORT, "ours", made["sheet"])
            found = prepared.ask(place, "mapping", options)
        yield Outcome(
            what="mapping run, 13 indicators",
            n=found["villages"],
            database=database,
            target="<= 30 s",
            agrees=found["agrees"],
            our_runs=[Run(found["seconds"])],
            notes=(f"at most {found['mb']} MB",),
        )
