"""On whose behalf a job runs. People live in accounts, above this folder, so accounts hands in the way to find them."""

from __future__ import annotations

from collections.abc import Callable

from bersinar.access import Actor
from bersinar.jobs.errors import RequesterGone

# Set once by accounts when Django starts.
resolver: Callable[[int], Actor | None] | None = None


def actor_for(user_id: int | None, name: str, office_id: int | None) -> Actor:
    """The person with the rights of this moment, not those of the moment of asking."""
    if user_id is None:
        return Actor.system(name.removeprefix("sistem: "), office_id=office_id)
    actor = resolver(user_id) if resolver is not None else None
    if actor is None:
        raise RequesterGone
    return actor
