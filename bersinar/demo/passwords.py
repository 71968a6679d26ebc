"""Passwords of invented people: drawn for one folder alone, and written down before the first account exists."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Sequence
from pathlib import Path

from django.conf import settings

FILE = "akun-contoh.txt"
_WORDS = (
    "angin", "awan", "batu", "bukit", "cahaya", "cemara", "daun", "embun", "fajar", "gerimis", "hujan",
    "jambu", "karang", "kelapa", "kemiri", "kenari", "laut", "lumut", "mangga", "melati", "nelayan",
    "ombak", "padi", "pandan", "pantai", "pasir", "perahu", "pinang", "pulau", "purnama", "rotan",
    "sagu", "sawah", "senja", "sungai", "tambak", "teduh", "telaga", "terang", "timah", "tunas", "ubi",
)  # fmt: skip


def of_this_folder(people: Sequence[tuple[str, str]], *, heading: str) -> dict[str, str]:
    """`people`: user name and what the person may do. Known passwords stay, so that a kill loses none."""
    path = Path(settings.BERSINAR_DATA) / FILE
    known = _read(path, {username for username, _may in people})
    drawn = {username: known.get(username) or _draw() for username, _may in people}
    if drawn != known:
        _write(path, heading, [(name, drawn[name], may) for name, may in people])
    return drawn


def _draw() -> str:
    words = "-".join(secrets.choice(_WORDS) for _word in range(3))
    return f"{words}-{secrets.randbelow(90) + 10}"


def _read(path: Path, usernames: Collection[str]) -> dict[str, str]:
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) >= 2 and row[0] in usernames}


def _write(path: Path, heading: str, rows: Sequence[tuple[str, str, str]]) -> None:
    lines = [heading, "", *(f"{username:<16}{password:<30}{may}" for username, password, may in rows)]
    unfinished = path.with_suffix(".baru")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    unfinished.replace(path)
