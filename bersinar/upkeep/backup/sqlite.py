"""A SQLite database as it stands at one moment, and what can be said of such a file without Django.

The live database is only ever read through SQLite itself: a plain open and close of the file would drop the locks of
this process.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bersinar.audit.rules import GENESIS, VERSION, digest_of
from bersinar.upkeep.backup.errors import NotVerified, SourceDamaged

_PAGES = 4096
_SEALED = "audit_sealedevent"
_EVENTS = "audit_event"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared between the live database and its copy."""

    rows: dict[str, int]
    migrations: list[list[str]]  # app and name, in order
    sealed: int  # events in the chain
    head: str  # the last seal


def take(source: Path, target: Path) -> Facts:
    """Copy by SQLite's own backup, all of it from one moment; writers go on meanwhile."""
    with closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as live:
        live.execute("PRAGMA query_only = ON")
        # A reader's snapshot: without it each write meanwhile would begin the copy anew.
        live.execute("BEGIN")
        facts = facts_of(live)
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy, pages=_PAGES)
            # A file of its own: the copy needs no -wal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        live.execute("ROLLBACK")
    return facts


def facts_at(path: Path) -> Facts:
    """Of a file nobody else uses; its write-ahead log ends in it, so that the file alone is the whole."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        return facts_of(database)


def facts_of(database: sqlite3.Connection) -> Facts:
    """Counts of every table, the migrations, the head of the audit chain."""
    tables = [
        name
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
    migrations = []
    if "django_migrations" in tables:
        migrations = [
            list(row) for row in database.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ]
    sealed, head = 0, GENESIS
    if _SEALED in tables:
        last = database.execute(f"SELECT seq, digest FROM {_SEALED} ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608
        sealed, head = last or (0, GENESIS)
    return Facts(rows, migrations, sealed, head)


def check_source(name: str, path: Path) -> None:
    """Raise when what was just copied is already broken: the fault lies in the live database."""
    try:
        finding = finding_in(path)
    except sqlite3.DatabaseError as error:
        finding = str(error)
    if finding:
        raise SourceDamaged(name, finding)


def check_copy(name: str, path: Path, expected: Facts) -> None:
    """Open what came back from the disk and compare all that can be compared."""
    try:
        finding = finding_in(path)
        with closing(sqlite3.connect(path)) as database:
            found = facts_of(database)
            finding = finding or chain_finding(database)
    except sqlite3.DatabaseError as error:
        raise NotVerified(f"{name}: {error}") from error
    if finding:
        raise NotVerified(f"{name}: {finding}")
    if found != expected:
        raise NotVerified(f"{name}: isi berbeda")


def finding_in(path: Path) -> str:
    """The first thing SQLite itself finds wrong; empty when nothing is."""
    with closing(sqlite3.connect(path)) as database:
        (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            return str(said)
        if broken := database.execute("PRAGMA foreign_key_check").fetchone():
            return f"{broken[0]} -> {broken[2]}"
    return ""


def chain_finding(database: sqlite3.Connection) -> str:
    """The first seal that does not fit the one before it; empty when the chain holds or is not here."""
    here = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_SEALED,)).fetchone()
    if not here:
        return ""
    previous = GENESIS
    rows = database.execute(f"SELECT seq, version, body, previous, digest FROM {_SEALED} ORDER BY seq")  # noqa: S608
    for expected, (seq, version, body, before, digest) in enumerate(rows, 1):
        if seq != expected or before != previous or version != VERSION or digest != digest_of(previous, body):
            return f"audit {expected}"
        previous = digest
    return ""
