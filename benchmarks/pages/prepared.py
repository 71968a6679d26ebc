"""The nation of `bersinar synthesize`, five years of it, with released maps: built once a database for all pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.support import folders
from benchmarks.support.measuring import Options

SIDES = "benchmarks.pages.page_sides"
YEARS, SEED = 5, 20
# Fewer rows than this are a trial of the bench itself: one small province.
NATION_FROM = 80_000
_built: dict[tuple[str, bool], tuple[Any, folders.Place]] = {}


@contextmanager
def nation(database: str, options: Options) -> Iterator[folders.Place]:
    """One folder for all benchmarks of a run of `./bench`; it vanishes with the process."""
    whole = options.rows >= NATION_FROM
    key = (database, whole)
    if key not in _built:
        holder = folders.fresh(database)
        place = holder.__enter__()
        _built[key] = (holder, place)
        folders.migrate(place)
        where = ("--national",) if whole else ("--province", "19")
        years = str(YEARS if whole else 2)
        folders.run(
            place, "bersinar", "synthesize", *where, "--years", years, "--seed", str(SEED), "--commit"
        )
        folders.run(place, SIDES, "prepare")
    yield _built[key][1]


def ask(place: folders.Place, what: str, options: Options) -> dict[str, Any]:
    """One measurement in a process of its own."""
    answer: dict[str, Any] = json.loads(folders.run(place, SIDES, what, str(options.repeats)))
    return answer


def clear() -> None:
    """Take the folders and servers away."""
    while _built:
        _key, (holder, _place) = _built.popitem()
        holder.__exit__(None, None, None)
