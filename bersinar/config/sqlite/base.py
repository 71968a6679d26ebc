"""SQLite with one writer at a time in this process, a log whose name lasts, and no write after a failed sync.

The log is written back by ourselves after a commit, not by SQLite: it would keep to itself that the disk failed then.

SQLite before 3.51.3 can damage a WAL file when two connections write or checkpoint at once; queueing
writers on one lock removes that and "database is locked" with it.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from bersinar.config import storage
from bersinar.upkeep.platform import sync_folder

_WAIT_SECONDS = 60.0
# Beyond this many bytes, SQLite's own measure, the log is written back; `journal_size_limit` in the settings cuts it to
# that when it is begun anew. A log that keeps within it is written back after this many commits.
LONG_LOG = 1000 * 4096
_MANY_COMMITS = 250
_writer = threading.RLock()
# Logs whose name is known to be on the disk, by device and number.
_named: set[tuple[int, int]] = set()
# Per log the commits since it was written back.
_commits: dict[Path, int] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the process-wide write lock from the start of an outermost transaction to its end."""

    _holds_writer = False
    _only_reads = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self._only_reads = False
        _make_name_last(Path(f"{conn_params['database']}-wal"))
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if storage.has_failed() and not self._only_reads:
            # Also for what Django writes outside a transaction.
            self.connection.execute("PRAGMA query_only=ON")
            self._only_reads = True
        return super().create_cursor(name)

    def _start_transaction_under_autocommit(self) -> None:
        if not _writer.acquire(timeout=_WAIT_SECONDS):
            raise OperationalError("database is locked by another write of this process")
        self._holds_writer = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # private, not in the stubs
        except BaseException:
            self._release_writer()
            raise

    def _commit(self) -> Any:
        try:
            super()._commit()  # type: ignore[misc]  # as above
            self._write_back_a_long_log()
        except OperationalError as error:
            if storage.code_of(error) == storage.FAILED:
                # The next commit would be accepted, although the system may have dropped what it could not sync.
                storage.fail()
            raise
        finally:
            self._release_writer()

    def _write_back_a_long_log(self) -> None:
        """Still as the only writer. What is not written back stays safe in the log, so only a failed disk matters."""
        log = Path(f"{self.settings_dict['NAME']}-wal")
        if not log.exists():
            return  # a database in memory
        commits = _commits[log] = _commits.get(log, 0) + 1
        if log.stat().st_size <= LONG_LOG and commits < _MANY_COMMITS:
            return
        _commits[log] = 0
        try:
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error as error:
            if storage.code_of(error) == storage.FAILED:
                storage.fail()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._release_writer()

    def _release_writer(self) -> None:
        if self._holds_writer:
            self._holds_writer = False
            _writer.release()


def _make_name_last(log: Path) -> None:
    """Sync the folder once per log: SQLite does it only when the connection that made the log also writes first.

    Otherwise a power cut could bring back an older log, and what it says would be laid over newer pages.
    """
    try:
        facts = log.stat()
    except FileNotFoundError:
        return  # a database in memory
    if (facts.st_dev, facts.st_ino) not in _named:
        sync_folder(log.parent)
        _named.add((facts.st_dev, facts.st_ino))
