"""Thousands of values at once: the same rows that a file's import would store, without one object each.

The one place that writes the table of values past its model, because five million objects would take hours. The
constraints of the table are the database's own and hold here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
from django.db import connections, router

from bersinar.demo.generator.counts import INDICATORS, Array
from bersinar.demo.synthesis import sheet
from bersinar.fieldwork.models import Entry
from bersinar.fieldwork.rules.instrument import Instrument
from bersinar.fieldwork.vocabulary import MissingReason, Origin, State

# Those a BNN unit waits for from others; the rest it asks itself.
_FROM_OTHERS = frozenset({"P1", "P3", "P4", "P5", "P6", "P7", "P8"})
_AT_ONCE = 20_000
_COLUMNS = (
    "round_id", "village_id", "indicator", "is_sensitive", "state", "value", "reason", "note", "source_type",
    "origin", "imported_id", "sheet", "row", "column", "client_key", "entered_at", "entered_by_id",
    "entered_by_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What all values of one file share."""

    round_id: int
    import_id: int
    instrument: Instrument
    entered_at: datetime
    entered_by_name: str


def store(source: Source, village_ids: Sequence[int], seen: Array, silent: Sequence[bool]) -> int:
    """Append the values of one file in the caller's transaction; returns how many. `seen`: villages by INDICATORS."""
    connection = connections[router.db_for_write(Entry)]
    rows = _rows(source, village_ids, seen, silent)
    quoted = ", ".join(connection.ops.quote_name(name) for name in _COLUMNS)
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(_COLUMNS))
            insert = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608  (our names)
            while some := list(islice(rows, _AT_ONCE)):
                cursor.executemany(insert, some)
    return seen.size


def _rows(
    source: Source, village_ids: Sequence[int], seen: Array, silent: Sequence[bool]
) -> Iterator[tuple[Any, ...]]:
    """Village by village, as the file has them."""
    asked = [source.instrument.indicator(name) for name in INDICATORS]
    fixed = [
        (one.id, one.sensitive, one.source_type.value, _why_blank(one.id), sheet.COLUMNS[at])
        for at, one in enumerate(asked)
        if one is not None
    ]
    origin, by, at = Origin.BERKAS.value, source.entered_by_name, source.entered_at
    states = np.where(np.isnan(seen), State.BELUM.value, np.where(seen == 0, State.NIHIL, State.TERISI))
    for number, (village, quiet, values, known) in enumerate(
        zip(village_ids, silent, seen.tolist(), states.tolist(), strict=True), start=sheet.FIRST_ROW
    ):
        for (indicator, sensitive, kind, why, column), value, state in zip(fixed, values, known, strict=True):
            blank = value != value
            reason = (MissingReason.DESA_BELUM_MENJAWAB.value if quiet else why) if blank else ""
            yield (
                source.round_id, village, indicator, sensitive, state, None if blank else value, reason, "", kind,
                origin, source.import_id, "", number, column, "", at, None, by,
            )  # fmt: skip


def _why_blank(indicator: str) -> str:
    waits = indicator in _FROM_OTHERS
    return (MissingReason.MENUNGGU_INSTANSI if waits else MissingReason.BELUM_DITANYAKAN).value
