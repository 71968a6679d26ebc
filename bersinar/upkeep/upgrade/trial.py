"""The new version on a copy of the data: its tables made, everything counted, and a page opened by a real server."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from bersinar.upkeep.backup import sqlite
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.program import Program
from bersinar.upkeep.upgrade.errors import TrialFailed

DATABASES = ("audit", "main")
# What may be fewer afterwards: sessions end, deliveries are used up, Django keeps its own books.
_MAY_SHRINK = ("django_session", "django_tasks_db_", "django_content_type", "auth_permission", "jobs_")
_MUST_HOLD = ("database", "schema", "audit", "engine")
_PATIENCE = 180.0
_LOCALHOST = "127.0.0.1"


def run(program: Program, folder: Path) -> None:
    """Raise TrialFailed with the step and what was found; `folder` is scratch."""
    before = {name: sqlite.take(data() / f"{name}.sqlite3", folder / f"{name}.sqlite3") for name in DATABASES}
    _command(program, folder, "tabel", "start", "--setup", "--skip-backup")
    _examine(program, folder)
    for name, facts in before.items():
        after = sqlite.facts_at(folder / f"{name}.sqlite3")
        _compare(facts.rows, after.rows)
    _serve(program, folder)


def _command(program: Program, folder: Path, step: str, *words: str, fine: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(
        program.command(*words),
        env={**program.environment(), "BERSINAR_DATA": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in fine:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise TrialFailed(step, lines[-1][:200] if lines else str(done.returncode))
    return done.stdout


def _examine(program: Program, folder: Path) -> None:
    """Its own doctor; the copy has no files and no second place, so only what speaks of the databases counts."""
    said = _command(program, folder, "dokter", "doctor", "--json", fine=(0, 1, 2))
    try:
        found = [one for one in json.loads(said) if one["mood"] in ("WARN", "BAD")]
    except (ValueError, KeyError, TypeError) as error:
        raise TrialFailed("dokter", type(error).__name__) from error
    for one in found:
        if one["code"].removeprefix("doctor.").startswith(_MUST_HOLD):
            raise TrialFailed("dokter", one["code"])


def _compare(before: dict[str, int], after: dict[str, int]) -> None:
    """No row of an office may be gone."""
    for table, count in before.items():
        if after.get(table, 0) < count and not table.startswith(_MAY_SHRINK):
            raise TrialFailed("hitungan", f"{table}: {count} -> {after.get(table, 0)}")


def _serve(program: Program, folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind((_LOCALHOST, 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        program.command("start", "--no-browser", "--skip-backup", "--port", str(port)),
        env={**program.environment(), "BERSINAR_DATA": str(folder)},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_page(server, f"http://{_LOCALHOST}:{port}/akun/masuk/")
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for_page(server: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + _PATIENCE
    found = "?"
    while time.monotonic() < until:
        if server.poll() is not None:
            raise TrialFailed("halaman", str(server.returncode))
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  (our own loopback address)
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            raise TrialFailed("halaman", str(error.code)) from error
        except OSError as error:
            found = type(error).__name__
            time.sleep(0.25)
    raise TrialFailed("halaman", found)
