"""The two databases of an installation, of whichever kind they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from bersinar.upkeep.backup import sqlite
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.backup.sqlite import Facts

# The sealed audit first: seals of events that the main copy does not hold yet would look like lost events.
ALIASES = (("audit", "audit"), ("default", "main"))


@dataclass(frozen=True, slots=True)
class Taken:
    """One database as a file, with what is compared later."""

    name: str
    path: Path
    facts: Facts

    @property
    def part(self) -> str:
        return f"{self.name}.age"


def take_all(work: Path) -> list[Taken]:
    """Each as it stands at one moment; raises when the live one is already broken."""
    found = []
    for alias, name in ALIASES:
        if connections[alias].vendor == "postgresql":
            raise NotImplementedError
        path = work / f"{name}.sqlite3"
        facts = sqlite.take(data() / path.name, path)
        sqlite.check_source(name, path)
        found.append(Taken(name, path, facts))
    return found


def check_copy(taken: Taken, path: Path) -> None:
    """What came back from the disk, against what was taken."""
    sqlite.check_copy(taken.name, path, taken.facts)


def size_of_all() -> int:
    """Bytes of both databases."""
    names = [f"{name}.sqlite3{end}" for _alias, name in ALIASES for end in ("", "-wal")]
    return sum((data() / name).stat().st_size for name in names if (data() / name).exists())
