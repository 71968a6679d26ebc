"""Progress and signs of life of a running job."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType

from django.db import DatabaseError, connections

logger = logging.getLogger("bersinar.jobs")
_LOOK_SECONDS = 0.5
_RENEW_SECONDS = 20.0


class Report:
    """Writes progress where the job runs; for commands and tests, where nobody watches meanwhile."""

    def __init__(self, pk: int, token: str) -> None:
        self.pk = pk
        self.token = token
        self.latest: tuple[int, int] | None = None

    def set(self, done: int, total: int) -> None:
        self.latest = (done, total)
        self.write()

    def write(self) -> None:
        from bersinar.jobs import actions

        actions.renew_lease(self.pk, self.token, self.latest)

    def __enter__(self) -> Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Stopping(BaseException):
    """The process is ending; not an Exception, so that no handler swallows it."""


class Heartbeat(Report):
    """Writes from a thread of its own: the handler may hold a long transaction, and people watch the page."""

    def __init__(self, pk: int, token: str, stopping: threading.Event) -> None:
        super().__init__(pk, token)
        self._stopping = stopping
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{pk}", daemon=True)

    def set(self, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise Stopping
        self.latest = (done, total)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        written = self.latest
        renewed = time.monotonic()
        try:
            while not self._end.wait(_LOOK_SECONDS):
                latest = self.latest
                if latest == written and time.monotonic() - renewed < _RENEW_SECONDS:
                    continue
                try:
                    self.write()
                except DatabaseError:
                    # Locked or gone for a moment: the lease is long enough for another look.
                    logger.warning("job %s: heartbeat not written, trying again", self.pk)
                    continue
                written, renewed = latest, time.monotonic()
        finally:
            connections.close_all()
