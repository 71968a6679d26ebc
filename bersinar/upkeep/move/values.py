"""One spelling of every value, whichever database it comes from, so that two copies can be compared.

A value travels as the simplest thing both databases take: a number, a truth, bytes or text. Moments are text in UTC
without zeros at the end of the fraction; decimals have the digits of their column; JSON keeps its own text and is
compared by what it says, because PostgreSQL orders keys its own way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from hashlib import blake2b
from typing import Any

from bersinar.upkeep.move.tables import Column, Kind, Table

Row = tuple[Any, ...]
Change = Callable[[Any], Any]
_MODULUS = 1 << 128
# As Django reads a decimal of SQLite, which keeps it as a binary number of some 15 digits.
_FIFTEEN = Context(prec=15)
_MANY = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a table says, whatever the order of its rows."""

    rows: int
    content: int


class Tally:
    """Adds up what rows say as they pass by."""

    def __init__(self, table: Table) -> None:
        self._json_at = [at for at, column in enumerate(table.columns) if column.kind is Kind.JSON]
        self._rows = self._content = 0

    def add(self, row: Row) -> None:
        self._rows += 1
        self._content += _number(_compared(row, self._json_at))

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        for row in rows:
            self.add(row)
            yield row

    @property
    def fingerprint(self) -> Fingerprint:
        return Fingerprint(self._rows, self._content % _MODULUS)


def _number(row: Sequence[Any]) -> int:
    # repr tells 1 from "1" and True, and quotes text, so that no two different rows are spelled alike.
    return int.from_bytes(blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest())


def _compared(row: Row, json_at: Sequence[int]) -> Row:
    if not json_at:
        return row
    compared = list(row)
    for at in json_at:
        if compared[at] is not None:
            compared[at] = json.dumps(_number_once(json.loads(compared[at])), sort_keys=True)
    return tuple(compared)


def _number_once(value: Any) -> Any:
    """PostgreSQL keeps the value of a number, not its spelling: 1e2, 100.0 and 100 are one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_number_once(one) for one in value]
    if isinstance(value, dict):
        return {key: _number_once(one) for key, one in value.items()}
    return value


def from_sqlite(table: Table) -> Callable[[Row], Row]:
    return _changing(table, _from_sqlite)


def to_sqlite(table: Table) -> Callable[[Row], Row]:
    return _changing(table, _to_sqlite)


def from_postgresql(table: Table) -> Callable[[Row], Row]:
    """Of columns read as the texts that postgresql.SELECT asks for."""
    return _changing(table, _from_postgresql)


def _changing(table: Table, change_of: Callable[[Column], Change | None]) -> Callable[[Row], Row]:
    """One function a row that touches only the columns that need it; most rows have two or three."""
    changes = [(at, change) for at, column in enumerate(table.columns) if (change := change_of(column))]
    if not changes:
        return tuple

    def changed(row: Row) -> Row:
        cells = list(row)
        for at, change in changes:
            if cells[at] is not None:
                cells[at] = change(cells[at])
        return tuple(cells)

    return changed


def _from_sqlite(column: Column) -> Change | None:
    if column.kind is Kind.DECIMAL:
        return _decimal(column.places)
    changes: dict[Kind, Change] = {Kind.BOOLEAN: bool, Kind.MOMENT: _short, Kind.TIME: _short}
    return changes.get(column.kind)


def _from_postgresql(column: Column) -> Change | None:
    return {Kind.MOMENT: _utc, Kind.TIME: _short, Kind.UUID: _bare}.get(column.kind)


def _to_sqlite(column: Column) -> Change | None:
    changes: dict[Kind, Change] = {
        Kind.BOOLEAN: int,
        Kind.MOMENT: _long,
        Kind.TIME: _long,
        Kind.JSON: lambda text: json.dumps(json.loads(text)),
    }
    return changes.get(column.kind)


def _decimal(places: int) -> Change:
    unit = Decimal(1).scaleb(-places)

    def text(value: Any) -> str:
        exact = Decimal(value) if isinstance(value, str) else _FIFTEEN.create_decimal(value)
        return format(exact.quantize(unit, context=_MANY), "f")

    return text


def _short(text: str) -> str:
    """10:20:30.120000 and 10:20:30.12 are one moment."""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _long(text: str) -> str:
    """As Django writes it into SQLite, where moments are found by comparing text."""
    whole, point, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(6, '0')}" if point else whole


def _utc(text: str) -> str:
    return _short(text.removesuffix("+00"))


def _bare(text: str) -> str:
    return text.replace("-", "")
