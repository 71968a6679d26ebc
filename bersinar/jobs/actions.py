"""Queue a job, run it once, and put back what a dead worker left."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bersinar.access import Actor, BersinarError
from bersinar.jobs import actors, delivery, once, registry
from bersinar.jobs.errors import GaveUp
from bersinar.jobs.heartbeat import Report
from bersinar.jobs.models import Job
from bersinar.jobs.vocabulary import JobState
from bersinar.jobs.watch import ClockWatch

MAX_ATTEMPTS = 5
LEASE = timedelta(minutes=2)
# What broke for lack of disk or a lock may work a little later.
_PAUSE = timedelta(seconds=10)
# A delivery is taken and its job claimed within a moment; after this long the worker between the two is dead.
DELIVERY_GRACE = timedelta(minutes=1)
_WHY = "a worker serves everybody's jobs"
logger = logging.getLogger("bersinar.jobs")
_clock = ClockWatch()


@transaction.atomic
def enqueue(kind: str, *, by: Actor, key: str, payload: dict[str, Any]) -> Job:
    """A new job, or the one with the same key; a failed one with that key is queued again."""
    if registry.find(kind) is None:
        raise LookupError(f"no handler for {kind!r}")
    job, created = Job.objects.unscoped(_WHY).get_or_create(
        kind=kind,
        key=f"{by.office_id or 0}/{key}",
        defaults={
            "payload": payload,
            "user_id": by.user_id,
            "actor_name": by.name[:200],
            "office_id": by.office_id,
        },
    )
    if created:
        _deliver(job.pk)
    elif job.state == JobState.GAGAL:
        # The person who asks again is the one it now runs for.
        _back_to_queue(job.pk, JobState.GAGAL, attempts=0, user_id=by.user_id, actor_name=by.name[:200])
        job.refresh_from_db()
    return job


def run(pk: int, *, report: Callable[[int, str], Report], reraise: bool = False) -> bool:
    """Run a waiting job to its end; False when it was not waiting (somebody else has it, or it is done)."""
    job = _claim(pk)
    if job is None:
        return False
    found = registry.find(job.kind)
    progress = report(job.pk, job.lease_token)
    try:
        with progress:
            if found is None:
                raise LookupError(f"no handler for {job.kind!r}")
            actor = actors.actor_for(job.user_id, job.actor_name, job.office_id)
            result = found.work(registry.Context(job.pk, actor, progress.set), **job.payload)
    except BersinarError as refusal:
        _fail(job, refusal)
    except Exception as fault:
        # The log keeps class and place alone: a message may carry what stood in a person's file.
        logger.error("job %s (%s) stopped: %s", job.pk, job.kind, type(fault).__name__, exc_info=True)
        _try_again_or_give_up(job, wait=_PAUSE * job.attempts)
        if reraise:
            raise
    except BaseException:
        # The process is ending. The next one runs it; this attempt was not the job's fault.
        _back_to_queue(job.pk, JobState.BERJALAN, token=job.lease_token, attempts=F("attempts") - 1)
        raise
    else:
        _finish(job, result, progress.latest)
    return True


def run_pending(*, reraise: bool) -> int:
    """Run every waiting job in this thread, oldest first; jobs queued meanwhile too."""
    count = 0
    waiting = Job.objects.unscoped(_WHY).filter(state=JobState.ANTRE).order_by("pk")
    while (pk := waiting.values_list("pk", flat=True).first()) is not None:
        count += run(pk, report=Report, reraise=reraise)
    return count


def renew_lease(pk: int, token: str, progress: tuple[int, int] | None) -> None:
    """I am alive, and so far I have come."""
    changes: dict[str, Any] = {"lease_until": timezone.now() + LEASE}
    if progress is not None:
        changes["done"], changes["total"] = progress
    with transaction.atomic():
        _held(pk, token).update(**changes)


@transaction.atomic
def sweep(*, all_workers_are_dead: bool = False) -> int:
    """Queue again what a dead worker held or was about to hold; returns how many."""
    now = timezone.now()
    running = Job.objects.unscoped(_WHY).filter(state=JobState.BERJALAN)
    jump = _clock.jump()
    if not all_workers_are_dead:
        running = running.filter(lease_until__lt=now)
    swept = 0
    # After a moved clock every lease looks over, or none: those who live renew theirs before the next look.
    for job in running if all_workers_are_dead or not jump else ():
        swept += _try_again_or_give_up(job)
    waiting = Job.objects.unscoped(_WHY).filter(state=JobState.ANTRE)
    taken_before = now if all_workers_are_dead else now - DELIVERY_GRACE
    for pk in delivery.without_delivery(waiting.values_list("pk", "delivery"), taken_before):
        _deliver(pk)
        swept += 1
    delivery.prune(now)
    once.prune()
    return swept


def _held(pk: int, token: str) -> Any:
    """The job as long as this very attempt holds it; after a lost lease it matches nothing."""
    return Job.objects.unscoped(_WHY).filter(pk=pk, state=JobState.BERJALAN, lease_token=token)


def _claim(pk: int) -> Job | None:
    """Take a waiting job. One conditional update: of two workers exactly one succeeds."""
    now = timezone.now()
    token = secrets.token_hex(16)
    with transaction.atomic():
        Job.objects.unscoped(_WHY).filter(pk=pk, state=JobState.ANTRE).update(
            state=JobState.BERJALAN,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            lease_token=token,
            started_at=now,
            finished_at=None,
            done=0,
            total=0,
            error_code="",
            error_sentence="",
            result_url="",
        )
        claimed: Job | None = _held(pk, token).first()
    return claimed


def _finish(job: Job, result: str, progress: tuple[int, int] | None) -> None:
    done, total = progress or (0, 0)
    with transaction.atomic():
        kept = _held(job.pk, job.lease_token).update(
            state=JobState.SELESAI,
            finished_at=timezone.now(),
            lease_until=None,
            result_url=result or "",
            done=done,
            total=total,
        )
    if not kept:
        logger.warning("job %s ended after its lease was lost; another attempt has it", job.pk)


def _fail(job: Job, refusal: BersinarError) -> None:
    with transaction.atomic():
        _held(job.pk, job.lease_token).update(
            state=JobState.GAGAL,
            finished_at=timezone.now(),
            lease_until=None,
            error_code=refusal.code,
            error_sentence=str(refusal),
        )


def _try_again_or_give_up(job: Job, *, wait: timedelta | None = None) -> bool:
    """True when it is queued again."""
    if job.attempts >= MAX_ATTEMPTS:
        _fail(job, GaveUp(job.pk))
        return False
    return _back_to_queue(job.pk, JobState.BERJALAN, token=job.lease_token, wait=wait)


def _back_to_queue(
    pk: int, state: JobState, *, token: str | None = None, wait: timedelta | None = None, **changes: Any
) -> bool:
    with transaction.atomic():
        held = Job.objects.unscoped(_WHY).filter(pk=pk, state=state)
        if token is not None:
            held = held.filter(lease_token=token)
        if not held.update(state=JobState.ANTRE, lease_until=None, lease_token="", **changes):
            return False
        _deliver(pk, wait=wait)
    return True


def _deliver(pk: int, *, wait: timedelta | None = None) -> None:
    number = delivery.send(pk, not_before=timezone.now() + wait if wait else None)
    Job.objects.unscoped(_WHY).filter(pk=pk).update(delivery=number)
