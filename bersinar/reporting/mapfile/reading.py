"""Cells of a file that is not ours, read in the process of its own that every foreign file is read in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bersinar.access import BersinarError
from bersinar.fieldwork.reading import read_sheets
from bersinar.fieldwork.reading.records import Cell as RawCell
from bersinar.fieldwork.rules.cells import Formula
from bersinar.mapping.sheet import Cell, SheetError

Table = tuple[str, Sequence[Sequence[Cell]]]


def sheets_of(path: Path) -> tuple[list[Table], list[str]]:
    """Every sheet a reader of the file sees, by name, and the names of those that are hidden in it."""
    if not path.is_file():
        raise SheetError(f"Berkas {path} tidak ada. Periksa nama dan foldernya.")
    try:
        sheets = read_sheets(path, name=path.name)
    except BersinarError as error:
        raise SheetError(str(error)) from error
    shown: list[Table] = [
        (sheet.name, [[_plain(cell) for cell in row] for row in sheet.rows])
        for sheet in sheets
        if not sheet.is_hidden
    ]
    return shown, [sheet.name for sheet in sheets if sheet.is_hidden]


def _plain(cell: RawCell) -> Cell:
    """A formula stays a formula: its stored result may be old, so it is reported instead of used."""
    return f"={cell.text.lstrip('=')}" if isinstance(cell, Formula) else cell
