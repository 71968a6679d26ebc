"""How many processes and threads answer, and what each is told before it begins."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from bersinar.config import environment

THREADS = 8
_MOST_BY_ITSELF = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """One start's servers."""

    processes: int
    threads: int
    works: bool  # whether background work runs in a thread of each

    def tell(self) -> None:
        """Through the environment, which the processes inherit."""
        os.environ["BERSINAR_PARENT"] = str(os.getpid())
        os.environ["BERSINAR_DATABASE_THREADS"] = str(self.threads)
        if self.works:
            os.environ["BERSINAR_WORKER"] = "thread"
        else:
            os.environ.pop("BERSINAR_WORKER", None)


class PlanRefused(ValueError):
    """A sentence for the person at the keyboard."""


def share_connections(folder: Path) -> None:
    """Let the processes about to be forked pool their connections; this one closes its own and opens none again.

    A pool belongs to the process whose threads serve it, so it must not exist before the fork.
    """
    connections.close_all()
    for alias, told in environment.databases(folder).items():
        connections.settings[alias].update(told)


def hold_connections() -> None:
    """Open the pools now, not with the first page: a move must see that this server is there."""
    for connection in connections.all():
        # Only PostgreSQL's wrapper has one, and only where the settings ask for it.
        pool = getattr(connection, "pool", None)
        if pool is not None:
            pool.open()


def plan(*, on_postgresql: bool, processes: int | None, jobs: bool) -> Plan:
    """On SQLite one process writes: its writers queue on a lock inside it, and the worker is its thread."""
    if not on_postgresql:
        if processes not in (None, 1) or not jobs:
            raise PlanRefused(
                "Dengan SQLite hanya ada satu proses server, dan pekerjaan latar berjalan di dalamnya. "
                "Lebih dari satu memerlukan PostgreSQL: docs/operate/postgresql.md."
            )
        return Plan(1, THREADS, works=True)
    return Plan(processes or min(os.cpu_count() or 1, _MOST_BY_ITSELF), THREADS, works=jobs)
