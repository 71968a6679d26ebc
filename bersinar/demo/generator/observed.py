"""What offices would see of the truth: counts driven by effort, and answers that stay away where it matters most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.layout import Layout
from bersinar.demo.generator.truth import Array, Truth

INDICATORS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "D1", "D2", "D3", "D4", "D5")
# Share of villages that answer in the first, second and third call, and blanks among those that do.
_ANSWERED = (0.48, 0.75, 0.95)
_BLANK = dict.fromkeys(INDICATORS, 0.05) | dict.fromkeys(("P1", "P2", "P6"), 0.10)
_BLANK |= dict.fromkeys(("P3", "P4", "P5", "P7", "P8"), 0.20)
_CAP = 300


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
    answered = _answers(layout, theta, truth.services, streams[-1], _ANSWERED[wave - 1])
    blanks = streams[-1].random(values.shape) < np.array([_BLANK[name] for name in INDICATORS])
    values[blanks | ~answered[:, None]] = np.nan
    return Observed(values, answered)


def _counts(
    layout: Layout, truth: Truth, theta: Array, streams: dict[str, np.random.Generator]
) -> dict[str, Array]:
    people, kelurahan = truth.population, truth.kelurahan
    crowd = _standard(np.log(people))
    effort = truth.effort[layout.regency]
    cases = _cases(truth, theta, effort, streams["P1"])
    suspects = cases + streams["P3"].binomial(cases.astype(int), 0.17)
    users = streams["P5"].binomial(
        (0.68 * people).astype(int), _logistic(_logit(0.0173) - 0.10 + 0.45 * theta)
    )
    seen = streams["P5"].binomial(users, streams["P5"].beta(0.6, 0.6 * (1 / 0.03 - 1), len(theta)))
    entries = streams["P7"].poisson(0.02 + 0.30 * layout.outer)
    poverty = _logistic(-2.45 - 0.55 * truth.wealth + 0.3 * streams["D3"].normal(size=len(theta)))
    answers = 3 + 0.35 * theta + 0.3 * crowd - 0.2 * truth.services
    return {
        "P1": cases,
        "P2": _negative_binomial(streams["P2"], 1.3e-3 * people * np.exp(0.45 * theta), 0.9),
        "P3": streams["P3"].binomial(suspects.astype(int), 0.38).astype(float),
        "P4": streams["P4"].poisson(0.003 * np.exp(theta)).astype(float),
        "P5": seen.astype(float),
        "P6": _grams(cases, streams["P6"]),
        "P7": streams["P7"].binomial(entries, 0.5).astype(float),
        "P8": streams["P8"].binomial(suspects.astype(int), 0.51).astype(float),
        "D1": _negative_binomial(
            streams["D1"], 0.06 * np.exp(0.35 * theta + 0.9 * kelurahan + 0.3 * crowd), 0.08
        ),
        "D2": _negative_binomial(
            streams["D2"], 3 * np.exp(0.3 * theta + 0.9 * kelurahan + 0.5 * crowd), 0.35
        ),
        "D3": 100 * poverty,
        "D4": streams["D4"].binomial(6, _logistic(-1 - 0.8 * truth.services)).astype(float),
        "D5": np.clip(answers + streams["D5"].normal(0, 1 / np.sqrt(33), len(theta)), 1, 5),
    }


def _cases(truth: Truth, theta: Array, effort: Array, stream: np.random.Generator) -> Array:
    """Over-dispersed, and scaled to the national 0.16 cases per 1,000 people and year."""
    weight = truth.population**0.9 * np.exp(truth.setting.effect * theta) * effort
    mean = weight * (0.16e-3 * truth.population.sum() / weight.sum())
    return np.minimum(_negative_binomial(stream, mean, truth.setting.size), _CAP)


def _grams(cases: Array, stream: np.random.Generator) -> Array:
    grams = np.array([stream.lognormal(np.log(1.5), 2.0, int(count)).sum() for count in cases])
    finds = stream.random(len(cases)) < 0.004
    return grams + finds * stream.lognormal(np.log(800), 1.2, len(cases))


def _answers(
    layout: Layout, theta: Array, services: Array, stream: np.random.Generator, share: float
) -> NDArray[np.bool_]:
    """Villages that answer are a little less vulnerable than the silent ones: on purpose."""
    lean = stream.normal(size=len(np.unique(layout.regency)))[layout.regency]
    score = lean + 0.25 * services - 0.25 * theta
    low, high = -30.0, 30.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _logistic(middle + score).mean() < share else (low, middle)
    return stream.random(len(theta)) < _logistic(low + score)


def _negative_binomial(stream: np.random.Generator, mean: Array, size: float) -> Array:
    return stream.negative_binomial(size, size / (size + mean)).astype(float)


def _standard(values: Array) -> Array:
    standard: Array = (values - values.mean()) / (values.std() or 1.0)
    return standard


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def _logistic(values: Array) -> Array:
    return 1 / (1 + np.exp(-values))
