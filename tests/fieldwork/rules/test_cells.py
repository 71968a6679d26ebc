"""It reads a cell as its writer meant it, and asks rather than guesses."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from bersinar.fieldwork.rules.cells import Fault, Formula, Reading, read_cell, text_of
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument
from bersinar.fieldwork.vocabulary import MissingReason, State

INDICATORS = {one.id: one for one in instrument(*DEFAULT_INSTRUMENT).indicators}


@pytest.mark.parametrize(
    ("raw", "indicator", "state", "value"),
    [
        (3, "P1", State.TERISI, "3"),
        (3.0, "P1", State.TERISI, "3"),
        ("3", "P1", State.TERISI, "3"),
        (" 3 ", "P1", State.TERISI, "3"),
        ("３", "P1", State.TERISI, "3"),
        ("2,5", "P6", State.TERISI, "2.5"),
        ("2.5", "P6", State.TERISI, "2.5"),
        ("1.234,5", "P6", State.TERISI, "1234.5"),
        ("1.234.567", "P1", State.TERISI, "1234567"),
        ("12,5 %", "D3", State.TERISI, "12.5"),
        (0, "P1", State.NIHIL, "0"),
        ("0", "P1", State.NIHIL, "0"),
        (-0.0, "P1", State.NIHIL, "0"),
        ("NIHIL", "P1", State.NIHIL, "0"),
        ("tidak ada", "P1", State.NIHIL, "0"),
    ],
)
def test_it_reads_numbers_as_indonesians_write_them(raw, indicator, state, value):
    read = read_cell(raw, INDICATORS[indicator])
    assert (read.state, read.value) == (state, Decimal(value))


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200b", "\t\n"])
def test_it_takes_an_empty_cell_for_no_answer_and_never_for_zero(raw):
    assert read_cell(raw, INDICATORS["P1"]) is None


@pytest.mark.parametrize(
    ("raw", "reason", "note"),
    [
        ("belum: desa belum menjawab", MissingReason.DESA_BELUM_MENJAWAB, ""),
        ("belum menjawab", MissingReason.DESA_BELUM_MENJAWAB, ""),
        ("Belum - menunggu Polres", MissingReason.MENUNGGU_INSTANSI, ""),
        ("belum: banjir", MissingReason.LAINNYA, "banjir"),
        ("belum, banjir", MissingReason.LAINNYA, "banjir"),
        # Without the mark the word belongs to the sentence: "ada kasus" alone would say the opposite.
        ("belum ada kasus", MissingReason.LAINNYA, "belum ada kasus"),
        ("Belum pernah ditanya", MissingReason.LAINNYA, "belum pernah ditanya"),
        ("belum: belum ada kasus", MissingReason.LAINNYA, "belum ada kasus"),
        ("belum desa belum menjawab", MissingReason.DESA_BELUM_MENJAWAB, ""),
        ("belum: <script>alert(1)</script>", MissingReason.LAINNYA, "<script>alert(1)</script>"),
        ("belum: {{7*7}}", MissingReason.LAINNYA, "{{7*7}}"),
    ],
)
def test_it_keeps_the_reason_of_what_is_not_there_yet(raw, reason, note):
    assert read_cell(raw, INDICATORS["P1"]) == Reading(State.BELUM, None, reason.value, note)


def test_it_takes_the_reason_of_the_row_where_the_cell_has_none():
    read = read_cell("belum", INDICATORS["P1"], row_reason="desa belum menjawab")
    assert read == Reading(State.BELUM, None, MissingReason.DESA_BELUM_MENJAWAB.value, "")


@pytest.mark.parametrize(
    ("raw", "indicator", "code"),
    [
        (Formula("1+1"), "P1", "formula"),
        (Formula('WEBSERVICE("http://x")'), "P1", "formula"),
        (True, "P1", "yes_no"),
        (date(2023, 3, 12), "P1", "date"),
        (datetime(2023, 3, 12, 1), "P1", "date"),  # noqa: DTZ001
        ("12/3/2023", "P1", "date"),
        ("31-12-25", "P1", "date"),
        ("1.234", "P1", "two_meanings"),
        ("1,234", "P6", "two_meanings"),
        ("-", "P1", "dash"),
        ("n/a", "P1", "dash"),
        ("belum", "P1", "reason_missing"),
        ("12 org", "P1", "unit"),
        ("banyak", "P1", "not_a_number"),
        ("=cmd|' /C calc'!A0", "P1", "not_a_number"),
        ("@SUM(1)", "P1", "not_a_number"),
        ("+628123", "P1", "not_a_number"),
        ("NaN", "P1", "not_a_number"),
        (float("nan"), "P1", "not_a_number"),
        (float("inf"), "P1", "not_a_number"),
        ("1e309", "P1", "unit"),
        (-3, "P1", "negative"),
        ("−3", "P1", "negative"),
        ("٣", "P1", "not_a_number"),
        ("- 3", "P1", "negative"),
        (2.5, "P1", "not_whole"),
        (2**63, "P1", "too_large"),
        (0.00001, "P6", "too_small"),
        (101, "D3", "out_of_range"),
        (0, "D5", "scale_has_no_none"),
        (6, "D5", "out_of_range"),
    ],
)
def test_it_refuses_what_nobody_can_mean(raw, indicator, code):
    read = read_cell(raw, INDICATORS[indicator])
    assert isinstance(read, Fault)
    assert read.code == code


@pytest.mark.parametrize(
    ("raw", "value"), [("0,5", "0.5"), ("0,5%", "0.5"), ("12%", "12"), (1.0, "1"), (8.75, "8.75")]
)
def test_it_takes_a_percentage_that_can_be_read_in_one_way_only(raw, value):
    assert read_cell(raw, INDICATORS["D3"], by_hand=True) == Reading(State.TERISI, Decimal(value))


def test_it_names_both_readings_of_what_a_spreadsheet_keeps_for_a_percentage():
    told = {"written": "0,085", "percent": "8,5"}
    assert read_cell(0.085, INDICATORS["D3"], by_hand=True) == Fault("percent_or_share", told)
    assert read_cell(0.085, INDICATORS["P6"], by_hand=True) == Reading(State.TERISI, Decimal("0.085"))


def test_it_takes_a_share_whose_factor_somebody_chose():
    assert read_cell(0.4, INDICATORS["D3"]) == Reading(State.TERISI, Decimal("0.4"))


@pytest.mark.parametrize("raw", ["12", "nihil", "2,5", "belum: banjir", "belum: tidak bersedia"])
def test_it_writes_an_answer_as_it_would_be_typed_again(raw):
    read = read_cell(raw, INDICATORS["P6"])
    assert text_of(read.state, read.value, read.reason, read.note) == raw
