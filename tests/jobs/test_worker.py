"""It runs jobs in a thread of the server, ends with it, and goes on after any kind of end."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bersinar.jobs import worker

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def host(tmp_path):
    """`host("finish")` runs one life of a server on a SQLite folder of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BERSINAR_")}
    environment["BERSINAR_DATA"] = str(tmp_path)

    def live(step, count=0):
        command = [sys.executable, "-m", "tests.jobs.thread_host", step, str(count)]
        return subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return live


def result(process):
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return out.split("\n")[0]


def test_runs_a_waiting_job_and_ends_with_the_server(host):
    result(host("prepare", 5))
    assert result(host("finish")) == "SELESAI 1 5/5"


def test_lets_the_server_end_in_the_middle_of_a_job_and_finishes_it_next_time(host):
    result(host("prepare", 100_000))
    started = time.monotonic()
    assert result(host("leave")).startswith("BERJALAN 1 ")
    assert time.monotonic() - started < 20
    assert result(host("leave")).startswith("BERJALAN 1 "), "an end of the server is no failed attempt"


def test_finishes_a_job_whose_server_was_killed(host):
    result(host("prepare", 60))
    process = host("killed")
    lines = [process.stdout.readline(), process.stdout.readline()]
    process.kill()
    process.communicate()
    assert lines[1].startswith("BERJALAN 1 ")
    assert result(host("finish")) == "SELESAI 2 60/60"


def test_goes_on_after_a_round_that_failed(monkeypatch):
    stopping = threading.Event()
    rounds = []

    def broken(self):
        rounds.append(1)
        if len(rounds) == 3:
            stopping.set()
        raise RuntimeError

    class Untouched:
        def close_all(self):
            pass

    monkeypatch.setattr(worker.Loop, "round", broken)
    monkeypatch.setattr(worker.actions, "sweep", lambda **options: 0)
    monkeypatch.setattr(worker, "_PAUSE_AFTER_FAULT", 0)
    monkeypatch.setattr(worker, "connections", Untouched())
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.Loop(stopping).run(only_worker=True)
    assert len(rounds) == 3


@pytest.mark.django_db
def test_refuses_a_second_writing_process_on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes many")
    with pytest.raises(CommandError, match="bersinar start"):
        call_command("worker", "--once")
