"""Bring a copy back: into a new folder, checked there, and only then put in the place of the old one.

The old folder is moved aside, never overwritten. A kill leaves the old folder in its place, or the new one ready beside
an empty place; the next start then finishes the move.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from pyrage import x25519

from bersinar.upkeep import program
from bersinar.upkeep.backup import copies, keys, rest, sealed, sqlite
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.disk import CHUNK, sha256_of, sync_folder, sync_tree, write_whole
from bersinar.upkeep.backup.errors import CannotMoveAside, CopyDamaged, NotVerified
from bersinar.upkeep.backup.places import LOCAL

RESTORED = "restored.json"
_READY = ".dipulihkan"
_OLD = ".lama-"
_MAIN = "main.sqlite3"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back and where the old folder went."""

    folder: Path
    aside: Path | None
    rows: int
    files: int
    lost_files: list[str]


def open_into(copy: Copy, identity: x25519.Identity, folder: Path) -> Restored:
    """Unpack and check everything of a copy in an empty folder; raises unless all of it holds."""
    place = copy.path.parent
    contents = _contents(copy, identity, folder)
    rows = 0
    try:
        for name, facts in contents["databases"].items():
            path = folder / f"{name}.sqlite3"
            with path.open("xb") as file:
                sealed.unseal(copy.path / f"{name}.age", file, identity)
            path.chmod(0o600)
            expected = sqlite.Facts(**facts)
            sqlite.check_copy(name, path, expected)
            rows += sum(expected.rows.values())
        with (folder / "rest.tar").open("xb") as file:
            sealed.unseal(copy.path / "rest.age", file, identity)
    except (FileNotFoundError, NotVerified) as error:
        raise CopyDamaged(str(error)) from error
    rest.unpack(folder / "rest.tar", folder)
    (folder / "rest.tar").unlink()
    lost = [
        content
        for content, name in contents["files"].items()
        if not _bring_file(place / copies.STORE / name, content, identity, folder)
    ]
    return Restored(folder, None, rows, len(contents["files"]) - len(lost), lost)


def restore(copy: Copy, identity: x25519.Identity, data: Path) -> Restored:
    """The whole way: unpack beside, check, end all sessions, move the old folder aside, move the new one in."""
    data = data.resolve()
    ready = data.with_name(data.name + _READY)
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(mode=0o700, parents=True)
    try:
        found = open_into(copy, identity, ready)
        _end_sessions(ready / _MAIN)
        # Whoever brought it back holds the paper, so this key is printed and goes on.
        keys.keep_public(ready, str(identity.to_public()))
        words = {"copy": copy.name, "at": timezone.now().isoformat(), "lost_files": found.lost_files}
        write_whole(ready / RESTORED, json.dumps(words, indent=1))
        sync_tree(ready)
    except BaseException:
        shutil.rmtree(ready, ignore_errors=True)
        raise
    aside = _swap(data, ready)
    return Restored(data, aside, found.rows, found.files, found.lost_files)


def finish_interrupted(data: Path) -> bool:
    """A restore that was killed between its two moves: the new folder is whole, so it takes its place."""
    data = data.resolve()
    ready = data.with_name(data.name + _READY)
    if (data / _MAIN).exists() or not (ready / RESTORED).exists():
        return False
    _swap(data, ready)
    return True


def _swap(data: Path, ready: Path) -> Path | None:
    aside = None
    if data.exists():
        # Not Django's clock: an interrupted restore is finished before there are settings.
        aside = data.with_name(f"{data.name}{_OLD}{datetime.now(UTC):%Y%m%d-%H%M%S}")
        try:
            data.rename(aside)
        except OSError as error:
            raise CannotMoveAside(str(data)) from error
    ready.rename(data)
    sync_folder(data.parent)
    _bring_along(data)
    return aside


def _bring_along(data: Path) -> None:
    """Copies and versions of the program belong to the office, not to the folder that was moved aside last."""
    olds = sorted(data.parent.glob(f"{data.name}{_OLD}*"), reverse=True)
    for name in (LOCAL, program.FOLDER):
        old = next((old / name for old in olds if (old / name).is_dir()), None)
        if old is not None and not (data / name).exists():
            old.rename(data / name)


def _contents(copy: Copy, identity: x25519.Identity, folder: Path) -> dict[str, Any]:
    path = folder / "contents.json"
    try:
        parts = copies.manifest(copy.path)["parts"]
        for name, (size, sha256) in parts.items():
            if (copy.path / name).stat().st_size != size or sha256_of(copy.path / name) != sha256:
                raise CopyDamaged(name)
        with path.open("xb") as file:
            sealed.unseal(copy.path / "contents.age", file, identity)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CopyDamaged(copies.COPY) from error
    path.unlink()
    return found


def _bring_file(source: Path, content: str, identity: x25519.Identity, folder: Path) -> bool:
    """One uploaded file; False when it does not hold. One rotten picture must not keep everything else away."""
    path = folder / copies.STORE / content[:2] / content
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb", buffering=CHUNK) as file:
            found = sealed.unseal(source, file, identity)
    except (CopyDamaged, FileNotFoundError):
        found = ""
    if found != content:
        path.unlink(missing_ok=True)
        return False
    path.chmod(0o600)
    return True


def _end_sessions(path: Path) -> None:
    """Everybody logs in again: a session of that day may belong to somebody who has left since."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM django_session")
