"""Begin a rehearsal copy beside the real data, and ask for a new beginning; nothing here ever opens both databases."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from bersinar.config import rehearsal
from bersinar.demo.errors import NotARehearsal
from bersinar.demo.rehearsal import structure
from bersinar.demo.rehearsal.structure import OfficeStructure


def begin(offices: tuple[OfficeStructure, ...]) -> Path:
    """Write the file that makes a folder a rehearsal copy; its tables are made by its own first start."""
    folder = rehearsal.folder_of(Path(settings.BERSINAR_DATA))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{rehearsal.MARK}.baru"
    unfinished.write_text(structure.to_text(offices), encoding="utf-8")
    unfinished.replace(folder / rehearsal.MARK)
    return folder


def ask_anew() -> None:
    """The server that runs this copy lays itself down, empties it and begins again."""
    if not settings.BERSINAR_REHEARSAL:
        raise NotARehearsal
    (Path(settings.BERSINAR_DATA) / rehearsal.ASKED_ANEW).touch()
