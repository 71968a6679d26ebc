"""A small office on SQLite with one row of every kind of value that the databases write differently."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from tests.support import postgresql
from tests.support.moved import bersinar
from tests.support.server import REPOSITORY, environment

BUILD = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
import django
django.setup()
from django.core.management import call_command
for database in ("default", "audit"):
    call_command("migrate", database=database, verbosity=0)
from bersinar.territory import actions as territory
from bersinar.territory.models import BoundaryFile, BoundarySet
from bersinar.territory.vocabulary import OfficeKind
from bersinar.fieldwork.actions import open_round
from bersinar.access import Role, Section
from tests.support.people import person
from bersinar.audit.actions import seal
territory.load_regions(provinces=("19",))
office = territory.open_office(
    kind=OfficeKind.BNNK, name="BNNK Belitung", prefixes=("19.02", "19.06"), seat="Tanjungpandan"
)
by = person("p2m", Role.STAF, Section.P2M, office=office)
open_round(year=2026, title="Pendataan", by=by)
shapes = BoundarySet.objects.bulk_create([
    BoundarySet(office=office, name="a", attribution="b", file_name="c", sha256="d",
                report={"z": 1.0, "a": [1e2, -0.5, "kata \\u201ckutip\\u201d", None, True, {"b": 2}]})
])[0]
BoundaryFile.objects.bulk_create([BoundaryFile(boundary_set=shapes, content=bytes(range(256)))])
seal()
"""
# Numbers that a binary fraction cannot hold, moments with and without a fraction, and a number whose row is gone.
ODD = """
INSERT INTO fieldwork_entry (round_id, village_id, indicator, is_sensitive, state, value, reason, note, source_type,
    origin, sheet, "column", client_key, entered_at, entered_by_name)
SELECT 1, id, 'P1', 0, 'TERISI', printf('%.4f', 0.1 + id / 10000.0), '',
    'baris' || char(10) || char(9) || '\\N', 'LAPANGAN', 'DIKETIK', '', '', '',
    CASE WHEN id % 2 THEN '2026-11-25 01:02:03' ELSE '2026-11-25 01:02:03.120000' END, 'Budi'
FROM territory_village LIMIT 300;
DELETE FROM fieldwork_entry WHERE id = (SELECT max(id) FROM fieldwork_entry);
"""


@pytest.fixture(scope="session")
def small_office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small-office")
    built = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=REPOSITORY,
        env={**environment(), "BERSINAR_DATA": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    with closing(sqlite3.connect(folder / "main.sqlite3")) as database:
        database.executescript(ODD)
    return folder


@pytest.fixture
def office(small_office, tmp_path):
    folder = tmp_path / "kantor"
    shutil.copytree(small_office, folder)
    return folder


@pytest.fixture(scope="module")
def addresses():
    with postgresql.server(16) as found:
        yield found


@pytest.fixture
def target(addresses):
    """The address of an empty database; the audit's is made by the move."""
    url = addresses["BERSINAR_DATABASE_URL"]
    with psycopg.connect(url.replace("/bersinar?", "/postgres?"), autocommit=True) as server:
        for name in ("kantor_audit", "kantor"):
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute("CREATE DATABASE kantor")
    return url.replace("/bersinar?", "/kantor?")


@pytest.fixture
def command(office):
    """`command("move-to-postgres", …)` on this office's folder."""
    return lambda *words, **more: bersinar(*words, folder=office, **more)
