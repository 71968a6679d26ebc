"""Store all values of a file in one statement.

One row a value, as if each were created by itself, but made inside the database from three small tables: the
answers there are, the columns that were asked, and a line a village. A million rows sent one by one take five to
ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Field
from django.utils import timezone

from bersinar.access import Actor, Right
from bersinar.fieldwork import errors
from bersinar.fieldwork.models import Entry, Import
from bersinar.fieldwork.rules.instrument import Indicator, Instrument
from bersinar.fieldwork.rules.stored import StoredPlan
from bersinar.fieldwork.vocabulary import Origin

_ANSWERS, _ASKED, _LINES = "bersinar_answers", "bersinar_asked", "bersinar_lines"
_OF_ANSWER = ("state", "value", "reason", "note")
_OF_LINE = ("row", "village")
# Below this PostgreSQL's own upkeep counts the rows in good time.
_COUNT_ANEW_FROM = 10_000


def store_entries(found: Import, plan: StoredPlan, instrument: Instrument, by: Actor) -> int:
    """Every cell of a plan as an entry of the import; in the caller's transaction. Returns how many."""
    facts = [
        _facts(found, name, column, instrument, by) for name, column in plan.asked if name in plan.indicators
    ]
    if not facts:
        return 0
    used = [at for at, (name, _) in enumerate(plan.asked) if name in plan.indicators]
    of_asked = tuple(facts[0])
    with connections[router.db_for_write(Entry)].cursor() as cursor:
        _fill(cursor, _ANSWERS, ["at", *_OF_ANSWER], _answers(plan))
        _fill(cursor, _ASKED, ["at", *of_asked], [(at, *one.values()) for at, one in enumerate(facts)])
        numbers = [f"a{at}" for at in range(len(used))]
        lines = ([line[0], line[1], *(line[2 + at] for at in used)] for line in plan.lines)
        _fill(cursor, _LINES, [*_OF_LINE, *numbers], lines)
        count = _insert(cursor, of_asked, numbers)
        for table in (_ANSWERS, _ASKED, _LINES):
            cursor.execute(f"DROP TABLE {table}")
        if cursor.db.vendor == "postgresql" and count >= _COUNT_ANEW_FROM:
            # Without it the next questions are planned for the table as it was before.
            cursor.execute(f"ANALYZE {cursor.db.ops.quote_name(Entry._meta.db_table)}")
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


def _answers(plan: StoredPlan) -> Iterable[tuple[Any, ...]]:
    for at, one in enumerate(plan.answers):
        yield at, one.state.value, one.value, one.reason, one.note


def _fill(cursor: Any, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A small table of this transaction, its columns typed like those of the entries they become."""
    name, fields = cursor.db.ops.quote_name, [_field(one) for one in names]
    typed = ", ".join(
        f"{name(one)} {_kind(field, cursor.db)}" for one, field in zip(names, fields, strict=True)
    )
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({typed})")
    adapted = (
        [
            value if field is None else field.get_db_prep_save(value, cursor.db)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    )
    into = f"{table} ({', '.join(name(one) for one in names)})"
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in adapted:
                copy.write_row(row)
    else:
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", adapted)  # noqa: S608  (names of our own)


def _kind(field: Field | None, connection: Any) -> str:
    if field is None:
        return "integer"
    # Of a reference the type of what it points at, without its constraint.
    return str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))


def _field(name: str) -> Field | None:
    """The entry's field of this name; the numbers of answers are none of its fields."""
    return (
        None if name == "at" or (name.startswith("a") and name[1:].isdigit()) else Entry._meta.get_field(name)
    )


def _insert(cursor: Any, of_asked: Sequence[str], numbers: Sequence[str]) -> int:
    name = cursor.db.ops.quote_name
    parts = [(_ANSWERS, _OF_ANSWER), (_ASKED, of_asked), (_LINES, _OF_LINE)]
    into = ", ".join(name(Entry._meta.get_field(one).column) for _, names in parts for one in names)
    values = ", ".join(f"{table}.{name(one)}" for table, names in parts for one in names)
    which = " ".join(f"WHEN {at} THEN {_LINES}.{number}" for at, number in enumerate(numbers))
    # CROSS JOIN keeps SQLite to this order: lines as they stand in the file, so rows arrive sorted.
    cursor.execute(  # names of our own, no values
        f"INSERT INTO {name(Entry._meta.db_table)} ({into}) SELECT {values} "  # noqa: S608
        f"FROM {_LINES} CROSS JOIN {_ASKED} CROSS JOIN {_ANSWERS} "
        f"WHERE {_ANSWERS}.at = CASE {_ASKED}.at {which} END"
    )
    return int(cursor.rowcount)
