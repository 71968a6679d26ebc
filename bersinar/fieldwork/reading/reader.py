"""The near side of the reading process: starts it, believes nothing it says, makes sentences of its refusals."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.reading.errors import UnreadableFile
from bersinar.fieldwork.reading.records import Cell, Sheet
from bersinar.fieldwork.rules.cells import Formula
from bersinar.jobs.limited import run_limited

_CHILD = "bersinar.fieldwork.reading.child"
_MAX_ANSWER = 160 * 1024 * 1024


def read_sheets(path: Path, *, name: str) -> tuple[Sheet, ...]:
    """Every sheet of an xlsx or csv file, hidden ones marked; `name` is what its owner calls the file."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile("file_gone") from error
    if size > limits.MAX_BYTES:
        mb = limits.MAX_BYTES // 1024 // 1024
        raise UnreadableFile("file_too_large", mb=-(-size // 1024 // 1024), limit=mb)
    answer = run_limited(
        _CHILD,
        stdin=path,
        arguments=(Path(name).name[-200:] or "-",),
        memory_mb=limits.MEMORY_MB,
        seconds=limits.SECONDS,
        max_output=_MAX_ANSWER,
    )
    sheets = _sheets(answer)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile("nothing_in_it")
    return sheets


def _sheets(answer: bytes) -> tuple[Sheet, ...]:
    found: list[tuple[dict[str, Any], list[tuple[Cell, ...]]]] = []
    ended = False
    for line in answer.splitlines():
        record = json.loads(line, object_hook=_untagged)
        if isinstance(record, list) and found:
            found[-1][1].extend(tuple(row) for row in record)
        elif "refused" in record:
            raise UnreadableFile(record["refused"], **record["facts"])
        elif "sheet" in record:
            found.append((record, []))
        ended = "end" in record
    if not ended:
        raise UnreadableFile("broken")
    return tuple(_sheet(header, rows) for header, rows in found)


def _sheet(header: dict[str, Any], rows: list[tuple[Cell, ...]]) -> Sheet:
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return Sheet(
        name=header["sheet"],
        rows=tuple(rows),
        hidden_rows=frozenset(header["hidden_rows"]),
        hidden_columns=frozenset(header["hidden_columns"]),
        merged=tuple(tuple(one) for one in header["merged"]),
        is_hidden=header["hidden"],
    )


def _untagged(record: dict[str, Any]) -> object:
    if len(record) != 1:
        return record
    ((tag, value),) = record.items()
    match tag:
        case "f":
            return Formula(value)
        case "m":
            return datetime.fromisoformat(value)
        case "d":
            return date.fromisoformat(value)
        case "t":
            return time.fromisoformat(value)
        case "s":
            return timedelta(seconds=value)
        case _:
            return record
