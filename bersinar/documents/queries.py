"""Reads over files and letters."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor, get_or_404
from bersinar.documents import store
from bersinar.documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its bytes, proven unchanged."""

    file: StoredFile
    content: bytes


def open_file(pk: int, actor: Actor) -> OpenedFile:
    """One stored file; 404 when it is not the actor's to open."""
    file = get_or_404(StoredFile, actor, pk=pk)
    return OpenedFile(file, store.read(file.sha256))
