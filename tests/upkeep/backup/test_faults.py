"""Killed, cut off, or with one bit turned: a bad copy is never called good, and the last good one stays."""

import contextlib
import json
import os
import random
import shutil
import signal
import threading
import time
from datetime import UTC, datetime

import pytest

from bersinar.upkeep.backup import copies, keys, making, places, restoring, second
from bersinar.upkeep.backup.errors import (
    BackupRunning,
    CopyDamaged,
    NotVerified,
    SourceDamaged,
    TooLittleSpace,
)
from bersinar.upkeep.backup.vocabulary import Reason
from tests.support.faults.counts import few_or
from tests.support.states import query, store_file


def secret():
    return keys.identity_of(" ".join(keys.unprinted_words()))


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_no_kill_leaves_a_copy_that_counts_and_does_not_open(data):
    """The child is killed at a random moment of a run that would last about that long, on whatever machine."""
    started = time.monotonic()
    first = making.make(Reason.DAILY)
    lasting = time.monotonic() - started
    identity = secret()
    draw = random.Random(4)
    unfinished = 0
    for number in range(few_or(100)):
        store_file(data, f"baru {number}".encode() * 5000)
        child = os.fork()
        if not child:
            with contextlib.suppress(BaseException):
                making.make(Reason.ASKED)
            os._exit(0)
        killer = threading.Timer(draw.uniform(0.005, lasting), os.kill, (child, signal.SIGKILL))
        killer.start()
        _pid, status = os.waitpid(child, 0)
        killer.cancel()
        unfinished += os.WIFSIGNALED(status)
        for copy in copies.listing(places.local()):
            if copy.counts:
                assert copies.damage(places.local(), copy) == []
    assert unfinished > few_or(100) // 3
    last = copies.last_verified(places.local())
    assert last is not None and last.name >= first.name
    # Every one that counts opens with the paper; and the next run clears what the kills left.
    scratch = data.parent / "buka"
    scratch.mkdir()
    assert restoring.open_into(last, identity, scratch).files >= 40
    making.make(Reason.ASKED)
    assert not [path for path in places.local().iterdir() if path.name.startswith(".")]


def test_one_turned_bit_is_found(data):
    copy = making.make(Reason.DAILY)
    place = places.local()
    identity = secret()
    files = [
        path for path in (*copy.path.iterdir(), *(place / copies.STORE).rglob("*.age")) if path.is_file()
    ]
    draw = random.Random(5)
    for _time in range(few_or(1000)):
        path = draw.choice(files)
        before = path.read_bytes()
        at = draw.randrange(len(before))
        path.write_bytes(before[:at] + bytes([before[at] ^ (1 << draw.randrange(8))]) + before[at + 1 :])
        found = copies.at(copy.path)
        assert copies.damage(place, found), path
        path.write_bytes(before)
    assert copies.damage(place, copies.at(copy.path)) == []
    # What a person restores is checked by the seal itself, whatever the lists say.
    for name in ("main.age", "audit.age", "rest.age", "contents.age"):
        path = copy.path / name
        before = path.read_bytes()
        path.write_bytes(before[:-40] + bytes([before[-40] ^ 1]) + before[-39:])
        with pytest.raises(CopyDamaged):
            restoring.restore(copies.Copy(copy.path, copy.made_at, copy.reason, None), identity, data)
        path.write_bytes(before)
    assert query(data / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry") == [(4576,)]


@pytest.mark.parametrize(
    "part", ["main.age", "audit.age", "rest.age", "contents.age", "files.json", "copy.json"]
)
def test_a_part_cut_off_does_not_count(data, part):
    copy = making.make(Reason.DAILY)
    path = copy.path / part
    os.truncate(path, path.stat().st_size - 1)
    assert not copies.at(copy.path).counts
    assert copies.last_verified(places.local()) is None


def test_a_broken_database_makes_no_copy_and_keeps_the_old_ones(data):
    first = making.make(Reason.DAILY)
    with (data / "main.sqlite3").open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 4096 * 3)
    with pytest.raises((SourceDamaged, NotVerified)):
        making.make(Reason.ASKED)
    assert [copy.name for copy in copies.listing(places.local()) if copy.counts] == [first.name]


def test_a_broken_seal_of_the_audit_makes_no_copy_that_counts(data):
    query(data / "audit.sqlite3", "DROP TRIGGER audit_sealedevent_append_only")
    query(data / "audit.sqlite3", "UPDATE audit_sealedevent SET body = body || ' ' WHERE seq = 40")
    with pytest.raises(NotVerified, match="audit 40"):
        making.make(Reason.ASKED)
    assert not [copy for copy in copies.listing(places.local()) if copy.counts]


def test_too_little_room_is_said_before_anything_is_written(data, monkeypatch):
    monkeypatch.setattr(places, "free_bytes", lambda folder: 1024 * 1024)
    with pytest.raises(TooLittleSpace, match="tersisa 1 MB"):
        making.make(Reason.ASKED)
    assert copies.listing(places.local()) == []


def test_two_at_once_are_refused(data):
    with making._alone(places.local()), pytest.raises(BackupRunning):
        making.make(Reason.ASKED)


def test_one_rotten_upload_keeps_nothing_else_away(data):
    rotten = store_file(data, b"foto")
    (data / "files" / rotten[:2] / rotten).write_bytes(b"rusak")
    copy = making.make(Reason.ASKED)
    assert json.loads((copy.path / copies.VERIFIED).read_text())["files_damaged"] == 1
    # One that was stored while it was whole comes back whole.
    good = store_file(data, b"foto yang baik")
    making.make(Reason.ASKED)
    (data / "files" / good[:2] / good).write_bytes(b"rusak juga")
    newest = making.make(Reason.ASKED)
    scratch = data.parent / "buka"
    scratch.mkdir()
    found = restoring.open_into(newest, secret(), scratch)
    assert (scratch / "files" / good[:2] / good).read_bytes() == b"foto yang baik"
    assert found.files == 41


def test_a_restore_cut_between_its_two_moves_is_finished_by_the_next_start(data, monkeypatch):
    copy = making.make(Reason.ASKED)
    identity = secret()
    monkeypatch.setattr(restoring, "_swap", lambda data, ready: None)
    restoring.restore(copy, identity, data)
    monkeypatch.undo()
    aside = data.rename(data.with_name(data.name + ".lama-20260101-000000"))
    data.mkdir()  # as asking for the data folder does
    (data / "secret_key").write_text("baru")
    assert restoring.finish_interrupted(data)
    assert query(data / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry") == [(4576,)]
    assert (data / "secret_key").read_text() == "kunci-sesi"
    assert copies.last_verified(data / "backups").name == copy.name
    assert not (aside / "backups").exists()
    assert not restoring.finish_interrupted(data)


def test_the_newer_of_two_copies_of_one_second_is_the_newest(data, monkeypatch):
    monkeypatch.setattr(making.timezone, "now", lambda: datetime(2026, 11, 25, 5, 30, tzinfo=UTC))
    for reason in (Reason.DAILY, Reason.ASKED):
        made = making.make(reason)
        assert copies.last_verified(places.local()).name == made.name


def test_the_second_folder_counts_only_what_it_read_back(data, tmp_path, monkeypatch):
    stick = tmp_path / "usb"
    stick.mkdir()
    places.choose_second(str(stick))
    copy = making.make(Reason.DAILY)
    there = copies.last_verified(places.second())
    assert there is not None and there.name == copy.name and copies.damage(places.second(), there) == []
    # A disk that keeps other bytes than it was given.
    whole = second.sha256_of
    monkeypatch.setattr(
        second, "sha256_of", lambda path: whole(path)[::-1] if path.suffix == ".tulis" else whole(path)
    )
    store_file(data, b"lagi")
    making.make(Reason.ASKED)
    assert places.chosen().failed == "backup.not_verified"
    assert copies.last_verified(places.second()).name == copy.name
    monkeypatch.undo()
    # Pulled out: its folder is not made anew on this disk, and the first copy counts all the same.
    shutil.move(stick, tmp_path / "dicabut")
    newest = making.make(Reason.ASKED)
    assert newest.counts and places.chosen().failed == "backup.second_absent" and not stick.exists()
