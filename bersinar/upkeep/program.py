"""Which version of the program serves a data folder: the one that was called, or one that an upgrade put beside it.

Read at the very start of every command, so this uses the standard library only. An upgrade ends with one small file
being replaced; until then, and whenever that file does not fit, the version that was called goes on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bersinar import __version__

FOLDER = "program"
MARKER = "current.json"
# Set for the version that was switched to, so that it does not switch again.
CHOSEN = "BERSINAR_PROGRAM"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Program:
    """An interpreter that has a version installed; `path` is the clone it is imported from, empty for a wheel."""

    version: str
    python: str
    path: str = ""

    @property
    def is_there(self) -> bool:
        return Path(self.python).exists() and (not self.path or Path(self.path).is_dir())

    def command(self, *words: str) -> list[str]:
        """-P: the folder a person stands in, such as the older clone, must not be what is imported."""
        return [self.python, "-P", "-m", "bersinar", *words]

    def environment(self) -> dict[str, str]:
        """For a command of that version."""
        found = {**os.environ, CHOSEN: self.version}
        found.pop("PYTHONPATH", None)
        return {**found, "PYTHONPATH": self.path} if self.path else found


@dataclass(frozen=True, slots=True)
class Marker:
    """What an upgrade left: the version in use, the one before it, and which called version that was decided for."""

    program: Program
    previous: Program
    base: str


def own() -> Program:
    """The version this process runs."""
    is_clone = (_ROOT / "pyproject.toml").exists()
    return Program(__version__, sys.executable, str(_ROOT) if is_clone else "")


def identity() -> str:
    """Changes when somebody replaces the called version by other means, such as git pull or pip install."""
    if (_ROOT / ".git").exists():
        asked = subprocess.run(
            ["git", "-C", str(_ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0:
            return f"{_ROOT} {asked.stdout.strip()}"
    return f"{_ROOT} {__version__}"


def read(data: Path) -> Marker | None:
    """What stands in the folder; None where there is nothing that can be followed."""
    try:
        found = json.loads((data / FOLDER / MARKER).read_text(encoding="utf-8"))
        return Marker(Program(**found["program"]), Program(**found["previous"]), found["base"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def data_of(arguments: Sequence[str]) -> Path:
    """The data folder a command line means, without making it."""
    from bersinar.config import environment

    for number, word in enumerate(arguments):
        if word == "--data" and number + 1 < len(arguments) and arguments[0] == "start":
            return Path(arguments[number + 1]).expanduser().resolve()
        if word.startswith("--data=") and arguments[0] == "start":
            return Path(word.removeprefix("--data=")).expanduser().resolve()
    return environment.data_folder()


def follow(arguments: Sequence[str]) -> None:
    """Become the version that an upgrade chose for this folder; returns when this one is right."""
    if os.environ.get(CHOSEN):
        return
    marker = read(data_of(arguments))
    if marker is None or not marker.program.is_there or marker.base != identity():
        return
    command = marker.program.command(*arguments)
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=marker.program.environment()))
    sys.stdout.flush()
    os.execve(command[0], command, marker.program.environment())  # noqa: S606  (no shell on purpose)
