"""One spelling of every value on both sides; what differs is told apart, what is the same is not."""

from decimal import Decimal

import pytest

from bersinar.upkeep.move import values
from bersinar.upkeep.move.comparing import Copied, compare
from bersinar.upkeep.move.errors import CopyDiffers
from bersinar.upkeep.move.tables import DATABASES, Column, Kind, Table, tables_of
from bersinar.upkeep.move.values import Tally

TABLE = Table("t", (Column("id", Kind.PLAIN), Column("v", Kind.PLAIN)), "id")


def said(rows, table=TABLE):
    tally = Tally(table)
    for row in rows:
        tally.add(row)
    return tally.fingerprint


def cell(kind, change, value, places=0):
    table = Table("t", (Column("v", kind, places),), None)
    return change(table)((value,))[0]


def test_every_table_of_the_product_is_known():
    names = [table.name for database in DATABASES for table in tables_of(database)]
    assert len(names) == len(set(names)) and "audit_sealedevent" in names and "django_session" in names
    assert [table.name for table in tables_of("audit")] == ["audit_sealedevent"]


def test_the_order_of_rows_says_nothing():
    assert said([(1, "a"), (2, "b")]) == said([(2, "b"), (1, "a")])


@pytest.mark.parametrize(
    "other",
    [
        [(1, "a")],
        [(1, "a"), (2, "b"), (2, "b")],
        [(1, "b"), (2, "a")],
        [(1, "a"), (2, "b ")],
        [(1, "a"), (2, None)],
        [(1, "a"), (True, "b")],
        [("1", "a"), (2, "b")],
        [(1, "a"), (2, b"b")],
    ],
)
def test_any_difference_is_told(other):
    assert said([(1, "a"), (2, "b")]) != said(other)


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ('{"a": 1, "b": 2}', '{"b": 2,"a":1.0}', True),
        ("[1e2, 0.5]", "[100, 0.50]", True),
        ('{"a": 1}', '{"a": true}', False),
        ('{"a": 1}', '{"a": "1"}', False),
        ("[1, 2]", "[2, 1]", False),
        ("null", None, False),
    ],
)
def test_json_is_compared_by_what_it_says(here, there, same):
    table = Table("t", (Column("v", Kind.JSON),), None)
    assert (said([(here,)], table) == said([(there,)], table)) is same


@pytest.mark.parametrize(
    ("stored", "text"),
    [(0.1, "0.1000"), (5, "5.0000"), (12345678901.2346, "12345678901.2346"), (0, "0.0000")],
)
def test_decimals_of_sqlite_have_the_digits_of_their_column(stored, text):
    assert cell(Kind.DECIMAL, values.from_sqlite, stored, 4) == text == str(Decimal(text))


def test_moments_are_one_text_and_return_as_django_writes_them():
    for written in ("2026-11-25 01:02:03", "2026-11-25 01:02:03.120000", "2026-11-25 01:02:03.123456"):
        there = cell(Kind.MOMENT, values.from_sqlite, written)
        assert cell(Kind.MOMENT, values.from_postgresql, there + "+00") == there
        assert cell(Kind.MOMENT, values.to_sqlite, there) == written


class Told:
    """A target that holds these rows."""

    def __init__(self, rows, last):
        self._rows, self._last = rows, last

    def rows(self, table):
        return iter(self._rows)

    def last_number(self, table):
        return self._last


def test_a_copy_with_another_row_or_another_number_to_come_is_refused():
    copied = [Copied(TABLE, said([(1, "a")]), 7)]
    compare(copied, Told([(1, "a")], 7))
    with pytest.raises(CopyDiffers, match="tabel t"):
        compare(copied, Told([(1, "A")], 7))
    with pytest.raises(CopyDiffers, match=r"t \(id\)"):
        compare(copied, Told([(1, "a")], 6))
