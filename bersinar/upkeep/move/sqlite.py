"""The SQLite side of a move: two files, read without touching them or written anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from bersinar.upkeep.move import values
from bersinar.upkeep.move.tables import HISTORY, Table
from bersinar.upkeep.move.values import Row

FILES = {"default": "main.sqlite3", "audit": "audit.sqlite3"}
_CHUNK = 5000


class SqliteSide:
    """One file in one unchanging view, from opening to closing."""

    def __init__(self, path: Path, *, writing: bool = False) -> None:
        mode = "rw" if writing else "ro"
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None
        )
        if writing:
            # Checked at the end as a whole; until then rows may come before those they point to.
            self._connection.execute("PRAGMA foreign_keys = OFF")
            self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def close(self) -> None:
        self._connection.close()

    def table_names(self) -> set[str]:
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found if not name.startswith("sqlite_")}

    def column_names(self, table: Table) -> set[str]:
        return {row[1] for row in self._connection.execute(f'PRAGMA table_info("{table.name}")')}

    def history(self) -> set[tuple[str, str]]:
        """The steps these tables have gone through."""
        return set(self._connection.execute(f"SELECT app, name FROM {HISTORY}"))  # noqa: S608  (our own name)

    def rows(self, table: Table) -> Iterator[Row]:
        columns = ", ".join(f'"{name}"' for name in table.names)
        change = values.from_sqlite(table)
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(f'SELECT {columns} FROM "{table.name}"')  # noqa: S608  (names of our own models)
            while chunk := cursor.fetchmany(_CHUNK):
                for row in chunk:
                    yield change(row)

    def last_number(self, table: Table) -> int:
        """The highest number ever given, also when its row is gone: numbers are never given twice."""
        given = self._connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name]
        ).fetchone()
        highest = self._connection.execute(f'SELECT max("{table.numbered}") FROM "{table.name}"')  # noqa: S608
        return max(int(given[0]) if given else 0, int(highest.fetchone()[0] or 0))

    def replace(self, table: Table, rows: Iterable[Row], *, last_number: int | None) -> None:
        """Exactly these rows; what making the tables put there goes."""
        columns = ", ".join(f'"{name}"' for name in table.names)
        holders = ", ".join("?" * len(table.names))
        change = values.to_sqlite(table)
        self._connection.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
        self._connection.executemany(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({holders})',  # noqa: S608
            map(change, rows),
        )
        if last_number is not None:
            self._connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table.name])
            self._connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", [table.name, last_number])

    def faults(self) -> list[str]:
        """Rows that point nowhere, and damage of the file."""
        pointing = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        damage = [text for (text,) in self._connection.execute("PRAGMA integrity_check") if text != "ok"]
        return sorted({f"{row[0]} -> {row[2]}" for row in pointing}) + damage

    def keep(self) -> None:
        """To disk, and the write-ahead log into the file, so that the file alone is the whole."""
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def settle(path: Path) -> None:
    """Bring the write-ahead log into the file, so that it can be renamed alone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
