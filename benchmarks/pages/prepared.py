"""What the benchmarks open: built once a database for all of them, and taken away at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.support import folders
from benchmarks.support.measuring import Options

SIDES = "benchmarks.pages.page_sides"
IMPORT = "benchmarks.pages.import_sides"
YEARS, SEED = 5, 20
# Fewer rows than this are a trial of the bench itself: one small province.
NATION_FROM = 80_000
_built: dict[tuple[str, str], tuple[Any, folders.Place]] = {}


@contextmanager
def nation(database: str, options: Options) -> Iterator[folders.Place]:
    """The nation of `bersinar synthesize`, five years of it, with the maps of the last year released."""
    whole = options.rows >= NATION_FROM
    key = (database, "nation")
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


@contextmanager
def one_office(database: str, options: Options) -> Iterator[folders.Place]:
    """One office that asks all villages, its round filled by the sheet of B19."""
    key = (database, "office")
    if key not in _built:
        holder = folders.fresh(database)
        place = holder.__enter__()
        _built[key] = (holder, place)
        folders.migrate(place)
        made = json.loads(folders.run(place, IMPORT, "prepare", str(place.folder), str(options.rows)))
        folders.run(place, IMPORT, "ours", made["sheet"])
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
