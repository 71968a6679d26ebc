"""Several servers on one PostgreSQL: who prepares it, who else is connected, and whether it is the one in use.

A small table of its own in each database, `bersinar_place`, says where the data is: "copying" while it is being
brought here, "here", or "gone" once it was taken back to SQLite. Without the table it is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

from bersinar.upkeep.errors import DatabaseGone, DatabaseHalfCopied

# Any number will do, as long as it stays: two versions must meet in it during an upgrade.
LOCK = 0x42455253
COPYING, HERE, GONE = "copying", "here", "gone"
# How a move calls itself; its own connections are no reason to refuse it.
MOVER = "bersinar-move"
PLACE = "bersinar_place"


@contextmanager
def prepared_by_one() -> Iterator[None]:
    """One server at a time brings the tables up to date, on whichever machine; the others wait, then find it done."""
    if connections["default"].vendor != "postgresql":
        yield
        return
    # A connection of its own: the lock ends with it, and migrate closes the one it works with.
    own = connections["default"].copy()
    try:
        with own.cursor() as cursor:
            # Preparing a nation takes minutes, and this wait is meant.
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            refuse_left_place(cursor)
            yield
    finally:
        own.close()


def refuse_left_place(cursor: Any) -> None:
    """Raise where a copy was begun and not finished, or where the data has been taken away from."""
    place = place_of(cursor)
    if place == COPYING:
        raise DatabaseHalfCopied
    if place == GONE:
        raise DatabaseGone


def place_of(cursor: Any) -> str:
    """Any cursor on PostgreSQL, Django's or the driver's own."""
    cursor.execute(f"SELECT to_regclass('{PLACE}') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return HERE
    cursor.execute(f"SELECT state FROM {PLACE}")  # noqa: S608  (the name is ours)
    row = cursor.fetchone()
    return str(row[0]) if row else HERE


def write_place(cursor: Any, state: str) -> None:
    """One row, replaced."""
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {PLACE} (state text NOT NULL)")
    cursor.execute(f"DELETE FROM {PLACE}")  # noqa: S608
    cursor.execute(f"INSERT INTO {PLACE} VALUES (%s)", [state])  # noqa: S608


def other_sessions(cursor: Any) -> int:
    """How many other connections this database has: servers and workers of any machine, and people in psql."""
    # A name tells people and servers from the server's own background processes, also without special rights.
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND usename IS NOT NULL AND leader_pid IS NULL"
        " AND application_name IS DISTINCT FROM %s",
        [MOVER],
    )
    return int(cursor.fetchone()[0])
