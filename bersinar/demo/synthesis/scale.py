"""Figures of the whole nation by which a single province is measured, so that it comes out the same alone.

Nothing here looks at a sample: everything follows from the setting and the figures below.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np

from bersinar.demo.generator.counts import CASE_RATE, Array, logistic
from bersinar.demo.generator.observed import ANSWERED
from bersinar.demo.generator.truth import CLASS_SHARES, Setting

KELURAHAN_SHARE = 8496 / 83762  # Kepmendagri 300.2.2-2430 Tahun 2025
PEOPLE = (1600.0, 6000.0)  # median of a desa and of a kelurahan; one standard deviation is a factor of e
EFFORT_SD = 0.35
FIELD, REGENCY, PROVINCE, KELURAHAN = 0.80, 0.40, 0.25, 0.45
EDGE = 3.0
_NORMAL = NormalDist()
_GRID = np.linspace(-8, 8, 1601)
_DENSITY = np.exp(-(_GRID**2) / 2) / np.exp(-(_GRID**2) / 2).sum()


@dataclass(frozen=True, slots=True)
class Scale:
    """How one village's raw numbers become standard ones."""

    theta_mean: float
    theta_sd: float
    crowd_mean: float
    crowd_sd: float
    cases: float  # times the weight of a village gives its expected cases
    intercepts: tuple[float, float, float]  # of answering the first, second and third call
    cuts: tuple[float, float, float]  # of theta: Bahaya, Waspada, Siaga from there on


@cache
def scale_of(setting: Setting) -> Scale:
    """Rounded, so that the last digit of somebody's exp() can decide nothing."""
    share = KELURAHAN_SHARE
    mean = KELURAHAN * share
    rest = FIELD**2 + REGENCY**2 + PROVINCE**2 + setting.noise**2
    sd = sqrt(rest + KELURAHAN**2 * share * (1 - share))
    crowd = (1 - share) * log(PEOPLE[0]) + share * log(PEOPLE[1])
    apart = log(PEOPLE[1]) - log(PEOPLE[0])
    return Scale(
        theta_mean=round(mean, 9),
        theta_sd=round(sd, 9),
        crowd_mean=round(crowd, 9),
        crowd_sd=round(sqrt(1 + apart**2 * share * (1 - share)), 9),
        cases=float(f"{_cases(setting, mean, sd, sqrt(rest)):.9g}"),
        intercepts=(_intercept(ANSWERED[0]), _intercept(ANSWERED[1]), _intercept(ANSWERED[2])),
        cuts=_cuts(),
    )


def _cases(setting: Setting, mean: float, sd: float, rest: float) -> float:
    people = spread = 0.0
    for kelurahan, median in enumerate(PEOPLE):
        share = KELURAHAN_SHARE if kelurahan else 1 - KELURAHAN_SHARE
        theta = np.clip((KELURAHAN * kelurahan - mean + rest * _GRID) / sd, -EDGE, EDGE)
        pull = float((_DENSITY * np.exp(setting.effect * theta)).sum())
        people += share * median * exp(0.5)
        spread += share * median**0.9 * exp(0.9**2 / 2) * pull
    return CASE_RATE * people / (spread * exp(EFFORT_SD**2 / 2))


def _intercept(share: float) -> float:
    """Of the logit whose score leans by regency (sd 1), services and theta (0.25 each)."""
    scores: Array = sqrt(1 + 2 * 0.25**2) * _GRID
    low, high = -30.0, 30.0
    for _step in range(80):
        middle = (low + high) / 2
        answered = float((_DENSITY * logistic(middle + scores)).sum())
        low, high = (middle, high) if answered < share else (low, middle)
    return round(low, 9)


def _cuts() -> tuple[float, float, float]:
    bahaya, waspada, siaga = np.cumsum(CLASS_SHARES).tolist()
    first, second, third = (round(_NORMAL.inv_cdf(1 - part), 9) for part in (bahaya, waspada, siaga))
    return first, second, third
