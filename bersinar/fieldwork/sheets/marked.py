"""The uploaded workbook again, as its owner made it, with every bad cell coloured and commented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bersinar.fieldwork import errors
from bersinar.fieldwork.queries.imports import ToldProblem

LARGEST = 5 * 1024 * 1024
_BAD, _LOOK = "FFF4C7C3", "FFFFE9A8"


def marked_copy(
    content: bytes, *, name: str, sheet: str, bad: Sequence[ToldProblem], look: Sequence[ToldProblem]
) -> bytes:
    """Only for workbooks that the limited reader has already accepted: here the whole file is opened."""
    if not name.casefold().endswith(".xlsx") or len(content) > LARGEST:
        raise errors.NotMarkable
    book = load_workbook(io.BytesIO(content))
    if sheet not in book.sheetnames:
        raise errors.NotMarkable
    page = book[sheet]
    told: dict[str, tuple[str, list[str]]] = {}
    for colour, problems in ((_BAD, bad), (_LOOK, look)):
        for one in problems:
            if one.problem.row and one.problem.column:
                told.setdefault(one.place, (colour, []))[1].append(one.sentence)
    for place, (colour, texts) in told.items():
        cell = page[place]
        # Part of a merged range has no place for a comment; its first cell gets it through its own row.
        if not hasattr(cell, "comment") or type(cell).__name__ == "MergedCell":
            continue
        cell.fill = copy(PatternFill("solid", fgColor=colour))
        comment = Comment("\n".join(texts), _("Bersinar"))
        comment.width, comment.height = 280, 90
        cell.comment = comment
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
