"""What offices would see of the truth: counts driven by effort, and answers that stay away where it matters most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.counts import (
    CASE_RATE,
    INDICATORS,
    Array,
    Facts,
    Streams,
    case_weight,
    counts,
    logistic,
)
from bersinar.demo.generator.layout import Layout
from bersinar.demo.generator.truth import Truth

# Share of villages that answer in the first, second and third call, and blanks among those that do.
ANSWERED = (0.48, 0.75, 0.95)
BLANK = dict.fromkeys(INDICATORS, 0.05) | dict.fromkeys(("P1", "P2", "P6"), 0.10)
BLANK |= dict.fromkeys(("P3", "P4", "P5", "P7", "P8"), 0.20)


@dataclass(frozen=True, slots=True)
class Observed:
    """One year's answers. NaN is belum diisi, never zero."""

    values: Array  # (n, 13) in the order of INDICATORS
    answered: NDArray[np.bool_]  # (n,) whether the village answered at all


def observe(layout: Layout, truth: Truth, *, year_index: int, seed: int, wave: int = 3) -> Observed:
    """The answers of one year after `wave` calls; one seed gives the same answers anywhere."""
    children = np.random.SeedSequence([seed, year_index]).spawn(len(INDICATORS) + 1)
    streams = [np.random.Generator(np.random.PCG64(child)) for child in children]
    theta = truth.vulnerability[year_index]
    full = _counts(layout, truth, theta, dict(zip(INDICATORS, streams[:-1], strict=True)))
    values = np.column_stack([np.round(full[name], 2) for name in INDICATORS])
    answered = _answers(layout, theta, truth.services, streams[-1], ANSWERED[wave - 1])
    blanks = streams[-1].random(values.shape) < np.array([BLANK[name] for name in INDICATORS])
    values[blanks | ~answered[:, None]] = np.nan
    return Observed(values, answered)


def _counts(layout: Layout, truth: Truth, theta: Array, streams: Streams) -> dict[str, Array]:
    """Scaled by what is here: an area this small is its own measure."""
    people = truth.population
    facts = Facts(
        population=people,
        crowd=_standard(np.log(people)),
        kelurahan=truth.kelurahan,
        outer=layout.outer,
        wealth=truth.wealth,
        services=truth.services,
    )
    weight = case_weight(people, theta, truth.effort[layout.regency], truth.setting.effect)
    mean = weight * (CASE_RATE * people.sum() / weight.sum())
    return counts(facts, theta, mean, truth.setting.size, streams)


def answer_score(theta: Array, services: Array) -> Array:
    """Villages that answer are a little less vulnerable than the silent ones: on purpose."""
    return 0.25 * services - 0.25 * theta


def _answers(
    layout: Layout, theta: Array, services: Array, stream: np.random.Generator, share: float
) -> NDArray[np.bool_]:
    lean = stream.normal(size=len(np.unique(layout.regency)))[layout.regency]
    score = lean + answer_score(theta, services)
    low, high = -30.0, 30.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if logistic(middle + score).mean() < share else (low, middle)
    return stream.random(len(theta)) < logistic(low + score)


def _standard(values: Array) -> Array:
    standard: Array = (values - values.mean()) / (values.std() or 1.0)
    return standard
