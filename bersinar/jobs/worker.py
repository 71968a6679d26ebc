"""The loop that runs jobs: a thread of the server on one PC, a process of its own elsewhere."""

from __future__ import annotations

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import DatabaseError, close_old_connections, connection, connections
from django_tasks_db.management.commands.db_worker import Worker as Deliveries

from bersinar.access import BersinarError
from bersinar.audit.actions import seal
from bersinar.jobs import actions, registry, wake
from bersinar.jobs.heartbeat import Heartbeat

_LOOK_SECONDS = 1.0
_SWEEP_SECONDS = 30.0
_SEAL_SECONDS = 5.0
_PAUSE_AFTER_FAULT = 2.0
_LEAVE_SECONDS = 5.0
logger = logging.getLogger("bersinar.jobs")
_stopping = threading.Event()


def run_delivered(pk: int) -> None:
    """What the task library calls. Outcomes stand in the job's row; only the end of the process passes through."""
    actions.run(pk, report=partial(Heartbeat, stopping=_stopping))


class Loop:
    """Takes deliveries one after the other, seals the audit, and sweeps up after dead workers."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._due: dict[str, float] = {}
        self._known_chores: list[registry.Chore] | None = None

    def run(self, *, only_worker: bool) -> None:
        """Until told to stop; a fault is logged and the loop goes on."""
        first = True
        try:
            while not self._stopping.is_set():
                try:
                    if first:
                        actions.sweep(all_workers_are_dead=only_worker)
                        first = False
                    self.round()
                    wake.wait(_LOOK_SECONDS)
                except Exception:
                    logger.exception("worker: a round failed, going on")
                    close_old_connections()
                    self._stopping.wait(_PAUSE_AFTER_FAULT)
        finally:
            connections.close_all()

    def round(self) -> None:
        """Everything that waits now."""
        close_old_connections()
        self._every("sweep", _SWEEP_SECONDS, actions.sweep)
        while not self._stopping.is_set() and self._one_delivery():
            self._every("seal", _SEAL_SECONDS, _seal)
        self._every("seal", _SEAL_SECONDS, _seal)
        self._chores()
        close_old_connections()

    def _chores(self) -> None:
        """First due after their own interval: a server that has just started serves people first."""
        if self._known_chores is None:
            self._known_chores = registry.chores()
        for chore in self._known_chores:
            self._due.setdefault(chore.name, time.monotonic() + chore.seconds)
            self._every(chore.name, chore.seconds, partial(_quietly, chore))

    def _one_delivery(self) -> bool:
        deliveries = Deliveries(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=f"{socket.gethostname()[:40]}-{threading.get_ident()}",
            excluded_queue_names=[],
        )
        deliveries.run()
        return deliveries._run_tasks > 0

    def _every(self, name: str, seconds: float, do: Callable[[], object]) -> None:
        now = time.monotonic()
        if now >= self._due.get(name, now):
            do()
            self._due[name] = time.monotonic() + seconds


def _quietly(chore: registry.Chore) -> None:
    """A chore must never stop the jobs; it is due again after its interval."""
    try:
        chore.work()
    except Exception:
        logger.exception("chore %s failed", chore.name)


def _seal() -> None:
    """Sealing must never stop the jobs: what cannot be sealed now waits, and verify tells."""
    try:
        seal()
    except (BersinarError, DatabaseError) as error:
        logger.error("audit: not sealed: %s", type(error).__name__)


def start_thread() -> threading.Thread:
    """The worker of a server on one PC. It ends with the process, at most some seconds later."""
    _stopping.clear()
    # With SQLite this server is the only one (it holds the folder's lock), so nobody else runs a job.
    loop = partial(Loop(_stopping).run, only_worker=connection.vendor == "sqlite")
    thread = threading.Thread(target=loop, name="bersinar-worker", daemon=True)
    thread.start()
    # A job may take minutes and must not hold up the end; this thread gives it a moment, then lets go.
    threading.Thread(target=_see_off, args=(thread,), name="bersinar-worker-end").start()
    return thread


def run_process(*, once: bool) -> None:
    """The worker as a process: until it is told to end, or until nothing waits."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop())
    loop = Loop(_stopping)
    if once:
        actions.sweep()
        loop.round()
    else:
        loop.run(only_worker=False)


def stop() -> None:
    """Ask the worker to end after the step it is in."""
    _stopping.set()
    wake.now()


def _see_off(thread: threading.Thread) -> None:
    threading.main_thread().join()
    stop()
    thread.join(_LEAVE_SECONDS)
