"""Uploaded files in a place of copies: each sealed once, under a name that tells nothing about its content."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyrage import x25519

from bersinar.upkeep.backup import keys, sealed
from bersinar.upkeep.backup.copies import STORE
from bersinar.upkeep.backup.disk import sha256_of, sync_folder, write_once

_HASH = re.compile(r"\A[0-9a-f]{64}\Z")
_NAME_KEY = "backup-names"


@dataclass(slots=True)
class Kept:
    """The files of one run."""

    index: dict[str, str] = field(default_factory=dict)  # content hash to stored name; sealed with the copy
    new: dict[str, sealed.Sealed] = field(default_factory=dict)  # stored in this run
    damaged: list[str] = field(
        default_factory=list
    )  # content hashes that do not hold and were never stored whole


def contents(data: Path) -> Iterator[str]:
    """Hashes of the files an installation holds, as documents.store names them."""
    yield from (path.name for path in sorted((data / STORE).glob("??/*")) if _HASH.match(path.name))


def keep(data: Path, place: Path, recipient: str, recipients: Sequence[x25519.Recipient]) -> Kept:
    """Store what is not there yet; the files themselves never change, so what is there stays as it is."""
    kept = Kept()
    key = _name_key()
    shelf = keys.fingerprint(recipient)
    (place / STORE / shelf).mkdir(parents=True, exist_ok=True, mode=0o700)
    for content in contents(data):
        name = f"{shelf}/{hmac.new(key, content.encode(), hashlib.sha256).hexdigest()}.age"
        path = place / STORE / name
        if not path.exists():
            source = data / STORE / content[:2] / content
            if sha256_of(source) != content:
                kept.damaged.append(content)
                continue
            beside = path.with_suffix(".tulis")
            beside.unlink(missing_ok=True)
            kept.new[name] = sealed.seal(source, beside, recipients)
            beside.replace(path)
        kept.index[content] = name
    sync_folder(place / STORE / shelf)
    return kept


def _name_key() -> bytes:
    """Without this key nobody can tell from the names whether a known file is among them."""
    path = keys.folder() / _NAME_KEY
    if not path.exists():
        write_once(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
