"""It repairs a village code only where nothing was lost, and knows codes of another agency."""

import pytest

from bersinar.fieldwork.matching.codes import Kind, Written, judge_column, read_code
from bersinar.fieldwork.rules.cells import Formula


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("19.02.04.2005", Written.DOTTED),
        (" 19.02.04.2005 ", Written.DOTTED),
        ("1902042005", Written.DIGITS),
        ("'1902042005", Written.DIGITS),
        ("19 02 04 2005", Written.DIGITS),
        ("1902042005.0", Written.DIGITS),
        (1902042005, Written.NUMBER),
        (1.902042005e9, Written.NUMBER),
        ("1,902042005E+09", Written.NUMBER),
    ],
)
def test_it_reads_one_code_however_written(cell, written):
    assert read_code(cell) == type(read_code(cell))("19.02.04.2005", written)


@pytest.mark.parametrize(
    "cell", ["1.90204E+09", 19.02, 190204200, "19.02.04", "01.02.04.2005", True, "Dukong"]
)
def test_it_does_not_guess_what_was_lost(cell):
    assert read_code(cell).code == ""
    assert read_code(cell).written is Written.UNREADABLE


def test_it_tells_empty_and_formula_apart():
    assert read_code(None).written is Written.EMPTY
    assert read_code(Formula("A1&B1")).written is Written.FORMULA


def test_it_knows_codes_of_bps():
    bps = [f"1501{kecamatan:03}{desa:03}" for kecamatan in (10, 20, 30) for desa in range(1, 12)]
    assert judge_column(bps, frozenset()).kind is Kind.BPS


def test_it_knows_our_codes_and_counts_them():
    ours = [f"15.01.01.20{desa:02}" for desa in range(1, 11)]
    verdict = judge_column([*ours, None], frozenset(ours[:9]))
    assert (verdict.kind, verdict.filled, verdict.known, verdict.repaired) == (Kind.KEMENDAGRI, 10, 9, 0)


def test_it_sees_that_a_column_holds_no_codes():
    assert judge_column(["Dukong", "Perawas", 3.0], frozenset()).kind is Kind.NONE
