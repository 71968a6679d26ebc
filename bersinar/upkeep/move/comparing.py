"""Whether two sides have the same tables, and copying one table so that both copies are known to be equal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import psycopg

from bersinar.upkeep.move.errors import CopyDiffers, CopyRefused, UnknownTables
from bersinar.upkeep.move.tables import HISTORY, Table
from bersinar.upkeep.move.values import Fingerprint, Row, Tally


class Side(Protocol):
    """What both databases can tell of themselves."""

    def table_names(self) -> set[str]: ...
    def column_names(self, table: Table) -> set[str]: ...
    def history(self) -> set[tuple[str, str]]: ...
    def rows(self, table: Table) -> Iterator[Row]: ...
    def last_number(self, table: Table) -> int: ...


@dataclass(frozen=True, slots=True)
class Copied:
    """One table as the source told it while it was copied."""

    table: Table
    said: Fingerprint
    last_number: int | None


def check_tables(side: Side, tables: list[Table]) -> None:
    """Raise when there is a table or a column that would be left behind, or one that is missing."""
    present = side.table_names()
    if HISTORY not in present:
        raise UnknownTables([HISTORY])
    if wrong := present ^ ({table.name for table in tables} | {HISTORY}):
        raise UnknownTables(wrong)
    for table in tables:
        if wrong := side.column_names(table) ^ set(table.names):
            raise UnknownTables(f"{table.name}.{name}" for name in wrong)


def check_history(source: Side, target: Side) -> None:
    """Raise when their tables were made by different versions."""
    if wrong := source.history() ^ target.history():
        raise UnknownTables(".".join(step) for step in wrong)


def copy(source: Side, table: Table, write: Callable[[Iterable[Row]], None]) -> Copied:
    """Stream one table from the source into `write`; a row that the target refuses ends the move in a sentence."""
    tally = Tally(table)
    try:
        write(tally.over(source.rows(table)))
    except (psycopg.Error, sqlite3.Error, ValueError, ArithmeticError) as error:
        raise CopyRefused(table.name, why(error)) from error
    return Copied(table, tally.fingerprint, source.last_number(table) if table.numbered else None)


def compare(copied: Iterable[Copied], target: Side) -> None:
    """Read everything back from the target and raise when one row, or one number to come, differs."""
    wrong = []
    for one in copied:
        if said_by(target, one.table) != one.said:
            wrong.append(one.table.name)
        elif one.last_number is not None and target.last_number(one.table) != one.last_number:
            wrong.append(f"{one.table.name} ({one.table.numbered})")
    if wrong:
        raise CopyDiffers(wrong)


def said_by(side: Side, table: Table) -> Fingerprint:
    tally = Tally(table)
    for row in side.rows(table):
        tally.add(row)
    return tally.fingerprint


def why(error: Exception) -> str:
    """What a driver says, without the value it speaks of: that may be a name or a phone number."""
    if isinstance(error, psycopg.Error):
        told = error.diag
        place = told.constraint_name or told.column_name or ""
        return " ".join(part for part in (told.sqlstate or type(error).__name__, place) if part)
    if isinstance(error, sqlite3.Error):
        return str(error)
    return type(error).__name__
