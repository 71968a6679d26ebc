"""Background work: a row per job with its progress, delivered at least once, safe to run twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bersinar.jobs.registry import Context, handler

if TYPE_CHECKING:
    from bersinar.access import Actor
    from bersinar.jobs.models import Job

__all__ = ["Context", "enqueue", "handler", "run_pending"]


# Imports stand inside: models exist only once Django's apps are ready.


def enqueue(kind: str, *, by: Actor, key: str, **payload: Any) -> Job:
    """Queue the work, or give back the job that already does it: the key says what "the same work" is."""
    from bersinar.jobs import actions

    return actions.enqueue(kind, by=by, key=key, payload=payload)


def run_pending(*, reraise: bool = True) -> int:
    """Run what waits, here and now (commands and tests); faults of the code surface, refusals stay in the job."""
    from bersinar.jobs import actions

    return actions.run_pending(reraise=reraise)
