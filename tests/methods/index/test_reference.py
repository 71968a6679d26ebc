"""It agrees with the software people know, on the same forty made-up villages."""

import json
from pathlib import Path

import numpy as np
import pytest

from bersinar.methods import index
from bersinar.methods.index import weighting
from bersinar.methods.index.outliers import excess_kurtosis, skewness

REFERENCE = json.loads((Path(__file__).parents[2] / "reference/index_reference.json").read_text())
X = np.array(REFERENCE["values"])
W = np.array(REFERENCE["weights"])
MORE = np.ones(X.shape[1])


@pytest.fixture(scope="module")
def unit():
    return index.scale(X, directions=MORE, how=index.Scaling.MINMAX) / 100


def expected(name):
    return np.array(REFERENCE[name])


def test_topsis(unit):
    assert index.topsis(unit, W) == pytest.approx(expected("topsis"), abs=1e-12)


def test_vikor(unit):
    assert index.vikor(X, W).q == pytest.approx(expected("vikor_q"), abs=1e-12)
    assert index.vikor(unit, W).q == pytest.approx(expected("vikor_q"), abs=1e-12)


def test_promethee_without_thresholds():
    assert index.promethee(X, W) == pytest.approx(expected("promethee_usual"), abs=1e-10)


def test_promethee_with_thresholds():
    told = REFERENCE["promethee_linear"]
    found = index.promethee(X, W, indifference=told["q"], preference=told["p"])
    assert found == pytest.approx(np.array(told["net"]), abs=1e-10)


def test_weights_by_entropy():
    assert weighting.entropy(X) == pytest.approx(expected("entropy"), abs=1e-9)


def test_weights_by_critic(unit):
    assert weighting.critic(unit) == pytest.approx(expected("critic"), abs=1e-9)


def test_weights_by_pairs():
    told = REFERENCE["ahp"]
    pairs = {(i, j): float(value) for i, j, value in told["pairs"]}
    found = weighting.ahp(weighting.from_pairs(4, pairs))
    assert found.weights == pytest.approx(np.array(told["weights"]), abs=1e-8)
    assert found.consistent


def test_skewness_and_kurtosis():
    columns = range(X.shape[1])
    assert [skewness(X[:, at]) for at in columns] == pytest.approx(REFERENCE["skew"], rel=1e-9)
    assert [excess_kurtosis(X[:, at]) for at in columns] == pytest.approx(REFERENCE["kurtosis"], rel=1e-9)


@pytest.mark.parametrize(
    ("how", "name", "factor"),
    [
        (index.Scaling.MINMAX, "minmax", 100),
        (index.Scaling.Z, "z", 1),
        (index.Scaling.PERCENTILE, "percentile", 100),
    ],
)
def test_scalings(how, name, factor):
    found = index.scale(X, directions=MORE, how=how)
    assert found.ravel() == pytest.approx(factor * expected(name), abs=1e-9)


def test_means(unit):
    lifted = 1 + 99 * unit
    assert index.geometric(lifted, W) == pytest.approx(expected("geometric"), rel=1e-9)
    assert index.harmonic(lifted, W) == pytest.approx(expected("harmonic"), rel=1e-9)


def test_places(unit):
    assert index.ranks(index.arithmetic(unit, W)) == pytest.approx(expected("rank"))
