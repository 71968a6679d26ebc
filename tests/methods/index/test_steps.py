"""It says what it was given, step by step, and refuses what cannot be an index."""

import doctest
import importlib

import numpy as np
import pytest

from bersinar.methods import index
from bersinar.methods.index import weighting

NAN = float("nan")
MODULES = [
    "checks",
    "coherence",
    "framework",
    "ranking",
    "outliers",
    "scaling",
    "missing",
    "aggregation",
    "outranking",
    "recipe",
    "weighting.data_driven",
    "weighting.pairwise",
]
FRAMEWORK = index.Framework(
    (
        index.Item("kasus", "utama"),
        index.Item("kurir", "utama"),
        index.Item("pos", "pendukung", direction=-1),
    ),
    (index.Group("utama", 2.0), index.Group("pendukung", 1.0)),
)
VALUES = np.array([[0.0, 1.0, 3.0], [4.0, 0.0, 1.0], [2.0, 2.0, 0.0], [8.0, NAN, 2.0]])
POSTS = index.Goalposts(np.zeros(3), np.array([10.0, 4.0, 4.0]), np.zeros(3, bool), 2021)
RECIPE = index.Recipe("bawaan", "1", FRAMEWORK, goalposts=POSTS)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_each_page_hold(name):
    failed, _tried = doctest.testmod(importlib.import_module(f"bersinar.methods.index.{name}"))
    assert failed == 0


def test_it_works_the_village_of_the_page():
    found = index.build(VALUES, RECIPE)
    assert found.weights == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert found.scaled[1] == pytest.approx([40.0, 0.0, 75.0])
    assert found.score == pytest.approx([(0 + 25 + 25) / 3, 115 / 3, (20 + 50 + 100) / 3, (80 + 50) / 2])
    assert found.lower[3] == pytest.approx(130 / 3) and found.upper[3] == pytest.approx(230 / 3)
    assert found.screened.tolist() == [False, False, False, True]
    assert found.rank == pytest.approx([3, 2, 1, NAN], nan_ok=True)
    assert found.contributions[1] == pytest.approx([40 / 3, 0, 25])
    assert np.allclose(found.contributions.sum(axis=1), found.score)


def test_a_year_beyond_the_goalposts_is_held_at_the_ends():
    later = index.scale([[99.0, -1.0, 0.0]], directions=[1, 1, -1], goalposts=POSTS)
    assert later.tolist() == [[100.0, 0.0, 100.0]]


def test_an_extreme_village_of_the_base_year_does_not_squeeze_the_others():
    column = np.array([1.0, 2, 3, 2, 1, 3, 2, 2, 1, 100]).reshape(-1, 1)
    assert index.goalposts_of(column).high.tolist() == [3.0]
    many = np.concatenate([np.arange(200.0) % 4, [1e3, 2e3, 3e3, 4e3, 5e3, 9e5]]).reshape(-1, 1)
    posts = index.goalposts_of(many)
    assert posts.logged.tolist() == [True] and posts.high.tolist() == [9e5]
    scaled = index.scale(many, directions=[1], goalposts=posts)
    assert scaled.max() == 100 and scaled[3, 0] == pytest.approx(100 * np.log(4) / np.log(9e5 + 1))


def test_a_small_unit_is_not_a_constant():
    column = np.array([1.0, 2, 3, 2, 1, 3, 2, 2, 1, 100]).reshape(-1, 1)
    assert index.treat(column * 1e-12).treatments == index.treat(column).treatments


def test_it_treats_no_more_villages_than_the_rule_asks():
    column = np.concatenate([np.arange(30.0) % 5, [80.0, 90.0]]).reshape(-1, 1)
    found = index.treat(column)
    assert (found.treatments[0], found.points[0], found.settled[0]) == (index.Treatment.WINSORISED, 2, True)
    assert found.values[-2:].ravel().tolist() == [4.0, 4.0]
    mirrored = index.treat(-column)
    assert mirrored.values.tolist() == (-found.values).tolist()
    assert index.treat(np.full((9, 1), 3.0)).treatments[0] == index.Treatment.NONE


def test_a_constant_indicator_tells_nothing():
    for how in (index.Scaling.MINMAX, index.Scaling.Z):
        assert np.isnan(index.scale([[3.0], [3.0]], directions=[1], how=how)).all()
    with pytest.raises(ValueError, match="indicator 0 is the same"):
        index.goalposts_of([[3.0], [3.0]])


def test_one_choice_changed_is_one_choice():
    other = index.changed(RECIPE, aggregation=index.Aggregation.GEOMETRIC)
    assert other.name == "bawaan / aggregation" and other.goalposts is POSTS
    score = index.build(VALUES, other).score
    assert np.isnan(score[3]) and not np.isnan(score[:3]).any()
    with pytest.raises(ValueError, match="exactly one"):
        index.changed(RECIPE, aggregation=index.Aggregation.HARMONIC, outliers=False)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"scaling": index.Scaling.RANK, "aggregation": index.Aggregation.GEOMETRIC}, "places"),
        ({"aggregation": index.Aggregation.MPI_PLUS}, "goes with z"),
        ({"scaling": index.Scaling.Z, "aggregation": index.Aggregation.HARMONIC}, "below zero"),
        ({"scaling": index.Scaling.MINMAX, "aggregation": index.Aggregation.AMPI}, "goalposts"),
    ],
)
def test_it_refuses_choices_that_do_not_go_together(choices, said):
    with pytest.raises(ValueError, match=said):
        index.Recipe("x", "1", FRAMEWORK, goalposts=POSTS, **choices)


def test_imbalance_makes_a_bad_thing_worse():
    x = [[10.0, 10.0], [0.0, 20.0], [5.0, 0.0]]
    plus, minus = index.mpi(x, directions=[1, 1]), index.mpi(x, directions=[1, 1], sign=-1)
    assert (plus >= minus).all() and plus[1] > minus[1]
    z = 100 + 10 * (np.array(x) - np.mean(x, axis=0)) / np.std(x, axis=0)
    assert plus == pytest.approx(z.mean(1) + z.var(1) / z.mean(1))
    scaled = index.ampi_scale(x, low=[0, 0], high=[10, 20])
    assert scaled[1].tolist() == [70.0, 130.0]
    assert index.ampi(scaled)[1] == pytest.approx(100 + 900 / 100)


def test_it_looks_over_the_indicators():
    rng = np.random.default_rng(4)
    a = rng.normal(size=200)
    x = np.column_stack([a, a + 0.05 * rng.normal(size=200), -a + rng.normal(size=200)])
    found = index.audit(x, [1, 1, 1])
    assert [(one.first, one.second) for one in found.collinear] == [(0, 1)]
    assert {(one.first, one.second) for one in found.negative} == {(0, 2), (1, 2)}
    assert np.allclose(found.correlations, np.corrcoef(x, rowvar=False))
    same = np.column_stack([a, a, a])
    assert index.cronbach_alpha(same) == pytest.approx(1.0)
    assert index.remove_one(same, [1, 1, 1]).tolist() == [0.0, 0.0, 0.0]


def test_a_village_that_loses_its_only_answer_has_no_place_to_compare():
    found = index.remove_one([[1.0, NAN], [6.0, 1.0], [3.0, 2.0]], [1, 1])
    assert found.tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: index.weighted_mean([[1.0, 2.0]], [1]), "weights: 2 expected"),
        (lambda: index.weighted_mean([[1.0, 2.0]], [0, 0]), "all are zero"),
        (lambda: index.weighted_mean([[1.0, 2.0]], [1, -1]), "position 1 is no weight"),
        (lambda: index.weighted_mean([1.0, 2.0], [1, 1]), "2|dimensions"),
        (lambda: index.weighted_mean(np.empty((0, 2)), [1, 1]), "no villages"),
        (lambda: index.arithmetic([[1.0, NAN]], [1, 1]), "village 0, indicator 1"),
        (lambda: index.geometric([[1.0, 0.0]], [1, 1]), "not above zero"),
        (lambda: index.treat([[np.inf]]), "infinite number in village 0"),
        (lambda: index.scale([[1.0]], directions=[2], how=index.Scaling.Z), "directions"),
        (lambda: index.scale([[1.0]], directions=[1]), "goalposts: needed"),
        (lambda: index.topsis([[1.0], [1.0]], [1]), "the same in every village"),
        (lambda: index.promethee([[1.0]], [1]), "two villages"),
        (lambda: weighting.entropy([[1.0, -1.0], [2.0, 1.0]]), "negative"),
        (lambda: weighting.entropy([[1.0, 1.0], [1.0, 1.0]]), "the same in every village"),
        (lambda: weighting.critic([[1.0, 1.0], [1.0, 2.0]]), "indicator 0 is the same"),
        (lambda: weighting.ahp([[1, 3], [3, 1]]), "not the inverse"),
        (lambda: weighting.ahp(np.ones((11, 11))), "2 to 10"),
        (lambda: weighting.from_pairs(3, {(0, 1): 1.0}), "not there"),
        (lambda: index.Item("a", "b", direction=0), "direction of a"),
        (lambda: index.Framework((index.Item("a", "x"),), (index.Group("y"),)), "does not exist"),
        (lambda: FRAMEWORK.without("tak ada"), "there is no"),
        (lambda: index.rank_bounds([2.0], [1.0]), "above upper in village 0"),
        (lambda: index.build(VALUES[:, :2], RECIPE), "3 indicators expected"),
    ],
)
def test_it_refuses_what_cannot_be_and_says_where(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_contradicting_judgements_name_the_worst_pair():
    pairs = {(0, 1): 3.0, (1, 2): 3.0, (0, 2): 1 / 5}
    found = weighting.ahp(weighting.from_pairs(3, pairs))
    assert not found.consistent and found.cr > 0.1 and found.gci > 0.3147
    assert found.worst_pair in {(0, 1), (1, 2), (0, 2)}
    together = weighting.combine([weighting.from_pairs(3, pairs), weighting.from_pairs(3, pairs)])
    assert together == pytest.approx(weighting.from_pairs(3, pairs))


def test_groups_keep_their_share_when_an_item_goes():
    left = FRAMEWORK.without("kurir")
    assert left.weights() == pytest.approx([2 / 3, 1 / 3])
    assert [group.name for group in FRAMEWORK.without("pos").groups] == ["utama"]
