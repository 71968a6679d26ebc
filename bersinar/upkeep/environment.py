"""Prepares the one environment of a clone: packages into .venv, then fonts and coastline.

Runs before anything is installed, so it uses the standard library only. A stamp of the lock files makes the
second run need neither time nor network.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENT = REPOSITORY / ".venv"


class SetupError(Exception):
    """A sentence for the person at the keyboard."""


def python() -> Path:
    """The interpreter of the environment, wherever this system keeps it."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def prepare(*, for_tests: bool) -> None:
    """Make the environment fit the lock files of this clone."""
    if sys.version_info < (3, 11):  # noqa: UP036  (a person may start this with an older one)
        raise SetupError(
            f"Bersinar memerlukan Python 3.11 atau lebih baru; ini Python {sys.version.split()[0]}."
        )
    if not _stamp("venv").exists():
        _say("Membuat lingkungan Python di .venv …")
        # Whatever an interrupted start left is begun anew; what works is kept.
        venv.create(ENVIRONMENT, with_pip=True, clear=not _has_pip())
        _stamp("venv").touch()
    # The test lock contains the other two, so an environment made for tests also runs the product.
    locks = ["dev"] if for_tests or _installed("dev") else ["run", "build"]
    for lock in locks:
        _install(lock)
    _install_command()
    _run([str(python()), "-m", "bersinar.ui.build"], "Menyiapkan huruf dan garis pantai")


def become(*arguments: str) -> int:
    """Run Python of the environment in this process's place, so that Ctrl+C and a kill reach it alone."""
    command = [str(python()), *arguments]
    # Found from whichever folder the person stands in; paths they typed stay theirs.
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606  (no shell on purpose)
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def _has_pip() -> bool:
    """Whether there is an interpreter that can install."""
    if not python().exists():
        return False
    asked = subprocess.run([str(python()), "-m", "pip", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def _lock(name: str) -> Path:
    return REPOSITORY / "requirements" / f"{name}.txt"


def _stamp(name: str) -> Path:
    return ENVIRONMENT / f"bersinar-{name}.sha256"


def _digest(name: str) -> str:
    return hashlib.sha256(_lock(name).read_bytes()).hexdigest()


def _installed(name: str) -> bool:
    return _stamp(name).exists() and _stamp(name).read_text() == _digest(name)


def _install(name: str) -> None:
    if _installed(name):
        return
    _say(f"Memasang paket ({name}) …")
    command = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*command, "--require-hashes", "-r", str(_lock(name))], "Memasang paket")
    _stamp(name).write_text(_digest(name))


def _install_command() -> None:
    """`.venv/bin/bersinar` for the commands beside ./start; no package, so the clone needs no build tools."""
    if os.name == "nt":
        path = python().parent / "bersinar.cmd"
        text = f'@set "PYTHONPATH={REPOSITORY}"\n@"{python()}" -m bersinar %*\n'
    else:
        path = python().parent / "bersinar"
        text = f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{python()}" -m bersinar "$@"\n'
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(command, cwd=REPOSITORY, check=False)
    if done.returncode:
        raise SetupError(f"{what} gagal (kode {done.returncode}). Periksa sambungan internet, lalu ulangi.")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
