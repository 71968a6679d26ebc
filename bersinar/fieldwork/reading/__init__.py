"""Safe reading of files that are not ours: `reading.read_sheets(path, name="data.xlsx")`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bersinar.fieldwork.reading.records import Sheet


def read_sheets(path: Path, *, name: str) -> tuple[Sheet, ...]:
    """Every sheet of an xlsx or csv file; raises UnreadableFile with a sentence.

    Imported late: the limited process imports this package too and has no memory to give away.
    """
    from bersinar.fieldwork.reading.reader import read_sheets as read

    return read(path, name=name)
