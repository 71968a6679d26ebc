"""Reads over jobs."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor, Right, get_or_404
from bersinar.jobs.models import Job

_SHOWN = 50
PARTS = 100


@dataclass(frozen=True, slots=True)
class ToldJob:
    """A job as this person may see it: colleagues outside the work see that it runs, not whose it is nor how large."""

    job: Job
    is_told: bool
    done: int
    total: int
    sentence: str  # why it failed


def last_jobs(actor: Actor) -> list[ToldJob]:
    """The newest of the actor's office."""
    return [_told(job, actor) for job in Job.objects.for_actor(actor).order_by("-pk")[:_SHOWN]]


def job_of(pk: int, actor: Actor) -> ToldJob:
    """One job of the actor's office; 404 out of scope."""
    return _told(get_or_404(Job, actor, pk=pk), actor)


def _told(job: Job, actor: Actor) -> ToldJob:
    is_own = job.user_id is not None and job.user_id == actor.user_id
    is_told = is_own or actor.can(Right.VALUES_SEE)
    done, total = job.done, job.total
    if not is_told and total:
        done, total = min(done, total) * PARTS // total, PARTS
    # A refusal may count cells, closed ones among them.
    knows_why = is_own or actor.can(Right.VALUES_SEE_ENFORCEMENT)
    return ToldJob(job, is_told, done, total, job.error_sentence if knows_why else "")
