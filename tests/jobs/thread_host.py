"""A small server without pages: starts the worker thread as wsgi.py does. Run by name from test_worker.py."""

import os
import sys
import time

import django
from django.core.management import call_command
from django.db import transaction

from bersinar import audit, jobs
from bersinar.access import Actor

ME = Actor.system("uji", office_id=1)


def counts(job, *, steps):
    for step in range(steps):
        job.progress(step + 1, steps)
        time.sleep(0.05)
    with transaction.atomic():
        audit.record(job.actor, "test.counted", steps=steps)
    return "/hasil/"


def row():
    from bersinar.jobs.models import Job

    return Job.objects.unscoped("test").get(kind="test.counts")


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


def is_under_way():
    job = row()
    return job.state == "BERJALAN" and job.done > 0


def say():
    job = row()
    sys.stdout.write(f"{job.state} {job.attempts} {job.done}/{job.total}\n")
    sys.stdout.flush()


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
    django.setup()
    jobs.handler("test.counts", title="Uji menghitung")(counts)
    step, count = sys.argv[1], int(sys.argv[2])
    if step == "prepare":
        for app in ("django_tasks_database", "jobs", "audit"):
            call_command("migrate", app, verbosity=0)
        call_command("migrate", "audit", database="audit", verbosity=0)
        jobs.enqueue("test.counts", by=ME, key="a", steps=count)
        return
    from bersinar.jobs.worker import start_thread

    start_thread()
    if step == "finish":
        until(lambda: row().state == "SELESAI")
    elif step == "leave":
        until(is_under_way)
    say()
    if step == "killed":
        until(is_under_way)
        say()
        time.sleep(60)


if __name__ == "__main__":
    main()
