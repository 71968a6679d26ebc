"""Store all values of a file in one statement.

One row a value, as if each were created by itself, but made inside the database from three small tables: the
answers there are, the columns that were asked, and a line a village. A million rows sent one by one take five to
ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, router
from django.db.models import Field
from django.utils import timezone

from bersinar.access import Actor, Right
from bersinar.access.counting import MANY, count_anew
from bersinar.fieldwork import errors
from bersinar.fieldwork.models import Entry, Import
from bersinar.fieldwork.rules.instrument import Indicator, Instrument
from bersinar.fieldwork.rules.lines import Lines
from bersinar.fieldwork.vocabulary import Origin

_ANSWERS, _ASKED, _LINES = "bersinar_answers", "bersinar_asked", "bersinar_lines"
_OF_ANSWER = ("state", "value", "reason", "note")
_OF_LINE = ("row", "village")
# A million rows and their indexes in the usual two megabytes would be written and read back again and again.
_SQLITE_PAGES_KB = 64 * 1024


def store_entries(found: Import, plan: Lines, instrument: Instrument, by: Actor) -> int:
    """Every cell of a plan as an entry of the import; in the caller's transaction. Returns how many."""
    used = plan.only(plan.asked[at][0] for at in plan.used)
    facts = [_facts(found, name, column, instrument, by) for name, column in used.asked]
    if not facts:
        return 0
    answers = [(at, one.state.value, one.value, one.reason, one.note) for at, one in enumerate(used.answers)]
    asked = [(at, *one.values()) for at, one in enumerate(facts)]
    numbers = [f"answer_{at}" for at in range(len(asked))]
    with connections[router.db_for_write(Entry)].cursor() as cursor, _room(cursor):
        _fill(cursor, _ANSWERS, _typed(cursor, ["at", *_OF_ANSWER]), answers)
        _fill(cursor, _ASKED, _typed(cursor, ["at", *facts[0]]), asked)
        # Whole numbers, by the million: asking a field for each of them would take longer than the rest.
        _fill(cursor, _LINES, dict.fromkeys([*_OF_LINE, *numbers]), used.lines)
        count = _insert(cursor, tuple(facts[0]), numbers)
        for table in (_ANSWERS, _ASKED, _LINES):
            cursor.execute(f"DROP TABLE {table}")
    if count >= MANY:
        count_anew(Entry)
    return count


def _facts(found: Import, name: str, column: str, instrument: Instrument, by: Actor) -> dict[str, Any]:
    """What all values of one column have in common."""
    asked = _allowed(instrument.indicator(name), by)
    return {
        "round": found.round_id,
        "indicator": asked.id,
        "is_sensitive": asked.sensitive,
        "source_type": found.source_type or asked.source_type.value,
        "origin": Origin.BERKAS.value,
        "imported": found.pk,
        "sheet": found.sheet,
        "column": column,
        "client_key": "",
        "entered_at": timezone.now(),
        "entered_by_id": by.user_id,
        "entered_by_name": by.name,
    }


def _allowed(asked: Indicator | None, by: Actor) -> Indicator:
    if asked is None:
        raise errors.NotInRound
    if asked.sensitive:
        by.require(Right.VALUES_SEE_ENFORCEMENT)
    return asked


@contextmanager
def _room(cursor: Any) -> Iterator[None]:
    """More of SQLite's pages held in memory as long as the work takes."""
    if cursor.db.vendor != "sqlite":
        yield
        return
    before = cursor.execute("PRAGMA cache_size").fetchone()[0]
    cursor.execute(f"PRAGMA cache_size = -{_SQLITE_PAGES_KB}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA cache_size = {before}")


def _typed(cursor: Any, names: Sequence[str]) -> dict[str, Field | None]:
    """The entry's own fields; a number that only joins the tables is none of them."""
    return {name: None if name == "at" else _field(name) for name in names}


def _field(name: str) -> Field:
    """A column of the entries, as the type checker cannot know it from its name."""
    found = Entry._meta.get_field(name)
    assert isinstance(found, Field), name  # noqa: S101  (a name of our own)
    return found


def _fill(
    cursor: Any, table: str, columns: Mapping[str, Field | None], rows: Iterable[Sequence[Any]]
) -> None:
    """A small table of this transaction, its columns typed like those of the entries they become."""
    name, fields = cursor.db.ops.quote_name, list(columns.values())
    kinds = ", ".join(f"{name(one)} {_kind(field, cursor.db)}" for one, field in columns.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({kinds})")
    if any(fields):
        rows = [[_adapted(cursor, *pair) for pair in zip(fields, row, strict=True)] for row in rows]
    into = f"{table} ({', '.join(name(one) for one in columns)})"
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608  (names of our own)


def _adapted(cursor: Any, field: Field | None, value: Any) -> Any:
    return value if field is None else field.get_db_prep_save(value, cursor.db)


def _kind(field: Field | None, connection: Any) -> str:
    if field is None:
        return "bigint"
    # Of a reference the type of what it points at, without its constraint.
    return str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))


def _insert(cursor: Any, of_asked: Sequence[str], numbers: Sequence[str]) -> int:
    name = cursor.db.ops.quote_name
    parts = [(_ANSWERS, _OF_ANSWER), (_ASKED, of_asked), (_LINES, _OF_LINE)]
    into = ", ".join(name(_field(one).column) for _, names in parts for one in names)
    values = ", ".join(f"{table}.{name(one)}" for table, names in parts for one in names)
    which = " ".join(f"WHEN {at} THEN {_LINES}.{number}" for at, number in enumerate(numbers))
    # CROSS JOIN keeps SQLite to this order: lines as they stand in the file, so rows arrive sorted.
    cursor.execute(  # names of our own, no values
        f"INSERT INTO {name(Entry._meta.db_table)} ({into}) SELECT {values} "  # noqa: S608
        f"FROM {_LINES} CROSS JOIN {_ASKED} CROSS JOIN {_ANSWERS} "
        f"WHERE {_ANSWERS}.at = CASE {_ASKED}.at {which} END"
    )
    return int(cursor.rowcount)
