"""From the rows of a sheet to what would be stored."""

from __future__ import annotations

from bersinar.fieldwork.rules import template
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument
from bersinar.fieldwork.rules.plan import Ask, Place, Sheet, plan_of

INSTRUMENT = instrument(*DEFAULT_INSTRUMENT)
CODE = "19.02.04.2005"
ASK = Ask(7, INSTRUMENT, INSTRUMENT.indicators, {CODE: Place(1, CODE, "Tanjung Binga")}, {})


def test_it_asks_back_when_a_spreadsheet_kept_a_percentage_as_a_share():
    poverty = INSTRUMENT.indicator("D3")
    rows = (
        [template.mark_text(7, *DEFAULT_INSTRUMENT)],
        [*template.PLACES[:2], template.heading(poverty)],
        [CODE, "Tanjung Binga", 0.12],
    )
    plan = plan_of([Sheet(template.SHEET, rows)], ASK)
    assert list(plan.cells) == []
    assert [(one.code, one.indicator, one.column) for one in plan.errors] == [("percent_or_share", "D3", "C")]


def test_it_counts_only_rows_that_say_something_when_empty_cells_are_merged():
    cases = INSTRUMENT.indicator("P1")
    rows = (
        [template.mark_text(7, *DEFAULT_INSTRUMENT)],
        [*template.PLACES[:2], template.heading(cases)],
        [CODE, "Tanjung Binga", 2],
        [],
        ["", "", ""],
    )
    plan = plan_of([Sheet(template.SHEET, rows, merged=((3, 0, 4, 2),))], ASK)
    assert (plan.rows_read, plan.rows_bad, plan.errors) == (1, 0, ())
