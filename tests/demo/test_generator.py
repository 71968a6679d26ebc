"""It invents values that can be made again, that lean on nothing real, and that leave gaps where gaps hurt."""

import numpy as np
import pytest

from bersinar.demo.generator import INDICATORS, layout_of, observe, true_values

CODES = [
    f"99.{regency:02}.{district:02}.{2001 + k}"
    for regency in (1, 2)
    for district in range(1, 9)
    for k in range(40)
]


@pytest.fixture(scope="module")
def layout():
    return layout_of(CODES)


@pytest.fixture(scope="module")
def truth(layout):
    return true_values(layout, np.arange(len(CODES)) % 8 == 0, years=3, seed=7)


def test_the_same_seed_gives_the_same_answers(layout, truth):
    first, second = (observe(layout, truth, year_index=1, seed=7) for _ in range(2))
    np.testing.assert_array_equal(first.values, second.values)


def test_another_seed_gives_other_answers(layout, truth):
    values = [observe(layout, truth, year_index=1, seed=seed).values for seed in (7, 8)]
    assert not np.array_equal(*values, equal_nan=True)


def test_cases_follow_the_truth(layout, truth):
    cases = observe(layout, truth, year_index=0, seed=7).values[:, INDICATORS.index("P1")]
    theta = truth.vulnerability[0]
    assert np.nanmean(cases[theta > 1]) > 5 * np.nanmean(cases[theta < 0])


def test_cases_are_over_dispersed(layout, truth):
    cases = observe(layout, truth, year_index=0, seed=7).values[:, INDICATORS.index("P1")]
    assert np.nanvar(cases) > 3 * np.nanmean(cases)


def test_silence_is_not_random(layout, truth):
    years = [observe(layout, truth, year_index=0, seed=seed, wave=1) for seed in range(20)]
    gaps = [
        truth.vulnerability[0][~o.answered].mean() - truth.vulnerability[0][o.answered].mean() for o in years
    ]
    assert np.mean(gaps) > 0.05


def test_a_village_that_did_not_answer_has_no_zero(layout, truth):
    year = observe(layout, truth, year_index=0, seed=7, wave=1)
    assert np.isnan(year.values[~year.answered]).all()


def test_values_stay_inside_their_scales(layout, truth):
    values = observe(layout, truth, year_index=0, seed=7).values
    assert np.nanmin(values) >= 0
    last = values[:, INDICATORS.index("D5")]
    assert (np.nanmin(last), np.nanmax(last)) >= (1, 1)
    assert np.nanmax(last) <= 5


def test_neighbours_are_vulnerable_together(layout, truth):
    theta = truth.vulnerability[0]
    assert np.corrcoef(theta, theta[layout.neighbours].mean(axis=1))[0, 1] > 0.4


def test_every_village_has_neighbours_of_its_own_regency(layout):
    assert (layout.regency[layout.neighbours] == layout.regency[:, None]).all()
