"""Reads over jobs."""

from __future__ import annotations

from bersinar.access import Actor
from bersinar.jobs.models import Job

_SHOWN = 50


def last_jobs(actor: Actor) -> list[Job]:
    """The newest of the actor's office."""
    return list(Job.objects.for_actor(actor).order_by("-pk")[:_SHOWN])
