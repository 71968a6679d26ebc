"""From the files of the data folder to PostgreSQL.

Nothing is in use until everything has been compared. The steps and what a kill between them leaves:

1. tables made, marked "copying": servers refuse that database; the source is in use as before
2. both databases copied, compared, kept in one transaction each: as after 1
3. the line written: servers refuse; doing it again copies once more
4. the files renamed: as after 3
5. marked "here": moved
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bersinar.config import environment, postgresql, settings_file
from bersinar.upkeep import platform
from bersinar.upkeep.backup.disk import sync_folder
from bersinar.upkeep.move import child, comparing, errors
from bersinar.upkeep.move.comparing import Copied
from bersinar.upkeep.move.postgresql import OLDEST, PostgresqlSide, alone, connect
from bersinar.upkeep.move.sqlite import FILES, SqliteSide, settle
from bersinar.upkeep.move.tables import DATABASES, Table, tables_of
from bersinar.upkeep.postgresql import COPYING, HERE

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Forth:
    """One move that may be tried and done."""

    folder: Path
    urls: dict[str, str]

    def is_begun(self) -> bool:
        """Whether an earlier try got as far as writing there."""
        with closing(self._open("default")) as target:
            return target.place() == COPYING

    def look(self) -> list[Copied]:
        """Everything that can be known without writing: the source whole, the target reachable, right and empty."""
        for database in DATABASES:
            self._check_target(database)
        found = []
        for database in DATABASES:
            with closing(SqliteSide(self._file(database))) as source:
                tables = tables_of(database)
                comparing.check_tables(source, tables)
                found += [Copied(table, comparing.said_by(source, table), None) for table in tables]
        return found

    def move(self, say: Say) -> list[Copied]:
        """All of it, or nothing. Refuses while a server uses the folder or anybody the target."""
        with platform.InstanceLock(self.folder), ExitStack() as stack:
            self._make_missing_database()
            stack.enter_context(alone(self.urls["default"]))
            for database in DATABASES:
                self._check_target(database, nobody_else=True)
                self._check_source(database)
            self._begin(say)
            copied = self._copy(say)
            child.verify_audit(child.on_postgresql(self.urls["default"], self.urls["audit"]))
            self._use()
        return copied

    def _check_source(self, database: str) -> None:
        with closing(SqliteSide(self._file(database))) as source:
            comparing.check_tables(source, tables_of(database))

    def _file(self, database: str) -> Path:
        path = self.folder / FILES[database]
        # Renamed already when an earlier try was killed shortly before its end.
        moved = path.with_name(path.name + environment.MOVED)
        if not path.exists() and moved.exists():
            return moved
        if not path.exists():
            raise errors.NothingToMove(self.folder)
        return path

    def _open(self, database: str, *, writing: bool = False) -> PostgresqlSide:
        try:
            return PostgresqlSide(self.urls[database], writing=writing)
        except psycopg.Error as error:
            raise errors.Unreachable(
                postgresql.database_name(self.urls[database]), comparing.why(error)
            ) from error

    def _check_target(self, database: str, *, nobody_else: bool = False) -> None:
        name = postgresql.database_name(self.urls[database])
        try:
            target = self._open(database)
        except errors.Unreachable:
            # The audit's is made by the move itself when it may.
            if database == "audit" and not nobody_else:
                return
            raise
        with closing(target):
            if target.version < OLDEST:
                raise errors.TooOld(target.version)
            if target.encoding() != "UTF8":
                raise errors.NotUnicode(name, target.encoding())
            if target.table_names() and target.place() != COPYING:
                raise errors.NotEmpty(name)
            if nobody_else and (others := target.other_sessions()):
                raise errors.InUse(others)

    def _make_missing_database(self) -> None:
        name = postgresql.database_name(self.urls["audit"])
        with closing(self._open("default")) as main:
            known = main.knows_database(name)
        if known:
            return
        try:
            with closing(connect(self.urls["default"], autocommit=True)) as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise errors.Unreachable(name, comparing.why(error)) from error

    def _begin(self, say: Say) -> None:
        say("Menyiapkan tabel di PostgreSQL …")
        for database in DATABASES:
            with closing(self._open(database, writing=True)) as target:
                target.write_place(COPYING)
                target.keep()
        child.make_tables(child.on_postgresql(self.urls["default"], self.urls["audit"]))

    def _copy(self, say: Say) -> list[Copied]:
        """Both databases copied and compared before either is kept."""
        copied: list[Copied] = []
        with ExitStack() as stack:
            targets = []
            for database in DATABASES:
                source = stack.enter_context(closing(SqliteSide(self._file(database))))
                target = stack.enter_context(closing(self._open(database, writing=True)))
                targets.append(target)
                tables = tables_of(database)
                comparing.check_tables(source, tables)
                comparing.check_tables(target, tables)
                comparing.check_history(source, target)
                copied += self._copy_one(source, target, tables, say)
            for target in targets:
                target.keep()
        return copied

    def _copy_one(
        self, source: SqliteSide, target: PostgresqlSide, tables: list[Table], say: Say
    ) -> list[Copied]:
        copied = []
        try:
            with target.replace_all(tables) as bulk:
                for table in tables:
                    one = comparing.copy(source, table, lambda rows, table=table: bulk.load(table, rows))  # type: ignore[misc]
                    if one.last_number is not None:
                        target.set_last_number(table, one.last_number)
                    copied.append(one)
                    if one.said.rows >= 100_000:
                        say(f"  {table.name}: {one.said.rows}")
        except psycopg.Error as error:
            # A foreign key or a unique index that the rows do not keep.
            raise errors.CopyRefused("-", comparing.why(error)) from error
        say("Membandingkan …")
        comparing.compare(copied, target)
        return copied

    def _use(self) -> None:
        """From now on the installation lives there."""
        settings_file.write(self.folder, environment.MAIN_URL, self.urls["default"])
        derived = self.urls["audit"] == postgresql.audit_url(self.urls["default"])
        settings_file.write(self.folder, environment.AUDIT_URL, None if derived else self.urls["audit"])
        for name in FILES.values():
            path = self.folder / name
            if path.exists():
                settle(path)
                path.replace(path.with_name(name + environment.MOVED))
        sync_folder(self.folder)
        for database in reversed(DATABASES):
            with closing(self._open(database, writing=True)) as target:
                target.write_place(HERE)
                target.keep()


def plan(folder: Path, address: str) -> Forth:
    """The move to this address, or the one that was begun; AlreadyThere when the installation lives on PostgreSQL."""
    in_use = environment.database_urls(folder)
    address = address or (in_use[0] if in_use else "")
    if not address.startswith("postgresql://") or not postgresql.database_name(address):
        raise errors.AddressWrong
    audit = os.environ.get(environment.AUDIT_URL) or postgresql.audit_url(address)
    found = Forth(folder, {"default": address, "audit": audit})
    if in_use and (in_use[0] != address or not found.is_begun()):
        raise errors.AlreadyThere
    return found
