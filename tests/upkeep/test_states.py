"""The databases of every released state come forward: every table, every row that was there, and a chain that holds.

A state is stored at its release and never changed. A new release adds a folder here.
"""

import contextlib
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

import bersinar
from tests.support import postgresql
from tests.support.states import STATES, lay, query
from tests.support.versions import bersinar as command

pytestmark = pytest.mark.server
RELEASED = sorted(path.name for path in STATES.iterdir())
# Hash of what was stored. A changed file is a broken promise, not a new figure.
STORED = {
    "0.1.0": "d022cf993f0aeb41",
}
# Tables whose rows are Django's own books or belong to the moment.
OWN_BOOKS = ("django_", "auth_permission", "sqlite_")
WORDS = "from bersinar.upkeep.backup import keys; print(' '.join(keys.unprinted_words()))"
GREATER = {"audit_event", "audit_eventcounter"}


def sum_of(state):
    files = sorted((STATES / state).iterdir())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def content(folder):
    """Every row of every table of ours by the columns it had, as text."""
    found = {}
    for name in ("main", "audit"):
        with contextlib.closing(sqlite3.connect(folder / f"{name}.sqlite3")) as database:
            tables = [
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for table in tables:
                if not table.startswith(OWN_BOOKS):
                    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
                    rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                    found[table] = (columns, [dict(zip(columns, row, strict=True)) for row in rows])
    return found


@pytest.fixture(scope="module", params=RELEASED)
def forward(request, tmp_path_factory):
    """A stored state before and after this version has started on it."""
    folder = lay(tmp_path_factory.mktemp("state") / "data", request.param)
    before = content(folder)
    started = command(folder, "start", "--setup")
    assert started.returncode == 0, started.stderr
    return folder, before, content(folder), started.stdout


def test_no_stored_state_was_changed():
    assert {state: sum_of(state) for state in RELEASED} == STORED
    assert sum(path.stat().st_size for path in STATES.rglob("*") if path.is_file()) < 300_000 * len(RELEASED)


def test_this_version_is_told_once():
    project = (Path(bersinar.__file__).parents[1] / "pyproject.toml").read_text()
    assert f'version = "{bersinar.__version__}"' in project


def test_a_copy_was_made_before_the_tables_changed(forward):
    folder, _before, _after, said = forward
    copies = [path.name for path in (folder / "backups").iterdir() if path.name.endswith("-pembaruan")]
    changed = "Menyiapkan tabel" in said
    assert bool(copies) is changed


def test_every_row_came_along_unchanged(forward):
    _folder, before, after, _said = forward
    assert set(before) <= set(after)
    for table, (columns, rows) in before.items():
        now_columns, now_rows = after[table]
        kept = [column for column in columns if column in now_columns]
        assert kept, table
        present = {json.dumps([row[column] for column in kept], default=str) for row in now_rows}
        missing = [
            row for row in rows if json.dumps([row[column] for column in kept], default=str) not in present
        ]
        if table not in GREATER and table != "jobs_job":
            assert not missing, (table, missing[:1])
        assert len(now_rows) >= len(rows), table


def test_the_new_tables_hold_and_the_chain_too(forward):
    folder, *_rest = forward
    for name in ("main", "audit"):
        assert query(folder / f"{name}.sqlite3", "PRAGMA integrity_check") == [("ok",)]
        assert query(folder / f"{name}.sqlite3", "PRAGMA foreign_key_check") == []
    told = command(folder, "audit", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads(command(folder, "doctor", "--json").stdout)
    assert not [one for one in found if one["mood"] == "BAD"], found


def test_what_it_tells_is_what_it_told(forward):
    """The story's own figures: a published number must not change with a version."""
    folder, *_rest = forward
    ask = (
        "from collections import Counter; "
        "from bersinar.programme.models import Commitment, ProgrammeYear; "
        "from bersinar.mapping.models import VillageResult; "
        "runs = VillageResult.objects.unscoped('a test').filter(run_id=3); "
        "print('ada', ProgrammeYear.objects.unscoped('a test').count(), Commitment.objects.unscoped('a test').count(),"
        " sorted(Counter(runs.values_list('severity', flat=True)).items()))"
    )
    told = command(folder, "shell", "-v0", "-c", ask)
    assert told.stdout.strip() == "ada 6 13 [(-1, 46), (0, 5), (1, 34), (2, 3)]", told.stderr


def test_it_loads_into_postgresql_and_comes_back_by_a_copy(forward, tmp_path):
    """The same rows there, a copy made there, and that copy opened here with the words."""
    folder, *_rest = forward
    office = tmp_path / "data"
    shutil.copytree(folder, office)
    with postgresql.server(16) as addresses:
        url = addresses["BERSINAR_DATABASE_URL"]
        moved = command(office, "move-to-postgres", url, "--commit")
        assert moved.returncode == 0, moved.stdout + moved.stderr
        made = command(office, "backup", "now")
        assert made.returncode == 0, made.stderr
        doctor = json.loads(command(office, "doctor", "--json").stdout)
        assert "doctor.postgresql" in {one["code"] for one in doctor}
        words = command(office, "shell", "-v0", "-c", WORDS).stdout
    home = tmp_path / "pulih"
    copy = next(iter(sorted((office / "backups").glob("*-diminta"))))
    restored = command(home, "restore", str(copy), given=words)
    assert restored.returncode == 0, restored.stderr
    before, after = content(folder), content(home)
    for table, (_columns, rows) in before.items():
        assert len(after[table][1]) >= len(rows), table
    assert command(home, "audit", "verify").returncode == 0
