"""The PostgreSQL side of a move, through its driver alone: one transaction from opening to keeping."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg import sql

from bersinar.upkeep import postgresql
from bersinar.upkeep.move import values
from bersinar.upkeep.move.errors import InUse
from bersinar.upkeep.move.tables import HISTORY, Column, Kind, Table
from bersinar.upkeep.move.values import Row

OLDEST = 160000
_CHUNK = 5000
_AS_TEXT = (Kind.DECIMAL, Kind.MOMENT, Kind.TIME, Kind.DAY, Kind.UUID, Kind.JSON)
_names = itertools.count(1)


def connect(url: str, *, autocommit: bool = False) -> psycopg.Connection[Any]:
    return psycopg.connect(
        url,
        autocommit=autocommit,
        application_name=postgresql.MOVER,
        connect_timeout=10,
        options="-c TimeZone=UTC -c DateStyle=ISO -c synchronous_commit=on -c extra_float_digits=1",
    )


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Keep servers from preparing this database until the move is over; InUse while one prepares it."""
    with closing(connect(url, autocommit=True)) as connection:
        got = connection.execute("SELECT pg_try_advisory_lock(%s)", [postgresql.LOCK]).fetchone()
        if got != (True,):
            raise InUse(1)
        yield


class PostgresqlSide:
    """One database in one unchanging view; everything written appears at keep() or never."""

    def __init__(self, url: str, *, writing: bool = False) -> None:
        self._connection = connect(url)
        if not writing:
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True

    def close(self) -> None:
        self._connection.close()

    @property
    def version(self) -> int:
        return self._connection.info.server_version

    def encoding(self) -> str:
        return str(self._one("SHOW server_encoding"))

    def knows_database(self, name: str) -> bool:
        return bool(self._one("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [name]))

    def place(self) -> str:
        return postgresql.place_of(self._connection.cursor())

    def other_sessions(self) -> int:
        return postgresql.other_sessions(self._connection.cursor())

    def table_names(self) -> set[str]:
        found = self._connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        return {name for (name,) in found} - {postgresql.PLACE}

    def column_names(self, table: Table) -> set[str]:
        found = self._connection.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            [table.name],
        )
        return {name for (name,) in found}

    def history(self) -> set[tuple[str, str]]:
        """The steps these tables have gone through."""
        query = sql.SQL("SELECT app, name FROM {}").format(sql.Identifier(HISTORY))
        return {(app, name) for app, name in self._connection.execute(query)}

    def rows(self, table: Table) -> Iterator[Row]:
        query = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(map(_selected, table.columns)), sql.Identifier(table.name)
        )
        change = values.from_postgresql(table)
        # Kept at the server and fetched piece by piece: memory stays the same for one row or ten million.
        with self._connection.cursor(name=f"move_{next(_names)}") as cursor:
            cursor.itersize = _CHUNK
            for row in cursor.execute(query):
                yield change(row)

    def last_number(self, table: Table) -> int:
        """The highest number ever given, also when its row is gone."""
        query = sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}")
        given = self._one(query.format(sql.SQL(self._sequence(table))))
        highest = self._one(
            sql.SQL("SELECT coalesce(max({}), 0) FROM {}").format(
                sql.Identifier(str(table.numbered)), sql.Identifier(table.name)
            )
        )
        return max(int(given), int(highest))

    def replace_all(self, tables: list[Table]) -> BulkLoad:
        return BulkLoad(self._connection, tables)

    def set_last_number(self, table: Table, number: int) -> None:
        self._connection.execute(
            "SELECT setval(%s, %s, %s)", [self._sequence(table), max(number, 1), number > 0]
        )

    def write_place(self, state: str) -> None:
        postgresql.write_place(self._connection.cursor(), state)

    def keep(self) -> None:
        self._connection.commit()

    def _sequence(self, table: Table) -> str:
        return str(self._one("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.numbered]))

    def _one(self, query: Any, parameters: list[Any] | None = None) -> Any:
        row = self._connection.execute(query, parameters).fetchone()
        if row is None:
            raise LookupError("no row")
        return row[0]


class BulkLoad:
    """Empty tables without indexes and foreign keys; both come back over the loaded rows, checked as a whole.

    A nation's rows take a third of the time this way, and a row that points nowhere is refused all the same.
    """

    def __init__(self, connection: psycopg.Connection[Any], tables: list[Table]) -> None:
        self._connection = connection
        self._tables = tables
        self._again: list[str] = []

    def __enter__(self) -> BulkLoad:
        execute = self._connection.execute
        execute("SET LOCAL maintenance_work_mem = '128MB'")
        for table, name, definition in execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
        ).fetchall():
            execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            self._again.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        indexes = execute(
            "SELECT quote_ident(indexname), indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = quote_ident(indexname)::regclass)"
        ).fetchall()
        for name, _definition in indexes:
            execute(f"DROP INDEX {name}")
        # Indexes first: the check of a foreign key reads them.
        self._again = [definition for _name, definition in indexes] + self._again
        names = sql.SQL(", ").join(sql.Identifier(table.name) for table in self._tables)
        execute(sql.SQL("TRUNCATE {}").format(names))
        return self

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        query = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.names))
        )
        with self._connection.cursor() as cursor, cursor.copy(query) as copy:
            for row in rows:
                copy.write_row(row)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None:
            return  # the transaction is given up, and everything stands as before
        for statement in self._again:
            self._connection.execute(statement)
        # Without it the first pages would be planned as if every table were empty. Only our tables: those that all
        # databases of a server share stay locked till the end, and the other database's load would wait for ever.
        names = sql.SQL(", ").join(sql.Identifier(table.name) for table in self._tables)
        self._connection.execute(sql.SQL("ANALYZE {}").format(names))


def _selected(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    return sql.SQL("{}::text").format(name) if column.kind in _AS_TEXT else name
