"""Commands of the product on a database that is not the one in use: each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bersinar.config import environment
from bersinar.upkeep.move.errors import AuditBroken, TablesNotMade


def on_postgresql(main: str, audit: str) -> dict[str, str]:
    """An environment in which everything happens there."""
    return {**os.environ, environment.MAIN_URL: main, environment.AUDIT_URL: audit}


def on_sqlite(folder: Path) -> dict[str, str]:
    """An environment in which everything happens in the files of this folder. An empty line outranks the file's."""
    return {
        **os.environ,
        environment.MAIN_URL: "",
        environment.AUDIT_URL: "",
        "BERSINAR_DATA": str(folder),
    }


def make_tables(where: dict[str, str]) -> None:
    for database in ("default", "audit"):
        done = _run(where, "migrate", "--database", database, "--no-input", "--verbosity", "0")
        if done.returncode:
            raise TablesNotMade(_last_line(done.stderr))


def verify_audit(where: dict[str, str]) -> None:
    """The chain as it stands in the new place; raise when it does not hold there."""
    done = _run(where, "audit", "verify")
    if done.returncode:
        raise AuditBroken(_last_line(done.stdout + done.stderr))


def _run(where: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    root = Path(environment.__file__).resolve().parents[2]
    where = {**where, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "bersinar", *words]
    return subprocess.run(command, env=where, capture_output=True, text=True, encoding="utf-8", check=False)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
