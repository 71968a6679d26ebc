"""The only place that touches the task library: it carries a job's number to a worker, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from bersinar.jobs import tasks, wake

_KEEP = timedelta(days=7)
# Longer than any pause between two attempts.
_LONGEST_WAIT = timedelta(minutes=10)


def send(pk: int, *, not_before: datetime | None) -> str:
    """One delivery in the same database and transaction as the job itself; returns its number."""
    task = tasks.deliver if not_before is None else tasks.deliver.using(run_after=not_before)
    sent = task.enqueue(pk)
    transaction.on_commit(wake.now)
    return str(sent.id)


def without_delivery(waiting: Iterable[tuple[int, str]], taken_before: datetime) -> list[int]:
    """Jobs whose delivery is gone, is used up, or was taken by a worker that never claimed the job."""
    numbers = dict(waiting)
    coming = DBTaskResult.objects.filter(id__in=[number for number in numbers.values() if number])
    alive = {str(found.id) for found in coming if _is_alive(found, taken_before)}
    return [pk for pk, number in numbers.items() if number not in alive]


def _is_alive(found: DBTaskResult, taken_before: datetime) -> bool:
    if found.status == "READY":
        # A clock that was set back would let it wait for a day.
        due: datetime = found.run_after
        return due == get_date_max() or due < timezone.now() + _LONGEST_WAIT
    return found.status == "RUNNING" and found.started_at is not None and found.started_at >= taken_before


def prune(now: datetime) -> None:
    """Forget used deliveries after a week."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - _KEEP).delete()
