"""Bytes on disk under their own hash: written aside, synced, then renamed, so that no half file ever appears."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from bersinar.documents.errors import FileDamaged


def folder() -> Path:
    """Where the files of this installation lie."""
    return Path(settings.BERSINAR_DATA) / "files"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def write(content: bytes) -> str:
    """Keep these bytes and return their hash. The same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.exists() and path.stat().st_size == len(content):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes it readable by this account only.
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".tulis-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    for touched in (path.parent, folder()):
        _sync_folder(touched)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes, proven to be those that were stored."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise FileDamaged from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged
    return content


def _sync_folder(path: Path) -> None:
    """Make the new name itself survive a power cut; Windows keeps names by itself and refuses this."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
