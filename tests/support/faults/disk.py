"""What a disk holds after a power cut: everything that was synced, and of the rest nothing or any part.

The strictest reading of the rules: bytes last once the file was synced, names once the folder was synced. Of what was
not, a cut may keep nothing, or a random choice of writes (a disk writes in its own order), the last one torn.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file ends here from now on."""

    size: int


@dataclass(slots=True)
class File:
    """One file's bytes: those that are safe, and the changes since."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Write | Cut] = field(default_factory=list)

    def sync(self, count: int) -> None:
        """The first so many changes are safe."""
        for change in self.waiting[:count]:
            _apply(self.durable, change)
        del self.waiting[:count]

    def after_cut(self, chance: random.Random | None) -> bytes:
        found = bytearray(self.durable)
        if chance is not None:
            for change in self.waiting:
                if chance.random() < 0.5:
                    _apply(found, _torn(change, chance) if chance.random() < 0.2 else change)
        return bytes(found)


def _apply(content: bytearray, change: Write | Cut) -> None:
    if isinstance(change, Cut):
        del content[change.size :]
        content.extend(b"\0" * (change.size - len(content)))
        return
    content.extend(b"\0" * (change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def _torn(change: Write | Cut, chance: random.Random) -> Write | Cut:
    if isinstance(change, Cut) or len(change.data) <= _SECTOR:
        return change
    return Write(change.offset, change.data[: _SECTOR * chance.randint(1, len(change.data) // _SECTOR)])


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that appeared (with its file) or went."""

    name: str
    file: File | None


class Disk:
    """The files below one folder, by their path inside it."""

    def __init__(self, folder: Path) -> None:
        self._durable = {
            path.relative_to(folder).as_posix(): File(bytearray(path.read_bytes()))
            for path in folder.rglob("*")
            if path.is_file()
        }
        self._now = dict(self._durable)
        # Per folder the names that changed since it was synced.
        self._namings: dict[str, list[Naming]] = {}

    def file(self, name: str) -> File | None:
        return self._now.get(name)

    def create(self, name: str) -> None:
        if name not in self._now:
            self._name(name, File())

    def remove(self, name: str) -> None:
        if name in self._now:
            self._name(name, None)

    def rename(self, old: str, new: str) -> None:
        file = self._now.get(old)
        if file is not None:
            self._name(new, file)
            self._name(old, None)

    def waiting_in(self, name: str) -> int:
        """How many changes a sync that begins now will make safe."""
        file = self._now.get(name)
        return len(file.waiting) if file is not None else len(self._namings.get(name, []))

    def sync(self, name: str, count: int) -> None:
        """A file's bytes, or a folder's names."""
        file = self._now.get(name)
        if file is not None:
            file.sync(count)
            return
        waiting = self._namings.get(name, [])
        for naming in waiting[:count]:
            _rename(self._durable, naming)
        del waiting[:count]

    def after_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """Name and bytes of all that is left; without chance nothing unsynced is."""
        names = dict(self._durable)
        if chance is not None:
            for waiting in self._namings.values():
                for naming in waiting[: chance.randint(0, len(waiting))]:
                    _rename(names, naming)
        return {name: file.after_cut(chance) for name, file in names.items()}

    def _name(self, name: str, file: File | None) -> None:
        naming = Naming(name, file)
        _rename(self._now, naming)
        parent = PurePosixPath(name).parent.as_posix()
        self._namings.setdefault("" if parent == "." else parent, []).append(naming)


def _rename(names: dict[str, File], naming: Naming) -> None:
    if naming.file is None:
        names.pop(naming.name, None)
    else:
        names[naming.name] = naming.file
