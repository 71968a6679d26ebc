"""A new version is used only after it has passed on a copy; until then, and after any kill, the old one goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bersinar.upkeep import program
from tests.support import versions
from tests.support.server import REPOSITORY, Server, environment
from tests.support.states import query
from tests.support.versions import NEWER, bersinar, prepared_clone, wheel

pytestmark = pytest.mark.server


def version_in_use(office):
    """Asked from the folder of the older clone, where a person may well stand."""
    ask = "import bersinar; print('versi', bersinar.__version__)"
    told = bersinar(office, "shell", "-v0", "-c", ask, cwd=REPOSITORY)
    return told.stdout.strip().removeprefix("versi "), told.stderr


def entries(office):
    return query(office / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry")[0][0]


def test_a_clone_that_passes_is_used_from_the_next_command_on(office, tmp_path):
    clone = prepared_clone(tmp_path / "baru")
    done = bersinar(office, "upgrade", str(clone))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sudah dibuka kembali: cocok" in done.stdout and NEWER in done.stdout
    # The office's own data was not touched yet, and the copy from before is there.
    assert not query(office / "main.sqlite3", "SELECT 1 FROM sqlite_master WHERE name = 'territory_later'")
    assert version_in_use(office)[0] == NEWER
    # Before its tables change, one may go back; afterwards the old version would misread them, and it says so.
    assert bersinar(office, "upgrade", "--back").returncode == 0
    assert version_in_use(office)[0] == program.own().version
    assert bersinar(office, "upgrade", "--back").returncode == 0
    started = bersinar(office, "start", "--setup")
    assert started.returncode == 0 and "sebelum pembaruan" in started.stdout, started.stderr
    assert query(office / "main.sqlite3", "SELECT 1 FROM sqlite_master WHERE name = 'territory_later'")
    refused = bersinar(office, "upgrade", "--back")
    assert "[upgrade.tables_are_newer]" in refused.stderr and "-pembaruan" in refused.stderr
    assert version_in_use(office)[0] == NEWER and entries(office) == 4576


def test_a_wheel_goes_into_an_environment_of_its_own(office, tmp_path):
    done = bersinar(office, "upgrade", str(wheel(tmp_path)))
    assert done.returncode == 0, done.stdout + done.stderr
    marker = program.read(office)
    assert Path(marker.program.python).is_relative_to(office / "program") and marker.program.path == ""
    assert version_in_use(office)[0] == NEWER


@pytest.mark.parametrize(
    "operation, code", [("LOSES", "hitungan"), ("BREAKS", "tabel")], ids=["loses rows", "does not migrate"]
)
def test_a_version_that_fails_on_the_copy_is_not_used(office, tmp_path, operation, code):
    clone = prepared_clone(tmp_path / "baru", getattr(versions, operation))
    refused = bersinar(office, "upgrade", str(clone))
    assert refused.returncode == 1 and "[upgrade.trial_failed]" in refused.stderr
    assert f"“{code}”" in refused.stderr and "tetap dipakai" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert version_in_use(office)[0] == program.own().version and entries(office) == 4576
    assert not (office / "program" / ".percobaan").exists()


def test_a_version_whose_pages_break_is_not_used(office, tmp_path):
    clone = prepared_clone(tmp_path / "baru")
    views = clone / "bersinar" / "accounts" / "urls.py"
    views.write_text(views.read_text() + "\nraise RuntimeError('rusak')\n")
    refused = bersinar(office, "upgrade", str(clone))
    assert refused.returncode == 1 and "[upgrade.trial_failed]" in refused.stderr, refused.stderr
    assert version_in_use(office)[0] == program.own().version


def test_what_is_no_version_is_refused(office, tmp_path):
    refused = bersinar(office, "upgrade", str(tmp_path))
    assert "[upgrade.not_a_program]" in refused.stderr
    broken = tmp_path / "bersinar-1-py3-none-any.whl"
    broken.write_bytes(b"bukan")
    refused = bersinar(office, "upgrade", str(broken))
    assert "[upgrade.not_installed]" in refused.stderr and program.read(office) is None
    assert not list((office / "program").glob("versi-*"))


def test_killed_at_any_step_one_of_the_two_starts(office, tmp_path):
    clone = prepared_clone(tmp_path / "baru")
    for marks in ("1/4", "2/4", "3/4", "4/4"):
        upgrade = subprocess.Popen(
            [sys.executable, "-u", "-m", "bersinar", "upgrade", str(clone)],
            cwd=tmp_path,
            env={
                **environment(),
                "BERSINAR_DATA": str(office),
                "PYTHONPATH": str(REPOSITORY),
                "PYTHONUNBUFFERED": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        for line in upgrade.stdout:
            if line.startswith(marks):
                break
        os.killpg(upgrade.pid, signal.SIGKILL)
        upgrade.wait()
        used, said = version_in_use(office)
        assert used in (program.own().version, NEWER), said
    assert entries(office) == 4576
    done = bersinar(office, "upgrade", str(clone))
    assert done.returncode == 0, done.stderr
    assert version_in_use(office)[0] == NEWER


def test_a_version_changed_by_other_means_outranks_the_upgrade(office, tmp_path):
    marker = {
        "program": {"version": "9", "python": str(tmp_path / "tidak-ada"), "path": ""},
        "previous": {"version": "8", "python": sys.executable, "path": ""},
        "base": program.identity(),
    }
    (office / "program").mkdir()
    (office / "program" / program.MARKER).write_text(json.dumps(marker))
    assert version_in_use(office)[0] == program.own().version
    marker["program"]["python"] = sys.executable
    marker["base"] = "versi lain"
    (office / "program" / program.MARKER).write_text(json.dumps(marker))
    assert version_in_use(office)[0] == program.own().version
    (office / "program" / program.MARKER).write_text("{")
    assert version_in_use(office)[0] == program.own().version


def test_an_upgrade_waits_for_nobody(office, tmp_path):
    """While the server runs it refuses, before anything is copied."""
    server = Server(office, demo=False).start()
    began = time.monotonic()
    try:
        clone = prepared_clone(tmp_path / "baru")
        refused = bersinar(office, "upgrade", str(clone))
    finally:
        server.kill()
    assert refused.returncode == 3 and "sudah berjalan" in refused.stderr
    assert time.monotonic() - began < 120 and program.read(office) is None
