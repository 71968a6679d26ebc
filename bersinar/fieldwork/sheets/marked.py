"""The uploaded workbook again, as its owner made it, with every bad cell coloured and commented."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from bersinar.fieldwork import errors
from bersinar.fieldwork.queries.imports import ToldProblem
from bersinar.fieldwork.reading import limits
from bersinar.jobs.limited import run_limited

LARGEST = 5 * 1024 * 1024
_BAD, _LOOK = "FFF4C7C3", "FFFFE9A8"


def marked_copy(
    content: bytes, *, name: str, sheet: str, bad: Sequence[ToldProblem], look: Sequence[ToldProblem]
) -> bytes:
    """Only for workbooks that the limited reader has already accepted; marked in a limited process too."""
    if not name.casefold().endswith(".xlsx") or len(content) > LARGEST:
        raise errors.NotMarkable
    cells: dict[str, tuple[str, list[str]]] = {}
    for colour, problems in ((_BAD, bad), (_LOOK, look)):
        for one in problems:
            if one.problem.row and one.problem.column:
                cells.setdefault(one.place, (colour, []))[1].append(one.sentence)
    told = json.dumps({"sheet": sheet, "cells": cells, "author": _("Bersinar")})
    marked = run_limited(
        "bersinar.fieldwork.reading.marking",
        stdin=told.encode() + b"\n" + content,
        memory_mb=limits.MEMORY_MB,
        seconds=limits.SECONDS,
    )
    if not marked:
        raise errors.NotMarkable
    return marked
