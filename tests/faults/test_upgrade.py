"""An upgrade killed between any two statements: the next start brings it to the same end."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.faults.counts import WHOLE
from tests.support.faults.mortal import Mortal
from tests.support.states import STATES, lay

pytestmark = pytest.mark.server

RELEASED = sorted(path.name for path in STATES.iterdir())
# Django's own books, and the days and numbers of the moment itself; what people stored must be the same.
_OF_THE_MOMENT = ("django_", "auth_permission", "sqlite_", "audit_", "accounts_session")


@pytest.mark.parametrize("state", RELEASED)
def test_a_killed_upgrade_ends_as_if_nothing_had_happened(tmp_path, told, state):
    folder = lay(tmp_path / "data", state)
    before = tmp_path / "before"
    shutil.copytree(folder, before)
    with Mortal(folder) as product:
        assert product.upgrade(dying_at=-1) == "whole"
        number = int((folder / "statements").read_text())
        wanted = content(folder)
        places = range(number) if WHOLE else sorted(random.Random(11).sample(range(number), 20))
        for place in places:
            lay_anew(folder, before)
            assert product.upgrade(dying_at=place) == "the product ended with -9"
            assert product.open_and_verify() == "whole"
            assert content(folder) == wanted, f"killed before statement {place}"
    told(
        f"upgrade of {state}: killed before {len(places)} of {number} statements, each started again to the same end"
    )


def lay_anew(folder: Path, before: Path) -> None:
    """The databases alone: what else lies in the folder is made once and stays."""
    for path in folder.glob("*.sqlite3*"):
        path.unlink()
    for path in before.glob("*.sqlite3*"):
        shutil.copy(path, folder)


def content(folder: Path) -> dict[str, str]:
    """Every table's shape and rows as one number."""
    found = {}
    for name in ("main", "audit"):
        with closing(sqlite3.connect(f"file:{folder / name}.sqlite3?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            for table, shape in tables:
                if not table.startswith(_OF_THE_MOMENT):
                    rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                    told = repr((shape, sorted(map(repr, rows))))
                    found[f"{name}.{table}"] = hashlib.sha256(told.encode()).hexdigest()
    return found
