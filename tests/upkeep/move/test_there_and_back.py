"""An office moves to PostgreSQL and back, whole; whatever stands in the way leaves it where it is."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from bersinar.upkeep.platform import InstanceLock
from tests.support.faults.counts import WHOLE
from tests.support.server import REPOSITORY, environment

pytestmark = pytest.mark.server


def contents(folder):
    """Every table of both files as SQLite itself tells it, without any code of the move."""
    found = {}
    for name in ("main", "audit"):
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if table not in ("django_migrations", "sqlite_stat1"):
                    rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                    found[name, table] = sorted(map(repr, rows))
    return found


def digests(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.sqlite3"))
    }


def nothing_moved(office, before):
    assert digests(office) == before
    assert not (office / "bersinar.env").exists()


def test_there_and_back_every_byte_is_the_same(office, target, command):
    before = contents(office)
    assert len(before["main", "fieldwork_entry"]) == 299
    moved = command("move-to-postgres", target, "--commit")
    assert moved.returncode == 0, moved.stderr
    assert (office / "bersinar.env").read_text() == f"BERSINAR_DATABASE_URL={target}\n"
    assert not list(office.glob("*.sqlite3"))

    with psycopg.connect(target) as database:
        # The number of the row that is gone is not given again.
        highest, following = database.execute(
            "SELECT max(id), nextval(pg_get_serial_sequence('fieldwork_entry', 'id')) FROM fieldwork_entry"
        ).fetchone()
        assert (highest, following) == (299, 301)
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            database.execute("DELETE FROM audit_event")
    assert command("audit", "verify").returncode == 0

    back = command("move-to-sqlite", "--commit")
    assert back.returncode == 0, back.stderr
    assert (office / "bersinar.env").read_text() == ""
    after = contents(office)
    # JSON may be spelled another way, and the number that was just drawn above stays drawn.
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {("main", "sqlite_sequence"), ("main", "territory_boundaryset")}
    assert set(after) == set(before)
    with closing(sqlite3.connect(office / "main.sqlite3")) as database:
        said = database.execute("SELECT json_extract(report, '$.a') FROM territory_boundaryset").fetchone()[0]
        assert json.loads(said) == [100, -0.5, "kata “kutip”", None, True, {"b": 2}]
    assert command("audit", "verify").returncode == 0

    # A server may not serve what is out of date.
    served = command("start", "--setup", BERSINAR_DATABASE_URL=target)
    assert served.returncode == 5 and "upkeep.database_gone" in served.stderr


def test_without_commit_nothing_changes(office, target, command):
    before = digests(office)
    tried = command("move-to-postgres", target)
    assert tried.returncode == 0 and "Belum ada yang dipindahkan" in tried.stdout, tried.stderr
    nothing_moved(office, before)
    with psycopg.connect(target) as database:
        assert database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (
            0,
        )


def test_it_refuses_while_a_server_runs(office, target, command):
    before = digests(office)
    with InstanceLock(office):
        refused = command("move-to-postgres", target, "--commit")
    assert refused.returncode == 3 and "sudah berjalan" in refused.stderr
    nothing_moved(office, before)


def test_it_refuses_a_database_that_is_not_empty(office, target, command):
    with psycopg.connect(target, autocommit=True) as database:
        database.execute("CREATE TABLE milik_orang_lain (id int)")
    before = digests(office)
    refused = command("move-to-postgres", target, "--commit")
    assert refused.returncode == 1 and "move.not_empty" in refused.stderr
    nothing_moved(office, before)


def test_it_refuses_a_database_that_somebody_uses(office, target, command):
    before = digests(office)
    with psycopg.connect(target):
        refused = command("move-to-postgres", target, "--commit")
    assert refused.returncode == 1 and "move.in_use" in refused.stderr
    nothing_moved(office, before)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("PRAGMA foreign_keys=OFF; UPDATE fieldwork_round SET office_id = 987654", "23503"),
        ("CREATE TABLE catatan_lama (id integer)", "catatan_lama"),
    ],
    ids=["points nowhere", "unknown table"],
)
def test_what_cannot_be_kept_there_stays_here(office, target, command, damage, said):
    with closing(sqlite3.connect(office / "main.sqlite3")) as database:
        database.executescript(damage)
    before = digests(office)
    refused = command("move-to-postgres", target, "--commit")
    assert refused.returncode == 1 and said in refused.stderr, refused.stderr
    nothing_moved(office, before)


@pytest.mark.parametrize("moment", ["Membandingkan", "Menyiapkan tabel"][: 2 if WHOLE else 1])
def test_killed_half_way_it_is_begun_again(office, target, command, moment):
    before = digests(office)
    kill_at(moment, office, "move-to-postgres", target, "--commit")
    nothing_moved(office, before)
    # Nobody is served what was half copied.
    served = command("start", "--setup", BERSINAR_DATABASE_URL=target)
    assert served.returncode == 5 and "upkeep.half_copied" in served.stderr
    again = command("move-to-postgres", target, "--commit")
    assert again.returncode == 0, again.stderr
    assert command("audit", "verify").returncode == 0


def kill_at(moment, folder, *words):
    """kill -9 of the command and its children as soon as it says this."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bersinar", *words],
        cwd=REPOSITORY,
        env={**environment(), "BERSINAR_DATA": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stdout:
        if line.startswith(moment):
            os.killpg(process.pid, signal.SIGKILL)
            break
    process.wait()
    assert process.returncode == -signal.SIGKILL
