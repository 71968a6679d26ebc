"""The one task the task library knows."""

from __future__ import annotations

from django_tasks import task


@task()
def deliver(pk: int) -> None:
    """Run the job with this number, if it still waits."""
    from bersinar.jobs import worker

    worker.run_delivered(pk)
