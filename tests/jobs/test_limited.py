"""It runs a foreign parser in a process that can do no harm, and says in a sentence how it ended."""

import logging
import sys

import pytest

from bersinar.jobs.limited import LimitExceeded, run_limited

MODULE = "tests.jobs.misbehaving"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")


def run(what, stdin=b"", **limits):
    return run_limited(MODULE, stdin=stdin, arguments=[what], **limits)


def refused(what, **limits):
    with pytest.raises(LimitExceeded) as caught:
        run(what, **limits)
    assert str(caught.value)
    return caught.value.code


def test_gives_back_what_the_child_answers_to_bytes_and_to_a_file(tmp_path):
    path = tmp_path / "berkas"
    path.write_bytes(b"abc" * 100_000)
    assert run("echo", b"abc" * 100_000) == b"cba" * 100_000
    assert run("echo", path) == b"cba" * 100_000


def test_tells_the_child_nothing_about_the_installation(monkeypatch):
    monkeypatch.setenv("BERSINAR_DATABASE_URL", "postgresql://kunci")
    assert "BERSINAR" not in run("environment").decode()


@UNIX
def test_stops_a_child_that_eats_memory():
    assert refused("eats", memory_mb=256) == "jobs.too_large"


@UNIX
def test_stops_a_child_that_loops_for_ever():
    assert refused("loops", seconds=1) == "jobs.too_slow"


def test_stops_a_child_that_waits_for_ever(monkeypatch):
    monkeypatch.setattr("bersinar.jobs.limited._GRACE_SECONDS", 0.5)
    assert refused("sleeps", seconds=1) == "jobs.too_slow"


def test_stops_a_child_that_says_too_much():
    assert refused("floods", max_output=1_000_000) == "jobs.too_large"


def test_is_not_blocked_by_a_child_that_complains_a_lot():
    assert run("chatters") == b"ok"


def test_names_a_child_that_breaks_without_telling_what_stood_in_the_file(caplog):
    with caplog.at_level(logging.DEBUG):
        assert refused("raises", stdin=b"isi sel rahasia") == "jobs.crashed"
    assert "rahasia" not in caplog.text


@pytest.mark.parametrize("what", ["dies", "exits"])
def test_names_a_child_that_dies(what):
    assert refused(what) == "jobs.crashed"


@UNIX
def test_lets_the_child_write_no_file():
    assert refused("writes") == "jobs.crashed"
