"""It invents a province the same alone and with others, from neighbours, effort and silence that are known."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bersinar.demo.generator import EASY, INDICATORS
from bersinar.demo.synthesis import sheet
from bersinar.demo.synthesis.answers import Fate, year_of
from bersinar.demo.synthesis.land import land_of
from bersinar.demo.synthesis.scale import scale_of
from bersinar.demo.synthesis.truth import truth_of
from bersinar.territory import codebook

SEED = 7
CASES, POVERTY, SCALE = (INDICATORS.index(name) for name in ("P1", "D3", "D5"))


def land_of_province(code, **given):
    villages = [(one, one[9] == "1") for one in codebook.villages() if one.startswith(f"{code}.")]
    return land_of(code, villages, **given)


def made(code, *, years=2, calls=3, seed=SEED):
    land = land_of_province(code)
    truth = truth_of(land, years=years, seed=seed, setting=EASY)
    return (
        land,
        truth,
        [year_of(land, truth, index=k, calls=calls, seed=seed, setting=EASY) for k in range(years)],
    )


def digest(code, **given):
    _land, truth, years = made(code, **given)
    told = hashlib.sha256(truth.vulnerability.tobytes() + truth.severity.tobytes())
    for year in years:
        told.update(year.happened.tobytes() + year.seen.tobytes() + year.fate.tobytes() + year.call.tobytes())
    return told.hexdigest()


@pytest.fixture(scope="module")
def java():
    """Jawa Timur: 8,494 villages in 38 regencies."""
    return made("35", years=1)


def moran(land, values):
    """Moran's I with the weights of the land: 0 where neighbours know nothing of each other."""
    centred = values - values.mean()
    return float((centred * land.mean_of_neighbours(centred)).sum() / (centred**2).sum())


@pytest.mark.parametrize("order", [("19", "34", "31"), ("31", "34", "19")])
def test_a_province_is_the_same_alone_and_among_others_in_any_order(order):
    among = {code: digest(code) for code in order}
    assert among["19"] == digest("19")


def test_it_is_the_same_when_threads_draw_at_once():
    codes = ["19", "34", "31", "19", "34", "31"]
    with ThreadPoolExecutor(6) as pool:
        at_once = list(pool.map(digest, codes))
    assert at_once == [digest(code) for code in codes[:3]] * 2


def test_more_years_leave_the_first_ones_as_they_were():
    (_land, two, first), (_same, five, more) = made("19", years=2), made("19", years=5)
    np.testing.assert_array_equal(two.vulnerability, five.vulnerability[:2])
    np.testing.assert_array_equal(first[1].seen, more[1].seen)


def test_another_seed_is_another_nation():
    assert digest("19") != digest("19", seed=SEED + 1)


def test_it_gives_these_bytes_on_every_machine():
    land, _truth, years = made("19", years=1)
    content = sheet.content([(code, "nama") for code in land.codes], years[0].seen)
    told = hashlib.sha256(content).hexdigest()
    assert told == "eb48162490b415dcb6299177ec38af8fbe8d145af28e4047b22c0bfe6068ff91"


def test_neighbours_are_vulnerable_together_and_strangers_are_not(java):
    land, truth, _years = java
    theta = truth.vulnerability[0]
    shuffled = np.random.default_rng(1).permutation(theta)
    assert moran(land, theta) > 0.4
    assert abs(moran(land, shuffled)) < 0.05


def test_cases_are_over_dispersed_beyond_any_known_mean(java):
    _land, truth, (year,) = java
    mean = year.expected_cases * truth.effort
    some = (mean > 0.5) & (mean < 20)
    cases = year.happened[some, CASES]
    spread = ((cases - mean[some]) ** 2 / mean[some]).mean()
    # A Poisson count would give 1; the negative binomial of the setting gives 1 + mean / size.
    expected = 1 + mean[some].mean() / EASY.size
    assert some.sum() > 500
    assert spread > 1.5
    assert spread == pytest.approx(expected, rel=0.35)


def test_the_nation_s_rate_of_cases_comes_out_without_looking_at_the_nation(java):
    _land, truth, (year,) = java
    rate = year.happened[:, CASES].sum() / truth.facts.population.sum() * 1000
    assert rate == pytest.approx(0.16, rel=0.35)


def test_the_police_find_more_where_they_look_more(java):
    land, truth, (year,) = java
    found, effort = [], []
    for _name, where in land.regencies:
        found.append(year.happened[where, CASES].sum() / year.expected_cases[where].sum())
        effort.append(truth.effort[where][0])
    slope = np.polyfit(np.log(effort), np.log(found), 1)[0]
    assert len(found) == 38
    assert np.corrcoef(np.log(effort), np.log(found))[0, 1] > 0.6
    assert 0.6 < slope < 1.4


def test_effort_is_no_part_of_the_truth(java):
    land, truth, _years = java
    theta = [truth.vulnerability[0, where].mean() for _name, where in land.regencies]
    effort = [truth.effort[where][0] for _name, where in land.regencies]
    assert abs(np.corrcoef(theta, np.log(effort))[0, 1]) < 0.45


def test_silent_villages_are_more_vulnerable_than_those_that_answered_at_once(java):
    _land, truth, (year,) = java
    theta = truth.vulnerability[0]
    first, silent = theta[year.call == 1], theta[year.call == 0]
    assert silent.mean() - first.mean() > 0.2


def test_each_call_brings_more_answers_and_takes_none_back():
    _land, _truth, (once,) = made("18", years=1, calls=1)
    _land, _truth, (twice,) = made("18", years=1, calls=2)
    assert (once.call > 0).sum() < (twice.call > 0).sum()
    assert ((once.call == 0) | (twice.call == once.call)).all()


def test_blanks_are_more_frequent_among_values_of_enforcement(java):
    _land, _truth, (year,) = java
    left_out = (year.fate[year.call > 0] == Fate.BLANK).mean(axis=0)
    assert left_out[INDICATORS.index("P3")] == pytest.approx(0.2, abs=0.02)
    assert left_out[INDICATORS.index("D1")] == pytest.approx(0.05, abs=0.01)


def test_what_is_seen_follows_from_what_happened_and_its_fate(java):
    _land, _truth, (year,) = java
    unseen = np.isin(year.fate, (Fate.BLANK, Fate.SILENT, Fate.ZERO_LEFT_EMPTY))
    np.testing.assert_array_equal(np.isnan(year.seen), unseen)
    kept = year.fate == Fate.AS_IT_WAS
    np.testing.assert_array_equal(year.seen[kept], year.happened[kept])
    assert (year.happened[year.fate == Fate.ZERO_LEFT_EMPTY] == 0).all()
    assert (year.seen[year.fate == Fate.BLANK_AS_ZERO] == 0).all()
    assert set(np.unique(year.fate)) == set(Fate)


def test_values_stay_inside_their_scales(java):
    _land, _truth, (year,) = java
    assert np.nanmin(year.seen) >= 0
    assert np.nanmin(year.seen[:, SCALE]) >= 1 and np.nanmax(year.seen[:, SCALE]) <= 5
    assert np.nanmax(year.seen[:, POVERTY]) <= 100


def test_classes_are_cut_where_the_nation_s_shares_lie(java):
    _land, truth, _years = java
    assert scale_of(EASY).cuts == pytest.approx((2.0141, 1.2591, 0.3745), abs=1e-3)
    shares = np.bincount(truth.severity[0], minlength=4) / truth.severity.shape[1]
    assert shares[0] > shares[1] > shares[2] > shares[3] > 0


def test_neighbours_come_from_imported_boundaries_where_there_are_some():
    land = land_of_province("19")
    first, second, third = land.codes[0], land.codes[200], land.codes[300]
    bordered = land_of_province("19", bordering=[(first, second), (second, third)], marks=["abc"])
    at = land.codes.index(second)
    own = bordered.neighbours[bordered.starts[at] : bordered.starts[at + 1]].tolist()
    assert own == [land.codes.index(first), land.codes.index(third)]
    assert bordered.with_boundary.sum() == 3
    np.testing.assert_array_equal(bordered.neighbours[-6:], land.neighbours[-6:])


def test_a_border_with_another_province_changes_nothing():
    alone = land_of_province("19")
    along = land_of_province("19", bordering=[(alone.codes[0], "16.01.01.2001")])
    np.testing.assert_array_equal(alone.neighbours, along.neighbours)
    assert not along.with_boundary.any()
