"""Trouble of the disk is recognised by whatever tells of it, and a failed disk is written to no more."""

from __future__ import annotations

import errno
import threading

import pytest
from django.db import ConnectionHandler, DatabaseError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from bersinar.config import environment, storage
from bersinar.config.sqlite import base


@pytest.fixture
def working_disk(monkeypatch):
    """A process of its own as far as the disk is concerned."""
    monkeypatch.setattr(storage, "_failed", threading.Event())
    monkeypatch.setattr(storage, "_looked", None)


@pytest.fixture
def database(tmp_path, working_disk, django_db_blocker):
    """A connection as an office has it, to a file."""
    connection = ConnectionHandler({"default": environment._file(tmp_path / "main.sqlite3")})["default"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE paper (text TEXT)")
        yield connection
        connection.close()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "no space"), storage.FULL),
        (OSError(errno.EIO, "input/output error"), storage.FAILED),
        (OperationalError("database or disk is full"), storage.FULL),
        (OperationalError("disk I/O error"), storage.FAILED),
        (OperationalError("attempt to write a readonly database"), storage.FAILED),
        (OperationalError("no such table: paper"), None),
        (OSError(errno.ENOENT, "not there"), None),
        (None, None),
    ],
)
def test_it_knows_trouble_of_the_disk_by_its_words(error, code):
    assert storage.code_of(error) == code


def test_it_looks_behind_the_error_it_is_given():
    error = RuntimeError("the letter was not printed")
    error.__cause__ = OSError(errno.ENOSPC, "no space")
    assert storage.code_of(error) == storage.FULL


@pytest.mark.parametrize("code", list(storage.STATUS))
def test_every_sentence_says_what_is_safe_and_what_to_do(code):
    said = storage.sentence(code)
    assert "Yang sudah tersimpan aman" in said and said.count(".") >= 3


def test_an_office_syncs_every_commit_and_writes_its_log_back_itself(database):
    with database.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "wal_autocheckpoint",
                "journal_size_limit",
                "mmap_size",
            )
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "wal_autocheckpoint": 0,
        "journal_size_limit": base.LONG_LOG,
        "mmap_size": 0,
    }


def insert(database, text: str) -> None:
    database.set_autocommit(False)
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO paper VALUES (?)", [text])
    database.commit()
    database.set_autocommit(True)


def test_a_long_log_is_written_back_after_a_commit(database, tmp_path):
    for _time in range(3):
        insert(database, "x" * 5_000_000)
    # The log is begun anew each time and so holds one of the three; the table holds all.
    log = tmp_path / "main.sqlite3-wal"
    assert log.stat().st_size < 8_000_000 and (tmp_path / "main.sqlite3").stat().st_size > 14_000_000


def test_a_log_that_was_long_once_is_not_written_back_at_every_commit(database, tmp_path):
    insert(database, "x" * 5_000_000)
    tables = tmp_path / "main.sqlite3"
    before = tables.stat().st_mtime_ns
    for number in range(20):
        insert(database, str(number))
    assert tables.stat().st_mtime_ns == before
    for number in range(base._MANY_COMMITS):
        insert(database, str(number))
    assert tables.stat().st_mtime_ns > before


def test_after_a_failed_disk_it_reads_and_does_not_write(database):
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO paper VALUES ('before')")
    storage.fail()
    with database.cursor() as cursor:
        assert cursor.execute("SELECT text FROM paper").fetchall() == [("before",)]
        with pytest.raises(DatabaseError, match="readonly"):
            cursor.execute("INSERT INTO paper VALUES ('after')")


def test_a_form_is_refused_before_the_disk_is_full_and_signing_in_is_not(settings, working_disk):
    settings.BERSINAR_KEEP_FREE_MB = 1 << 40
    guard = storage.DiskGuardMiddleware(lambda request: HttpResponse())
    asked = RequestFactory()
    refused = guard.process_view(asked.post("/kegiatan/1/janji/"), None, (), {})
    assert refused is not None and refused.status_code == 507
    assert "Ruang disk hampir habis" in refused.content.decode()
    assert guard.process_view(asked.get("/kegiatan/"), None, (), {}) is None
    assert guard.process_view(asked.post("/akun/masuk/"), None, (), {}) is None


def test_a_script_gets_the_sentence_it_can_show(settings, working_disk):
    settings.BERSINAR_KEEP_FREE_MB = 1 << 40
    guard = storage.DiskGuardMiddleware(lambda request: HttpResponse())
    request = RequestFactory().post("/data/putaran/1/sel/", headers={"accept": "application/json"})
    refused = guard.process_view(request, None, (), {})
    assert refused is not None and refused.headers["Content-Type"] == "application/json"
    assert storage.NEARLY_FULL in refused.content.decode()
