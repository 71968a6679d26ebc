"""The file `bersinar.env` of a data folder: lines NAME=value that count as if they stood in the environment.

systemd (EnvironmentFile=) and compose (env_file:) read the same lines, so one file serves every way of starting.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NAME = "bersinar.env"
_LINE = re.compile(r"(BERSINAR_[A-Z_]+)=(.*)")


def read(folder: Path) -> dict[str, str]:
    """Name to value; empty where there is no file. Raises ImproperlyConfigured for a line that says nothing."""
    path = folder / NAME
    if not path.exists():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            # Never the line itself: it may hold a password.
            raise ImproperlyConfigured(
                f"{path} baris {number}: tulis BERSINAR_NAMA=nilai, atau awali dengan #."
            )
        found[match[1]] = match[2].strip().removeprefix('"').removesuffix('"')
    return found


def read_into_environment(folder: Path) -> None:
    """What the environment already says stays."""
    for name, value in read(folder).items():
        os.environ.setdefault(name, value)


def write(folder: Path, name: str, value: str | None) -> None:
    """Set one line, or take it out; every other line stays. Whole or not at all, for this account alone."""
    path = folder / NAME
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if not line.strip().startswith(f"{name}=")]
    if value is not None:
        kept.append(f"{name}={value}")
    descriptor, beside = tempfile.mkstemp(dir=folder, prefix=".pengaturan-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in kept))
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
