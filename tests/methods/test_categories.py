"""It gives each village its category, or every category its missing answers leave possible."""

import doctest
import json
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bersinar.methods.categories.classification as classify_module
import bersinar.methods.categories.reconciliation as reconcile_module
import bersinar.methods.categories.rule as rule_module
from bersinar.methods.categories import (
    NO_LINE_BIT,
    OPEN,
    Anomaly,
    Category,
    CountRule,
    Line,
    Presence,
    RuleError,
    Status,
    categories_in,
    classify,
    decision_table,
    reconcile,
)

MAIN = tuple(f"P{n}" for n in range(1, 9))
SUPPORTING = tuple(f"D{n}" for n in range(1, 6))
NAMES = MAIN + SUPPORTING
BAHAYA = Line(Category.BAHAYA, 5, 4, status=Status.REPORTED)
FULL = (BAHAYA, Line(Category.WASPADA, 4, 2), Line(Category.SIAGA, 2, 2, "or"), Line(Category.AMAN, 0, 0))
REFERENCE = json.loads((Path(__file__).parents[1] / "reference/categories_published.json").read_text())


def make_rule(lines=(BAHAYA,), **changes):
    facts = {
        "id": "uji",
        "version": "1",
        "title": "Aturan uji",
        "authority": "uji",
        "document": "uji",
        "status": Status.REPORTED,
        "main": MAIN,
        "supporting": SUPPORTING,
        "presence": {name: Presence(">=", 1) for name in NAMES},
        "lines": tuple(lines),
    }
    return CountRule(**(facts | changes))


def village(main, supporting, missing_main=0, missing_supporting=0):
    """One row with so many present, so many missing, the rest none."""
    row = [1.0] * main + [np.nan] * missing_main + [0.0] * (8 - main - missing_main)
    return (
        row
        + [1.0] * supporting
        + [np.nan] * missing_supporting
        + [0.0] * (5 - supporting - missing_supporting)
    )


def test_it_orders_categories_by_severity_not_by_alphabet():
    assert Category.AMAN < Category.SIAGA < Category.WASPADA < Category.BAHAYA
    assert Category.SIAGA <= Category.WASPADA and Category.BAHAYA >= Category.SIAGA > Category.AMAN
    assert max(Category) is Category.BAHAYA
    assert [c.value for c in Category] == ["AMAN", "SIAGA", "WASPADA", "BAHAYA"]


@pytest.mark.parametrize(
    "main, supporting, category",
    [(5, 4, Category.BAHAYA), (8, 5, Category.BAHAYA), (4, 5, None), (8, 3, None), (0, 0, None)],
)
def test_it_leaves_a_village_open_where_the_published_line_is_silent(main, supporting, category):
    result = classify([village(main, supporting)], rule=make_rule(), indicators=NAMES)
    assert result.category[0] == (category.severity if category else OPEN)
    assert result.determined[0] == (category is not None)
    assert result.unmatched[0] == (category is None)


def test_it_works_the_village_of_the_page():
    # Given: five main present, one main not answered; three supporting present, one not answered.
    rule = make_rule(FULL)
    row = village(5, 3, missing_main=1, missing_supporting=1)
    # When
    result = classify([row], rule=rule, indicators=NAMES)
    # Then
    assert (result.n_main[0], result.n_supporting[0]) == (5, 3)
    assert [c.value for c in categories_in(result.possible[0])] == ["BAHAYA", "WASPADA"]
    assert result.category[0] == OPEN and not result.unmatched[0]
    assert [NAMES[k] for k in np.flatnonzero(result.settles[0])] == ["D4"]
    assert result.distance[0].tolist() == [6, 2, 0, 0]


def brute_force(row, rule):
    """Every completion, one by one, with nothing clever."""
    gaps = [k for k, value in enumerate(row) if np.isnan(value)]
    found = {}
    for answers in product((0, 1), repeat=len(gaps)):
        full = [0 if np.isnan(value) else int(value >= 1) for value in row]
        for k, answer in zip(gaps, answers, strict=True):
            full[k] = answer
        line = rule.line_for(sum(full[:8]), sum(full[8:]))
        found[answers] = line.category if line else None
    matters = {
        gaps[k]
        for k in range(len(gaps))
        for answers in found
        if found[answers] != found[(*answers[:k], 1 - answers[k], *answers[k + 1 :])]
    }
    return set(found.values()), matters


rows = st.lists(st.sampled_from([0.0, 1.0, 7.0, np.nan]), min_size=13, max_size=13)


@st.composite
def rules(draw):
    wanted = draw(st.lists(st.sampled_from(list(Category)), min_size=1, max_size=5))
    lines = []
    for category in sorted(wanted, reverse=True):
        combine = draw(st.sampled_from(["and", "or"]))
        low = 1 if combine == "or" or category is not Category.AMAN else 0
        main, supporting = draw(st.integers(low, 8)), draw(st.integers(low, 5))
        try:
            make_rule([*lines, Line(category, main, supporting, combine)])
        except RuleError:
            continue
        lines.append(Line(category, main, supporting, combine))
    return make_rule(lines or [BAHAYA])


@settings(max_examples=150, deadline=None)
@given(row=rows, rule=rules())
def test_it_knows_every_completion_and_what_would_settle_it(row, rule):
    outcomes, matters = brute_force(row, rule)
    result = classify([row], rule=rule, indicators=NAMES)
    assert set(categories_in(result.possible[0])) == outcomes - {None}
    assert bool(result.possible[0] & NO_LINE_BIT) == (None in outcomes)
    assert set(np.flatnonzero(result.settles[0])) == matters
    assert result.determined[0] == (len(outcomes) == 1 and None not in outcomes)
    for category in Category:
        assert (result.distance[0, category.severity] == 0) == (category in outcomes)


@settings(max_examples=100, deadline=None)
@given(row=rows, rule=rules(), seed=st.integers(0, 1000))
def test_it_does_not_depend_on_the_order_of_villages_or_columns(row, rule, seed):
    rng = np.random.default_rng(seed)
    table = np.array([row, village(3, 1), village(8, 0)])
    down, across = rng.permutation(3), rng.permutation(13)
    straight = classify(table, rule=rule, indicators=NAMES)
    shuffled = classify(table[down][:, across], rule=rule, indicators=[NAMES[k] for k in across])
    assert straight.possible[down].tolist() == shuffled.possible.tolist()
    assert straight.settles[down].tolist() == shuffled.settles.tolist()


@settings(max_examples=100, deadline=None)
@given(row=rows, rule=rules(), column=st.integers(0, 12))
def test_it_never_gets_milder_when_one_more_indicator_is_present(row, rule, column):
    before, after = list(row), list(row)
    before[column], after[column] = 0.0, 1.0
    result = classify([before, after], rule=rule, indicators=NAMES)

    def ends(mask):
        codes = [code for code in range(4) if mask >> code & 1] + ([-1] if mask & NO_LINE_BIT else [])
        return min(codes), max(codes)

    low, high = ends(int(result.possible[0])), ends(int(result.possible[1]))
    assert low[0] <= high[0] and low[1] <= high[1]


def test_it_leaves_everything_possible_when_nothing_was_answered():
    result = classify([[np.nan] * 13], rule=make_rule(FULL), indicators=NAMES)
    assert set(categories_in(result.possible[0])) == set(Category)
    assert result.category[0] == OPEN
    assert result.settles[0].all()


def test_it_counts_each_village_exactly_once():
    table = [village(m, s) for m in range(9) for s in range(6)]
    assert sum(classify(table, rule=make_rule(), indicators=NAMES).counts().values()) == 54


def test_it_never_reads_a_missing_answer_as_absent():
    filled = classify([village(5, 3)], rule=make_rule(FULL), indicators=NAMES)
    silent = classify([village(5, 3, missing_supporting=1)], rule=make_rule(FULL), indicators=NAMES)
    assert filled.determined[0] and not silent.determined[0]


@pytest.mark.parametrize(
    "row, flags",
    [
        (village(8, 0), Anomaly.MAIN_WITHOUT_SUPPORTING | Anomaly.MAIN_HELD_BACK),
        (village(8, 3), Anomaly.MAIN_HELD_BACK),
        (village(8, 4), Anomaly.NONE),
        (village(8, 0, missing_supporting=5), Anomaly.NONE),
        (village(8, 0, missing_supporting=2), Anomaly.MAIN_HELD_BACK),
        (village(7, 0), Anomaly.NONE),
    ],
)
def test_it_flags_villages_the_count_rule_treats_oddly(row, flags):
    assert classify([row], rule=make_rule(FULL), indicators=NAMES).anomalies[0] == flags


def test_it_uses_the_threshold_of_each_indicator():
    presence = {name: Presence(">=", 1) for name in NAMES} | {"D5": Presence(">", 3), "D4": Presence("<=", 2)}
    values = np.zeros((1, 13))
    values[0, 11], values[0, 12] = 2, 3
    result = classify(values, rule=make_rule(presence=presence), indicators=NAMES)
    assert result.present[0].tolist() == [False] * 11 + [True, False]


def test_it_refuses_states_and_values_that_contradict_each_other():
    values = np.zeros((1, 13))
    with pytest.raises(ValueError, match="marked as none"):
        classify(values + 1, np.zeros((1, 13)), rule=make_rule(), indicators=NAMES)
    with pytest.raises(ValueError, match="value is NaN"):
        classify(values * np.nan, np.ones((1, 13)), rule=make_rule(), indicators=NAMES)
    with pytest.raises(ValueError, match="needs indicator D5"):
        classify(values[:, :12], rule=make_rule(), indicators=NAMES[:12])


def test_it_shows_the_whole_decision_table():
    table = decision_table(make_rule())
    assert table.shape == (9, 6)
    assert np.argwhere(table == Category.BAHAYA.severity).min(axis=0).tolist() == [5, 4]
    assert np.count_nonzero(table == OPEN) == 54 - 8


@pytest.mark.parametrize(
    "build, words",
    [
        (lambda: Presence("=>", 1), "tidak dikenal"),
        (lambda: Presence(">=", float("nan")), "angka biasa"),
        (lambda: Line(Category.SIAGA, -1, 0), "negatif"),
        (lambda: Line(Category.SIAGA, 0, 2, "or"), "semua desa cocok"),
        (lambda: Line(Category.SIAGA, 0, 0), "Hanya garis Aman"),
        (lambda: make_rule([]), "belum punya satu garis"),
        (lambda: make_rule([Line(Category.BAHAYA, 9, 0)]), "hanya ada 8 pokok"),
        (lambda: make_rule([Line(Category.SIAGA, 1, 1), BAHAYA]), "Urutan garis"),
        (lambda: make_rule([BAHAYA, Line(Category.WASPADA, 6, 5)]), "tidak pernah tercapai"),
        (lambda: make_rule(presence={}), "Belum ada batas"),
        (lambda: make_rule(supporting=("D1", "D1")), "dua kali"),
        (lambda: make_rule(id=" "), "Isi dulu"),
    ],
)
def test_it_refuses_a_rule_that_cannot_be_meant(build, words):
    with pytest.raises(RuleError, match=words):
        build()


def test_it_maps_the_nation_well_within_a_second():
    rng = np.random.default_rng(7)
    values = rng.integers(0, 3, size=(84_000, 13)).astype(float)
    values[rng.random(values.shape) < 0.2] = np.nan
    began = perf_counter()
    result = classify(values, rule=make_rule(FULL), indicators=NAMES)
    assert perf_counter() - began < 1
    assert sum(result.counts().values()) == 84_000


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["area"])
def test_it_checks_published_totals(case):
    counts = dict(zip(REFERENCE["order"], case["counts"], strict=True))
    result = reconcile(counts, case["villages"])
    assert (result.ok, result.difference) == (case["ok"], case["difference"])


def test_it_names_villages_that_are_missing_doubled_or_foreign():
    result = reconcile({"BELUM": 3}, 3, expected_ids=[1, 2, 3], result_ids=[1, 1, 4])
    assert not result.ok and result.difference == 0
    assert (result.missing, result.duplicated, result.unexpected) == ((2, 3), (1,), (4,))


def test_it_refuses_negative_counts_and_half_given_ids():
    with pytest.raises(ValueError, match="negative"):
        reconcile({"AMAN": -1}, 1)
    with pytest.raises(ValueError, match="together"):
        reconcile({"AMAN": 1}, 1, expected_ids=[1])


@pytest.mark.parametrize("module", [rule_module, classify_module, reconcile_module])
def test_it_keeps_its_examples_true(module):
    failed, tried = doctest.testmod(module)
    assert tried and not failed
