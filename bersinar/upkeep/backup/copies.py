"""The copies in one place: a folder each, sealed parts inside, the uploaded files once for all of them beside.

    backups/20261125T053000Z-harian/main.age, audit.age, rest.age    sealed
                                    files.json, copy.json            names, sizes and hashes of sealed bytes
                                    verified.json                    written last; without it the copy does not count
    backups/files/<key>/<name>.age                                   uploaded files, each once for each recovery key

Nothing readable here tells about persons: names are hashes, contents are sealed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bersinar.upkeep.backup.disk import sha256_of, write_whole
from bersinar.upkeep.backup.vocabulary import FORMAT, Reason

COPY = "copy.json"
FILES = "files.json"
VERIFIED = "verified.json"
STORE = "files"
_NAME = re.compile(r"\A(\d{8}T\d{6}Z)-(" + "|".join(Reason) + r")\Z")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Copy:
    """One folder of one place."""

    path: Path
    made_at: datetime
    reason: Reason
    verified_at: datetime | None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def counts(self) -> bool:
        """Whether it was opened and found whole after it was written."""
        return self.verified_at is not None


def name_of(made_at: datetime, reason: Reason) -> str:
    return f"{made_at.astimezone(UTC).strftime(_STAMP)}-{reason.value}"


def listing(place: Path) -> list[Copy]:
    """All copies of a place, newest first; a place that is not there has none."""
    try:
        found = [copy for path in place.iterdir() if (copy := _copy_at(path)) is not None]
    except OSError:
        return []
    return sorted(found, key=lambda copy: copy.name, reverse=True)


def last_verified(place: Path) -> Copy | None:
    """The newest that counts; looks into as few folders as it can."""
    try:
        names = sorted((path for path in place.iterdir() if _NAME.match(path.name)), reverse=True)
    except OSError:
        return None
    return next((copy for path in names if (copy := _copy_at(path)) is not None and copy.counts), None)


def at(path: Path) -> Copy | None:
    """The copy in this very folder."""
    return _copy_at(path)


def manifest(path: Path) -> dict[str, Any]:
    """What copy.json says; ValueError when it is not one of ours."""
    found = json.loads((path / COPY).read_text(encoding="utf-8"))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(COPY)
    return found


def files_of(path: Path) -> dict[str, tuple[int, str]]:
    """Stored name to size and hash of the sealed bytes."""
    found = json.loads((path / FILES).read_text(encoding="utf-8"))
    return {name: (int(size), str(sha256)) for name, (size, sha256) in found.items()}


def mark_verified(path: Path, checks: dict[str, Any]) -> None:
    """The last step of a copy: it says which copy.json it speaks of, and carries a hash of itself."""
    words = {**checks, "copy": sha256_of(path / COPY)}
    write_whole(path / VERIFIED, json.dumps({**words, "seal": _seal(words)}, indent=1, sort_keys=True))


def damage(place: Path, copy: Copy) -> list[str]:
    """Every part and file whose bytes are not those that were verified; reads everything."""
    try:
        parts = manifest(copy.path)["parts"]
        files = files_of(copy.path)
        found = [name for name, (size, sha256) in parts.items() if not _is(copy.path / name, size, sha256)]
        found += [name for name, known in files.items() if not _is(place / STORE / name, *known)]
    except (OSError, ValueError, KeyError, TypeError):
        return [COPY]
    return found if copy.counts else [VERIFIED, *found]


def remove(copy: Copy) -> None:
    """Its mark first: what a kill leaves half removed must not count."""
    (copy.path / VERIFIED).unlink(missing_ok=True)
    shutil.rmtree(copy.path)


def sweep_store(place: Path) -> None:
    """Remove stored files that no copy of this place names; a copy that cannot be read keeps all of them."""
    try:
        named = {name for copy in listing(place) for name in files_of(copy.path)}
    except (OSError, ValueError):
        return
    for path in stored(place):
        if path.relative_to(place / STORE).as_posix() not in named:
            path.unlink()


def stored(place: Path) -> Iterator[Path]:
    yield from (path for path in (place / STORE).glob("*/*") if path.is_file())


def _copy_at(path: Path) -> Copy | None:
    named = _NAME.match(path.name)
    if named is None or not path.is_dir():
        return None
    made_at = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
    return Copy(path, made_at, Reason(named[2]), _verified_at(path))


def _verified_at(path: Path) -> datetime | None:
    """Cheap enough for every page: three small files, and the sizes of the parts."""
    try:
        words = json.loads((path / VERIFIED).read_text(encoding="utf-8"))
        seal = words.pop("seal")
        whole = seal == _seal(words) and words["copy"] == sha256_of(path / COPY)
        parts = manifest(path)["parts"] if whole else {}
        if not parts or any((path / name).stat().st_size != size for name, (size, _sha256) in parts.items()):
            return None
        return datetime.fromisoformat(words["at"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _seal(words: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _is(path: Path, size: int, sha256: str) -> bool:
    try:
        return path.stat().st_size == size and sha256_of(path) == sha256
    except OSError:
        return False
