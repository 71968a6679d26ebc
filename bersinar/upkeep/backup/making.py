"""Make one copy: everything of one moment, sealed, read back from the disk and opened before it counts.

The server holds the public key only, so it could not open its own copies. Each copy is therefore sealed to a second
key as well, drawn for this run and forgotten after it: with that one the copy is opened again right away.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from pyrage import x25519

from bersinar import __version__
from bersinar.upkeep.backup import copies, databases, drill, filestore, keys, places, rest, sealed, second
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.databases import Taken
from bersinar.upkeep.backup.disk import sha256_of, sync_folder, write_whole
from bersinar.upkeep.backup.errors import BackupRunning, CopyDamaged, NotMade, NotVerified, TooLittleSpace
from bersinar.upkeep.backup.retention import to_remove
from bersinar.upkeep.backup.vocabulary import FORMAT, Reason
from bersinar.upkeep.platform import AlreadyRunning, InstanceLock

SAMPLED = 20
# The copy, the opened copy, and room for the daily work.
_ROOM = 2.5
_WORK = ".kerja"
_STEPS = 6
_DAY = 86400
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt: where, when, why, and with which keys."""

    place: Path
    made_at: datetime
    reason: Reason
    recipient: str
    once: x25519.Identity

    @property
    def work(self) -> Path:
        return self.place / _WORK

    @property
    def recipients(self) -> list[x25519.Recipient]:
        return [x25519.Recipient.from_str(self.recipient), self.once.to_public()]


def make(reason: Reason, *, progress: Progress = lambda done, total: None) -> Copy:
    """The new copy, verified. Raises when it is not; older copies are touched only after it counts."""
    place = places.local()
    with _alone(place):
        run = Run(place, _free_moment(place), reason, keys.recovery().recipient, x25519.Identity.generate())
        _clear(run)
        _check_room(place)
        run.work.mkdir(mode=0o700)
        try:
            copy = _make(run, progress)
        except OSError as error:
            raise NotMade(error.strerror or type(error).__name__) from error
        finally:
            _clear(run)
        second.bring_up_to_date(place)
        for old in to_remove(copies.listing(place)):
            copies.remove(old)
        copies.sweep_store(place)
        progress(_STEPS, _STEPS)
    return copy


def _free_moment(place: Path) -> datetime:
    """Now, or the next second that no copy has, whatever its reason: the name says which of two is newer."""
    moment = timezone.now().replace(microsecond=0)
    taken = {copy.made_at for copy in copies.listing(place)}
    while moment in taken:
        moment += timedelta(seconds=1)
    return moment


def _make(run: Run, progress: Progress) -> Copy:
    progress(0, _STEPS)
    taken = databases.take_all(run.work)
    progress(1, _STEPS)
    kept = filestore.keep(places.data(), run.place, run.recipient, run.recipients)
    progress(2, _STEPS)
    folder = run.work / copies.name_of(run.made_at, run.reason)
    folder.mkdir(mode=0o700)
    parts = _seal_parts(run, folder, taken, kept)
    _write_lists(run, folder, parts, kept)
    final = run.place / folder.name
    folder.rename(final)
    sync_folder(run.place)
    progress(3, _STEPS)
    checks = _verify(run, final, taken, kept)
    progress(4, _STEPS)
    copies.mark_verified(final, checks)
    copy = copies.at(final)
    if copy is None or not copy.counts:
        raise NotVerified(copies.VERIFIED)
    return copy


def _seal_parts(run: Run, folder: Path, taken: list[Taken], kept: filestore.Kept) -> dict[str, Any]:
    contents = {"files": kept.index, "databases": {one.name: asdict(one.facts) for one in taken}}
    write_whole(run.work / "contents.json", json.dumps(contents))
    rest.pack(places.data(), run.work / "rest.tar")
    plain = {one.part: one.path for one in taken}
    plain |= {"rest.age": run.work / "rest.tar", "contents.age": run.work / "contents.json"}
    parts = {}
    for name, path in plain.items():
        written = sealed.seal(path, folder / name, run.recipients)
        parts[name] = [written.size, written.sha256]
    return parts


def _write_lists(run: Run, folder: Path, parts: dict[str, Any], kept: filestore.Kept) -> None:
    """Sizes and hashes of sealed bytes: a changed bit is found without any key."""
    known = _known_hashes(run.place)
    files = {}
    for name in kept.index.values():
        new = kept.new.get(name)
        if new is not None:
            files[name] = (new.size, new.sha256)
        else:
            path = run.place / copies.STORE / name
            files[name] = known.get(name) or (path.stat().st_size, sha256_of(path))
    write_whole(folder / copies.FILES, json.dumps(files))
    parts[copies.FILES] = [(folder / copies.FILES).stat().st_size, sha256_of(folder / copies.FILES)]
    facts = {
        "format": FORMAT,
        "made_at": run.made_at.isoformat(),
        "reason": run.reason,
        "bersinar": __version__,
        "engine": databases.engine(),
        "recipient": run.recipient,
        "parts": parts,
    }
    write_whole(folder / copies.COPY, json.dumps(facts, indent=1))


def _known_hashes(place: Path) -> dict[str, tuple[int, str]]:
    """What the last copy that counts says of files stored before."""
    last = copies.last_verified(place)
    return copies.files_of(last.path) if last is not None else {}


def _verify(run: Run, folder: Path, taken: list[Taken], kept: filestore.Kept) -> dict[str, Any]:
    """Open all of it again from the disk, with the key of this run, and compare."""
    opened = run.work / "opened"
    opened.mkdir(mode=0o700)
    try:
        for one in taken:
            path = opened / one.path.name
            with path.open("xb") as file:
                sealed.unseal(folder / one.part, file, run.once)
            databases.check_copy(one, path)
            path.unlink()
        for name in ("rest.age", "contents.age"):
            with (opened / name).open("xb") as file:
                sealed.unseal(folder / name, file, run.once)
        _check_files(run, folder, kept, opened)
    except CopyDamaged as error:
        raise NotVerified(str(error)) from error
    return {
        "at": timezone.now().isoformat(),
        "databases": sorted(one.name for one in taken),
        "rows": sum(sum(one.facts.rows.values()) for one in taken),
        "audit": max(one.facts.sealed for one in taken),
        "files": len(kept.index),
        "files_opened": len(kept.new),
        "files_damaged": len(kept.damaged),
    }


def _check_files(run: Run, folder: Path, kept: filestore.Kept, opened: Path) -> None:
    """Every new file is opened; of the older ones a sample is compared with the hash it was verified with."""
    by_name = {name: content for content, name in kept.index.items()}
    for name in kept.new:
        with (opened / "file").open("wb") as file:
            content = sealed.unseal(run.place / copies.STORE / name, file, run.once)
        if content != by_name[name]:
            raise NotVerified(name)
    known = copies.files_of(folder)
    older = sorted(set(by_name) - set(kept.new))
    for name in random.sample(older, min(SAMPLED, len(older))):
        path = run.place / copies.STORE / name
        if (path.stat().st_size, sha256_of(path)) != known[name]:
            # Away with it: the next run stores it anew from the original.
            path.unlink()
            raise NotVerified(name)


def _check_room(place: Path) -> None:
    # What is kept free for people's forms stays free.
    needed = int(_ROOM * databases.size_of_all()) + (settings.BERSINAR_KEEP_FREE_MB << 20)
    free = places.free_bytes(place)
    if free < needed:
        raise TooLittleSpace(needed >> 20, free >> 20)


def _clear(run: Run) -> None:
    """What an interrupted run left; it may hold plain data, so it goes first."""
    shutil.rmtree(run.work, ignore_errors=True)
    for folder in run.place.glob(f"{drill.SCRATCH}*"):
        # A test that was cut off; one that runs is never a day old.
        if run.made_at.timestamp() - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One copy at a time, also between processes."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = InstanceLock(place)
    try:
        lock.__enter__()
    except AlreadyRunning as error:
        raise BackupRunning from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
