"""The two databases of an installation as two SQLite files of one moment, wherever they live.

A copy of PostgreSQL is a SQLite file too: one form to check and to keep for years, and whoever restores it needs no
database server first.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bersinar.config import environment
from bersinar.upkeep.backup import sqlite
from bersinar.upkeep.backup.errors import NotMade, SourceDamaged
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.backup.sqlite import Facts

# The sealed audit first: seals of events that the main copy does not hold yet would look like lost events.
ALIASES = (("audit", "audit"), ("default", "main"))


@dataclass(frozen=True, slots=True)
class Taken:
    """One database as a file, with what is compared later."""

    name: str
    path: Path
    facts: Facts

    @property
    def part(self) -> str:
        return f"{self.name}.age"


def take_all(work: Path) -> list[Taken]:
    """Each as it stands at one moment; raises when the live one is already broken."""
    urls = environment.database_urls(data())
    if urls is not None:
        return _take_postgresql(work, {"default": urls[0], "audit": urls[1]})
    found = []
    for _alias, name in ALIASES:
        path = work / f"{name}.sqlite3"
        try:
            facts = sqlite.take(data() / path.name, path)
        except sqlite3.OperationalError as error:
            raise NotMade(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise SourceDamaged(name, str(error)) from error
        sqlite.check_source(name, path)
        found.append(Taken(name, path, facts))
    return found


def check_copy(taken: Taken, path: Path) -> None:
    """What came back from the disk, against what was taken."""
    sqlite.check_copy(taken.name, path, taken.facts)


def engine() -> str:
    return "sqlite" if environment.database_urls(data()) is None else "postgresql"


def size_of_all() -> int:
    """Bytes of both databases."""
    urls = environment.database_urls(data())
    if urls is not None:
        return sum(_postgresql_size(url) for url in urls)
    names = [f"{name}.sqlite3{end}" for _alias, name in ALIASES for end in ("", "-wal")]
    return sum((data() / name).stat().st_size for name in names if (data() / name).exists())


# The driver is an extra, so it is imported only where there is a PostgreSQL.


def _take_postgresql(work: Path, urls: dict[str, str]) -> list[Taken]:
    """Every row from one REPEATABLE READ view of each database, compared row by row with the file."""
    from bersinar.upkeep.move import child
    from bersinar.upkeep.move.sqlite import FILES

    child.make_tables(child.on_sqlite(work))
    found = []
    for alias, name in ALIASES:
        path = work / FILES[alias]
        _copy_rows(alias, urls[alias], path)
        facts = sqlite.facts_at(path)
        sqlite.check_source(name, path)
        found.append(Taken(name, path, facts))
    return found


def _copy_rows(alias: str, url: str, path: Path) -> None:
    from bersinar.upkeep.move import comparing
    from bersinar.upkeep.move.postgresql import PostgresqlSide
    from bersinar.upkeep.move.sqlite import SqliteSide
    from bersinar.upkeep.move.tables import tables_of

    with closing(PostgresqlSide(url)) as source, closing(SqliteSide(path, writing=True)) as target:
        tables = tables_of(alias)
        comparing.check_tables(source, tables)
        comparing.check_history(source, target)
        copied = []
        for table in tables:
            number = source.last_number(table) if table.numbered else None
            copied.append(comparing.copy(source, table, partial(target.replace, table, last_number=number)))
        comparing.compare(copied, target)
        target.keep()


def _postgresql_size(url: str) -> int:
    from bersinar.upkeep.move.postgresql import connect

    with closing(connect(url)) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0
