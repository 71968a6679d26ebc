"""The process that parses foreign files: started by exec, without Django and numpy, limited in memory and time.

The file comes by standard input, its name as the only argument. Standard output is a line a record:
{"sheet": ...}, then lists of rows, at last {"end": n}; or {"refused": code}.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.reading.csvfile import read_text
from bersinar.fieldwork.reading.letters import column_letter
from bersinar.fieldwork.reading.package import Layout, inspect
from bersinar.fieldwork.reading.refusal import Refusal

_BLOCK = 500
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_TEXT_NAMES = (".csv", ".txt", ".tsv")


def main(arguments: Sequence[str]) -> int:
    """Read one file; a refusal is an answer, not a failure."""
    answer = sys.stdout
    try:
        lines = 0
        for line in _lines(sys.stdin.buffer.read(), arguments[0].casefold()):
            answer.write(line)
            answer.write("\n")
            lines += 1
        answer.write(json.dumps({"end": lines}) + "\n")
    except Refusal as refusal:
        answer.write(json.dumps({"refused": refusal.code, "facts": refusal.facts}) + "\n")
    answer.flush()
    return 0


def _lines(raw: bytes, name: str) -> Iterator[str]:
    _refuse_by_content(raw)
    if raw.startswith(b"PK"):
        yield from _workbook(raw)
    elif name.endswith(_TEXT_NAMES):
        yield json.dumps(_header("", False))
        yield from _rows("", read_text(raw), {})
    else:
        raise Refusal("broken" if name.endswith((".xlsx", ".xlsm")) else "not_a_table")


def _refuse_by_content(raw: bytes) -> None:
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if not raw.strip():
        raise Refusal("file_empty")
    if raw.startswith(_OLE):
        raise Refusal("password" if "EncryptedPackage".encode("utf-16-le") in raw else "old_excel")
    if raw.startswith(b"%PDF"):
        raise Refusal("pdf")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise Refusal("web_page")


def _workbook(raw: bytes) -> Iterator[str]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    layouts = inspect(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            known = set(book.sheet_names)
            for layout in layouts:
                if layout.name not in known:
                    raise Refusal("broken")
                sheet = book.get_sheet_by_name(layout.name)
                if sheet.end and sheet.end[1] >= limits.MAX_COLUMNS:
                    raise Refusal("too_many_columns", sheet=layout.name, limit=limits.MAX_COLUMNS)
                if sheet.end and sheet.end[0] >= limits.MAX_ROWS:
                    raise Refusal("too_many_rows", sheet=layout.name, limit=limits.MAX_ROWS)
                yield json.dumps(_header(layout.name, layout.is_hidden, layout))
                # The parser drops the empty columns before the first cell; letters must stay those of the file.
                left = sheet.start[1] if sheet.start else 0
                filled = ([""] * left + row for row in sheet.iter_rows())
                # A formula without a stored result is no cell to the parser; its row must be there all the same.
                missing = max(layout.formulas, default=-1) + 1 - (sheet.end[0] + 1 if sheet.end else 0)
                rows: Iterator[list[Any]] = chain(filled, ([] for _ in range(missing)))
                yield from _rows(layout.name, rows, layout.formulas)
    except PasswordError as error:
        raise Refusal("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refusal("broken") from error


def _header(name: str, is_hidden: bool, layout: Layout | None = None) -> dict[str, object]:
    return {
        "sheet": name,
        "hidden": is_hidden,
        "hidden_rows": layout.hidden_rows if layout else [],
        "hidden_columns": layout.hidden_columns if layout else [],
        "merged": layout.merged if layout else [],
    }


def _rows(name: str, rows: Iterator[list[Any]], formulas: dict[int, dict[int, str]]) -> Iterator[str]:
    encode = json.JSONEncoder(default=_tagged, separators=(",", ":")).encode
    at = 0
    while block := list(islice(rows, _BLOCK)):
        yield encode([_row(name, at + k, row, formulas.get(at + k)) for k, row in enumerate(block)])
        at += len(block)
        if at > limits.MAX_ROWS:
            raise Refusal("too_many_rows", sheet=name, limit=limits.MAX_ROWS)


def _row(name: str, at: int, row: list[Any], formulas: dict[int, str] | None) -> list[Any]:
    for column, text in (formulas or {}).items():
        row.extend([""] * (column + 1 - len(row)))
        row[column] = {"f": text}
    while row and row[-1] == "":
        row.pop()
    if len(row) > limits.MAX_COLUMNS:
        raise Refusal("too_many_columns", sheet=name, limit=limits.MAX_COLUMNS)
    for column, cell in enumerate(row):
        if type(cell) is str and len(cell) > limits.MAX_TEXT:
            raise Refusal(
                "text_too_long", sheet=name, cell=f"{column_letter(column)}{at + 1}", limit=limits.MAX_TEXT
            )
    return [None if cell == "" else cell for cell in row]


def _tagged(cell: object) -> dict[str, object]:
    if isinstance(cell, datetime):
        return {"m": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time):
        return {"t": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"s": cell.total_seconds()}
    raise TypeError(type(cell))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
