"""What people do while the server dies under them: each piece is sent again until it has an answer."""

from __future__ import annotations

import http.client
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.support.web import Web

# No answer came. Whatever the server did before it died, the person does not know it.
NO_ANSWER = (OSError, http.client.HTTPException)


@dataclass(slots=True)
class Piece:
    """One thing a person wants stored, with the id the client gave it."""

    key: str
    facts: dict[str, Any] = field(default_factory=dict)


class Work(Protocol):
    """One kind of writing: how a piece is made and sent, and what must be true of the stored rows."""

    who: str
    lanes: int

    def next_piece(self, lane: int, web: Web) -> Piece: ...

    def send(self, piece: Piece, web: Web) -> None:
        """Send it and look at the answer; returns only when the server said it is stored."""

    def problems(
        self, database: sqlite3.Connection, acknowledged: list[Piece], *, unanswered: int
    ) -> list[str]:
        """What is lost, doubled or torn. Of the unanswered pieces so many at most may be stored as well."""


class Answers:
    """Counts the answers of all lanes, so that a kill can come after a number of them whatever the machine's speed."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def add(self, number: int = 1) -> None:
        with self._changed:
            self._count += number
            self._changed.notify_all()

    def wait_for(self, number: int) -> None:
        """Until so many more have come; an ended lane counts for as many as anybody waits for."""
        with self._changed:
            wanted = self._count + number
            self._changed.wait_for(lambda: self._count >= wanted)


_ENDED = 1_000


class Lane:
    """One person at work. What had no answer is sent first when the server is back."""

    def __init__(self, number: int, work: Work, web: Web, answers: Answers) -> None:
        self._answers = answers
        self.acknowledged: list[Piece] = []
        self.answered_at: list[float] = []
        self.repeated = 0
        self.fault: BaseException | None = None
        self._number = number
        self._work = work
        self._web = web
        self._unanswered: Piece | None = None
        self._thread: threading.Thread | None = None

    def begin(self, stop: threading.Event) -> None:
        self._thread = threading.Thread(target=self._run, args=(stop,), daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Raise what went wrong: any answer but "stored" is a fault of the server."""
        assert self._thread is not None
        self._thread.join()
        if self.fault is not None:
            raise AssertionError(f"lane {self._number}: {self.fault}") from self.fault

    def finish(self) -> None:
        """Send what is still unanswered."""
        if self._unanswered is not None:
            self._deliver()

    def _run(self, stop: threading.Event) -> None:
        try:
            self.finish()
            while not stop.is_set():
                self._unanswered = self._work.next_piece(self._number, self._web)
                self._deliver()
        except NO_ANSWER:
            self.repeated += self._unanswered is not None
        except BaseException as fault:
            self.fault = fault
        finally:
            self._answers.add(_ENDED)

    def _deliver(self) -> None:
        assert self._unanswered is not None
        self._work.send(self._unanswered, self._web)
        # The clock of strace; what was synced before the answer left has an earlier time than this.
        self.answered_at.append(time.time())
        self.acknowledged.append(self._unanswered)
        self._unanswered = None
        self._answers.add()


@contextmanager
def reading(folder: Path, name: str = "main.sqlite3") -> Iterator[sqlite3.Connection]:
    """A connection that cannot write: the server alone puts its database in order after a kill."""
    with closing(sqlite3.connect(f"file:{folder / name}?mode=ro", uri=True, timeout=30)) as database:
        yield database


def expect(condition: bool, what: str) -> None:
    """An answer that is not the promised one."""
    if not condition:
        raise AssertionError(what[:2000])
