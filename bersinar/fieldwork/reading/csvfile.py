"""Text tables: which letters, which separator, and no sentence of a file taken for one endless cell."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.reading.refusal import Refusal

_SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 60


def read_text(raw: bytes) -> Iterator[list[str]]:
    """Rows of one text table."""
    text = _decoded(raw)
    separator, text = _separator(text)
    csv.field_size_limit(limits.MAX_LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # The counter stands where the reader gave up; an open quote began at the last good row.
            raise Refusal("quotes", row=at + 1) from error
        at += 1
        yield row


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refusal("broken") from error
    elif b"\0" in raw:
        raise Refusal("not_a_table")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refusal("not_a_table")
    for row, line in enumerate(text.splitlines(), start=1):
        if len(line) > limits.MAX_LINE:
            raise Refusal("line_too_long", row=row)
    # A mark that says nothing may also stand where two files were joined.
    return text.replace("\ufeff", "")


def _separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.casefold().startswith("sep=") and len(told) == 5:
        return told[4], rest
    head = "".join(text[:200_000].splitlines(keepends=True)[:_LOOKED_AT])
    return max(_SEPARATORS, key=lambda mark: _agreement(head, mark)), text


def _agreement(head: str, separator: str) -> tuple[int, int]:
    """How many lines split into the same number of cells, then how many cells that is."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, lines = widths.most_common(1)[0]
    return lines, width
