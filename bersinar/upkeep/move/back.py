"""From PostgreSQL back to files of the data folder: as careful as the way there.

1. files made beside, in a folder of their own, filled and compared: a kill leaves PostgreSQL in use
2. the files put in their place (older ones are kept under another name): as after 1
3. PostgreSQL marked "gone": servers of every machine refuse it, and the sentence says which line to take out
4. the line taken out: moved
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from bersinar.config import environment, postgresql, settings_file
from bersinar.upkeep import platform
from bersinar.upkeep.backup.disk import sync_folder
from bersinar.upkeep.errors import DatabaseGone, DatabaseHalfCopied
from bersinar.upkeep.move import child, comparing, errors
from bersinar.upkeep.move.comparing import Copied
from bersinar.upkeep.move.forth import Say
from bersinar.upkeep.move.postgresql import PostgresqlSide, alone
from bersinar.upkeep.move.sqlite import FILES, SqliteSide
from bersinar.upkeep.move.tables import DATABASES, tables_of
from bersinar.upkeep.postgresql import COPYING, GONE

_BESIDE = ".pindah"


@dataclass(frozen=True, slots=True)
class Back:
    """One move that may be tried and done."""

    folder: Path
    urls: dict[str, str]

    def look(self) -> list[Copied]:
        """Everything that can be known without writing: the source whole, the folder fit for SQLite."""
        if refusal := platform.unsuitable(self.folder):
            raise platform.FolderRefused(refusal)
        found = []
        for database in DATABASES:
            with closing(self._open(database)) as source:
                _refuse_place(source)
                tables = tables_of(database)
                comparing.check_tables(source, tables)
                found += [Copied(table, comparing.said_by(source, table), None) for table in tables]
        return found

    def move(self, say: Say) -> list[Copied]:
        """All of it, or nothing. Refuses while any server, on any machine, is connected."""
        self._refuse_others()  # before anything takes long
        with platform.InstanceLock(self.folder), alone(self.urls["default"]):
            beside = self.folder / _BESIDE
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(mode=0o700)
            say("Menyiapkan berkas SQLite …")
            child.make_tables(child.on_sqlite(beside))
            copied = self._copy(beside, say)
            child.verify_audit(child.on_sqlite(beside))
            self._use(beside)
        return copied

    def _open(self, database: str, *, writing: bool = False) -> PostgresqlSide:
        try:
            return PostgresqlSide(self.urls[database], writing=writing)
        except psycopg.Error as error:
            name = postgresql.database_name(self.urls[database])
            raise errors.Unreachable(name, comparing.why(error)) from error

    def _refuse_others(self) -> None:
        for database in DATABASES:
            with closing(self._open(database)) as source:
                _refuse_place(source)
                if others := source.other_sessions():
                    raise errors.InUse(others)

    def _copy(self, beside: Path, say: Say) -> list[Copied]:
        copied: list[Copied] = []
        self._refuse_others()  # again: a session may have begun meanwhile
        for database in DATABASES:
            with ExitStack() as stack:
                source = stack.enter_context(closing(self._open(database)))
                target = stack.enter_context(closing(SqliteSide(beside / FILES[database], writing=True)))
                copied += _copy_one(source, target, database, say)
                target.keep()
        return copied

    def _use(self, beside: Path) -> None:
        """From now on the installation lives in these files."""
        mark = datetime.now().strftime("%Y%m%d%H%M%S")  # noqa: DTZ005  (a name for people here)
        for name in FILES.values():
            path = self.folder / name
            if path.exists():
                # Out of date since PostgreSQL was in use; kept all the same.
                path.replace(path.with_name(f"{name}.lama-{mark}"))
            (beside / name).replace(path)
        sync_folder(self.folder)
        for database in DATABASES:
            with closing(self._open(database, writing=True)) as source:
                source.write_place(GONE)
                source.keep()
        for setting in (environment.MAIN_URL, environment.AUDIT_URL):
            settings_file.write(self.folder, setting, None)
        shutil.rmtree(beside, ignore_errors=True)


def _copy_one(source: PostgresqlSide, target: SqliteSide, database: str, say: Say) -> list[Copied]:
    tables = tables_of(database)
    comparing.check_tables(source, tables)
    comparing.check_tables(target, tables)
    comparing.check_history(source, target)
    copied = []
    for table in tables:
        number = source.last_number(table) if table.numbered else None
        one = comparing.copy(
            source,
            table,
            lambda rows, table=table, number=number: target.replace(table, rows, last_number=number),  # type: ignore[misc]
        )
        copied.append(one)
        if one.said.rows >= 100_000:
            say(f"  {table.name}: {one.said.rows}")
    say("Membandingkan …")
    comparing.compare(copied, target)
    if faults := target.faults():
        raise errors.CopyRefused(faults[0], "PRAGMA foreign_key_check, integrity_check")
    return copied


def _refuse_place(source: PostgresqlSide) -> None:
    place = source.place()
    if place == COPYING:
        raise DatabaseHalfCopied
    if place == GONE:
        raise DatabaseGone


def plan(folder: Path) -> Back:
    """The move back; NotOnPostgresql when there is nothing to bring back."""
    urls = environment.database_urls(folder)
    if urls is None:
        raise errors.NotOnPostgresql
    return Back(folder, {"default": urls[0], "audit": urls[1]})


def line_in_environment(folder: Path) -> bool:
    """Whether the setting also stands where this program cannot take it out: systemd, compose, a shell."""
    return environment.MAIN_URL in os.environ and environment.MAIN_URL not in settings_file.read(folder)
