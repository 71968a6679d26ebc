"""The second place: the same sealed bytes, read back and compared before they count there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bersinar.upkeep.backup import copies, places
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.disk import sha256_of, sync_folder
from bersinar.upkeep.backup.errors import NotVerified
from bersinar.upkeep.backup.retention import to_remove

_WORK = ".kerja"


def bring_up_to_date(place: Path) -> None:
    """Bring the newest copy that counts to the second folder, where it is there. What fails is told, not raised:
    the first copy counts all the same."""
    target = places.second()
    last = copies.last_verified(place)
    if target is None or last is None:
        return
    if not places.second_is_there():
        places.note_second("backup.second_absent")
        return
    try:
        _bring(place, last, target)
        places.note_second("")
    except NotVerified as error:
        places.note_second(error.code)
    except OSError:
        places.note_second("backup.second_failed")


def _bring(place: Path, copy: Copy, target: Path) -> None:
    target.mkdir(exist_ok=True, mode=0o700)
    work = target / _WORK
    shutil.rmtree(work, ignore_errors=True)
    final = target / copy.name
    there = copies.at(final)
    if there is None or not there.counts:
        for name, known in copies.files_of(copy.path).items():
            _carry(place / copies.STORE / name, target / copies.STORE / name, known)
        if there is not None:
            shutil.rmtree(final)
        work.mkdir(mode=0o700)
        parts = copies.manifest(copy.path)["parts"]
        for name, (size, sha256) in parts.items():
            _carry(copy.path / name, work / name, (size, sha256))
        name = copies.COPY
        _carry(
            copy.path / name, work / name, ((copy.path / name).stat().st_size, sha256_of(copy.path / name))
        )
        work.rename(final)
        sync_folder(target)
        # Its mark comes last here too.
        mark = copy.path / copies.VERIFIED
        _carry(mark, final / copies.VERIFIED, (mark.stat().st_size, sha256_of(mark)))
    for old in to_remove(copies.listing(target)):
        copies.remove(old)
    copies.sweep_store(target)


def _carry(source: Path, target: Path, known: tuple[int, str]) -> None:
    """One file, unless it is there already; read back from the second disk."""
    if target.exists() and target.stat().st_size == known[0]:
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = target.with_name(target.name + ".tulis")
    with source.open("rb") as old, beside.open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())
    if (beside.stat().st_size, sha256_of(beside)) != known:
        beside.unlink()
        raise NotVerified(target.name)
    beside.replace(target)
    sync_folder(target.parent)
