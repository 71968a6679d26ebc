"""It keeps what must hold whatever the numbers: order, names and units of villages do not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bersinar.methods import index
from bersinar.methods.index import weighting

MAIN = [f"P{k}" for k in range(1, 9)]
SUPPORTING = [f"D{k}" for k in range(1, 6)]
FRAMEWORK = index.two_to_one(MAIN, SUPPORTING)
NAN = float("nan")


def tables(*, gaps=True):
    numbers = st.integers(0, 40).map(float)
    cells = st.one_of(numbers, st.just(NAN)) if gaps else numbers
    return st.tuples(st.integers(2, 12), st.integers(2, 5)).flatmap(
        lambda shape: arrays.arrays(np.float64, shape, elements=cells, fill=st.nothing())
    )


@settings(deadline=None)
@given(tables(), st.randoms())
def test_the_order_of_villages_does_not_matter(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    w = np.arange(1.0, table.shape[1] + 1)
    score = index.weighted_mean(table, w, high=40).score
    turned = index.weighted_mean(table[order], w, high=40).score
    assert np.allclose(score[order], turned, equal_nan=True)
    assert np.array_equal(index.ranks(score)[order], index.ranks(score[order]), equal_nan=True)


@settings(deadline=None)
@given(tables(gaps=False), st.floats(0.5, 20), st.floats(-30, 30))
def test_the_unit_of_an_indicator_does_not_matter(table, factor, shift):
    more = np.ones(table.shape[1])
    for how in (index.Scaling.MINMAX, index.Scaling.Z, index.Scaling.RANK, index.Scaling.PERCENTILE):
        before = index.scale(table, directions=more, how=how)
        after = index.scale(table * 2, directions=more, how=how)
        assert np.allclose(before, after, equal_nan=True)
    scaled = index.scale(table * factor + shift, directions=more, how=index.Scaling.MINMAX)
    assert np.allclose(
        scaled, index.scale(table, directions=more, how=index.Scaling.MINMAX), atol=1e-6, equal_nan=True
    )


@settings(deadline=None)
@given(tables(gaps=False), st.integers(0, 11), st.integers(0, 4), st.integers(1, 9))
def test_one_more_case_never_makes_a_village_less_vulnerable(table, row, column, more):
    row, column = row % table.shape[0], column % table.shape[1]
    posts = index.Goalposts(
        np.zeros(table.shape[1]), np.full(table.shape[1], 60.0), np.zeros(table.shape[1], bool)
    )
    worse = table.copy()
    worse[row, column] += more
    w = np.ones(table.shape[1])
    kept = {"directions": w, "how": index.Scaling.GOALPOSTS, "goalposts": posts, "floor": 1.0}
    before, after = index.scale(table, **kept), index.scale(worse, **kept)
    for mean in (index.arithmetic, index.geometric, index.harmonic):
        assert mean(after, w)[row] >= mean(before, w)[row] - 1e-12
    assert index.promethee(worse, w)[row] >= index.promethee(table, w)[row] - 1e-12


@settings(deadline=None)
@given(tables(), st.integers(0, 40))
def test_the_bounds_hold_every_completion(table, number):
    w = np.arange(1.0, table.shape[1] + 1)
    found = index.weighted_mean(table, w, low=0, high=40)
    completed = index.weighted_mean(np.where(np.isnan(table), number, table), w, low=0, high=40).score
    assert (found.lower - 1e-9 <= completed).all() and (completed <= found.upper + 1e-9).all()
    best, worst = index.rank_bounds(found.lower, found.upper)
    # The mean place of a tie lies between the best and the worst place the tied villages could have.
    places = index.ranks(completed)
    assert (best <= places + 1e-9).all() and (places <= worst + 1e-9).all()


@settings(deadline=None)
@given(tables(gaps=False))
def test_promethee_equals_the_table_of_all_pairs(table):
    n, p = table.shape
    difference = table[:, None, :] - table[None, :, :]
    w = np.arange(1.0, p + 1) / np.arange(1.0, p + 1).sum()
    usual = ((difference > 0) @ w).sum(1) - ((difference < 0) @ w).sum(1)
    assert index.promethee(table, w) == pytest.approx(usual / (n - 1), abs=1e-12)
    linear = np.clip((difference - 1.5) / 4.5, 0, 1) @ w
    found = index.promethee(table, w, indifference=np.full(p, 1.5), preference=np.full(p, 6.0))
    assert found == pytest.approx((linear.sum(1) - linear.sum(0)) / (n - 1), abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 9), min_size=3, max_size=8))
def test_judgements_that_fit_give_back_their_weights(weights):
    given_weights = np.array(weights) / sum(weights)
    found = weighting.ahp(given_weights[:, None] / given_weights[None, :])
    assert found.weights == pytest.approx(given_weights, abs=1e-9)
    assert found.cr == pytest.approx(0, abs=1e-9) and found.gci == pytest.approx(0, abs=1e-12)
