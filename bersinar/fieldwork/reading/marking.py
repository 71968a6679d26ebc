"""The process that writes comments into a foreign workbook: started by exec, without Django and numpy, limited.

Standard input is one line of JSON (the sheet, and the cells with their colour and texts), then the workbook itself;
standard output is the marked workbook, or nothing when the sheet is not in it.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

if __name__ == "__main__":
    # openpyxl takes numpy along where it finds it; its memory is needed for the workbook.
    sys.modules["numpy"] = None  # type: ignore[assignment]

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import PatternFill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """openpyxl writes each sheet to a temporary file first; this process may write none."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        stream = io.BytesIO()
        writer = WorksheetWriter(ws, out=stream)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


def main() -> int:
    """Mark one workbook."""
    told, content = sys.stdin.buffer.read().split(b"\n", 1)
    wanted = json.loads(told)
    book = load_workbook(io.BytesIO(content))
    if wanted["sheet"] in book.sheetnames:
        _mark(book[wanted["sheet"]], wanted["cells"], wanted["author"])
        sys.stdout.buffer.write(_packed(book))
        sys.stdout.buffer.flush()
    return 0


def _mark(page: Any, cells: dict[str, list[Any]], author: str) -> None:
    for place, (colour, texts) in cells.items():
        cell = page[place]
        # Part of a merged range has no place for a comment; its first cell gets it through its own row.
        if not hasattr(cell, "comment") or type(cell).__name__ == "MergedCell":
            continue
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.comment = Comment("\n".join(texts), author, width=280, height=90)


def _packed(book: Workbook) -> bytes:
    stream = io.BytesIO()
    _InMemory(book, ZipFile(stream, "w", ZIP_DEFLATED, allowZip64=True)).save()
    return stream.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
