"""What happens in a village in a year, given how vulnerable it is: thirteen draws, each from a stream of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Streams = Mapping[str, np.random.Generator]

INDICATORS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "D1", "D2", "D3", "D4", "D5")
# Cases in 1,000 people and year (Polri 2018).
CASE_RATE = 0.16e-3
_MOST_CASES = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change from year to year, one number a village."""

    population: Array
    crowd: Array  # people, as a standard score of their logarithm
    kelurahan: NDArray[np.bool_]
    outer: NDArray[np.bool_]  # at the coast
    wealth: Array
    services: Array
    # Two more fields of the land: violence that is not about drugs, and how people live together.
    violence: Array | float = 0.0
    distance: Array | float = 0.0


def case_weight(population: Array, theta: Array, effort: Array, effect: float) -> Array:
    """How cases are spread over villages; scaled by whoever knows the whole."""
    weight: Array = population**0.9 * np.exp(effect * theta) * effort
    return weight


def counts(facts: Facts, theta: Array, cases_mean: Array, size: float, streams: Streams) -> dict[str, Array]:
    """All thirteen, as they happened: nothing is missing yet."""
    cases = np.minimum(_negative_binomial(streams["P1"], cases_mean, size), _MOST_CASES)
    suspects = cases + streams["P3"].binomial(cases.astype(int), 0.17)
    users = streams["P5"].binomial(
        (0.68 * facts.population).astype(int), logistic(_logit(0.0173) - 0.10 + 0.45 * theta)
    )
    seen = streams["P5"].binomial(users, streams["P5"].beta(0.6, 0.6 * (1 / 0.03 - 1), len(theta)))
    entries = streams["P7"].poisson(0.02 + 0.30 * facts.outer)
    violence = 1.3e-3 * facts.population * np.exp(0.45 * theta + 0.35 * facts.violence)
    return {
        "P1": cases,
        "P2": _negative_binomial(streams["P2"], violence, 0.9),
        "P3": streams["P3"].binomial(suspects.astype(int), 0.38).astype(float),
        "P4": streams["P4"].poisson(0.003 * np.exp(theta)).astype(float),
        "P5": seen.astype(float),
        "P6": _grams(cases, streams["P6"]),
        "P7": streams["P7"].binomial(entries, 0.5).astype(float),
        "P8": streams["P8"].binomial(suspects.astype(int), 0.51).astype(float),
        **_surroundings(facts, theta, streams),
    }


def _surroundings(facts: Facts, theta: Array, streams: Streams) -> dict[str, Array]:
    venues = 0.06 * np.exp(0.35 * theta + 0.9 * facts.kelurahan + 0.3 * facts.crowd)
    houses = 3 * np.exp(0.3 * theta + 0.9 * facts.kelurahan + 0.5 * facts.crowd)
    poverty = -2.45 - 0.55 * facts.wealth + 0.45 * facts.distance
    poverty = logistic(poverty + 0.3 * streams["D3"].normal(size=len(theta)))
    lacking = logistic(-1 - 0.8 * facts.services + 0.3 * facts.distance)
    apart = 3 + 0.35 * theta + 0.3 * facts.crowd - 0.2 * facts.services + 0.3 * facts.distance
    return {
        "D1": _negative_binomial(streams["D1"], venues, 0.08),
        "D2": _negative_binomial(streams["D2"], houses, 0.35),
        "D3": 100 * poverty,
        "D4": streams["D4"].binomial(6, lacking).astype(float),
        "D5": np.clip(apart + streams["D5"].normal(0, 1 / np.sqrt(33), len(theta)), 1, 5),
    }


def _grams(cases: Array, stream: np.random.Generator) -> Array:
    """Each case brings its own weight; now and then there is a find on the beach."""
    owner = np.repeat(np.arange(len(cases)), cases.astype(int))
    grams = np.bincount(owner, stream.lognormal(np.log(1.5), 2.0, len(owner)), minlength=len(cases))
    finds = stream.random(len(cases)) < 0.004
    found: Array = grams + finds * stream.lognormal(np.log(800), 1.2, len(cases))
    return found


def _negative_binomial(stream: np.random.Generator, mean: Array, size: float) -> Array:
    return stream.negative_binomial(size, size / (size + mean)).astype(float)


def logistic(values: Array) -> Array:
    return 1 / (1 + np.exp(-values))


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p)))
