"""Stored databases of released states, laid into a data folder of a test."""

from __future__ import annotations

import hashlib
import lzma
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

STATES = Path(__file__).resolve().parents[1] / "upkeep" / "states"


def lay(folder: Path, state: str = "0.1.0") -> Path:
    """Put the stored databases of a released state into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("main", "audit"):
        packed = (STATES / state / f"{name}.sqlite3.xz").read_bytes()
        (folder / f"{name}.sqlite3").write_bytes(lzma.decompress(packed))
    return folder


def store_file(folder: Path, content: bytes) -> str:
    """As documents.store does."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / "files" / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return sha256


def query(path: Path, sql: str, *values: Any) -> list[Any]:
    """One statement on a database nobody serves."""
    with closing(sqlite3.connect(path)) as database, database:
        return database.execute(sql, values).fetchall()
