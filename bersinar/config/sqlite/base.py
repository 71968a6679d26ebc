"""SQLite with one writer at a time in this process.

SQLite before 3.51.3 can damage a WAL file when two connections write or checkpoint at once; queueing
writers on one lock removes that and "database is locked" with it.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_WAIT_SECONDS = 60.0
_writer = threading.RLock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the process-wide write lock from the start of an outermost transaction to its end."""

    _holds_writer = False

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
            return super()._commit()  # type: ignore[misc]  # as above
        finally:
            self._release_writer()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._release_writer()

    def _release_writer(self) -> None:
        if self._holds_writer:
            self._holds_writer = False
            _writer.release()
