"""The truth behind the invented values: how vulnerable each village really is, year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.layout import Layout

Array = NDArray[np.float64]
_ITERATIONS = 200  # 0.9 to the 200th power: the field is settled to nine digits
# Shares of Bahaya, Waspada and Siaga; the rest is Aman. BNN published the first two for the country (2021: 1,852 and
# 6,839 villages); nobody published Siaga, so its quarter is an assumption.
CLASS_SHARES = (0.022, 0.082, 0.25)


@dataclass(frozen=True, slots=True)
class Setting:
    """How hard the truth is to see. One plausible setting, not an estimate."""

    effect: float  # b: how strongly the truth drives cases
    size: float  # k: smaller is more over-dispersed
    noise: float


EASY = Setting(effect=2.0, size=1.5, noise=0.25)


@dataclass(frozen=True, slots=True)
class Truth:
    """Kept apart from what anybody observes."""

    vulnerability: Array  # (years, n), standard normal, clipped to -3 … 3
    severity: NDArray[np.int8]  # (years, n): 0 Aman … 3 Bahaya
    population: Array  # (n,)
    wealth: Array  # (n,) standard normal
    services: Array  # (n,) standard normal
    effort: Array  # (regencies,) how much of what happens the police find: biases counts, as in life
    kelurahan: NDArray[np.bool_]
    setting: Setting


def true_values(
    layout: Layout, kelurahan: NDArray[np.bool_], *, years: int, seed: int, setting: Setting = EASY
) -> Truth:
    """A spatially correlated field with regency and kelurahan effects, carried on from year to year."""
    field_stream, people_stream, effort_stream = _streams(seed, 3)
    n, regencies = len(layout.codes), int(layout.regency.max()) + 1
    u_regency = field_stream.normal(size=regencies)[layout.regency]
    s1, s2, s3 = (_field(layout, field_stream) for _ in range(3))
    start = normal_ranks(
        0.80 * s1 + 0.40 * u_regency + 0.45 * kelurahan + setting.noise * field_stream.normal(size=n)
    )
    rows = [start]
    for _year in range(years - 1):
        step = 0.85 * rows[-1] + np.sqrt(1 - 0.85**2) * _field(layout, field_stream)
        rows.append(np.clip(step, -3, 3))
    vulnerability = np.array(rows)
    cuts = np.quantile(vulnerability, 1 - np.cumsum(CLASS_SHARES))
    severity = (vulnerability[..., None] > np.sort(cuts)).sum(axis=-1).astype(np.int8)
    median = np.where(kelurahan, 6000.0, 1600.0)
    return Truth(
        vulnerability=vulnerability,
        severity=severity,
        population=np.round(median * np.exp(people_stream.normal(0, 1.0, n))).clip(80),
        wealth=normal_ranks(0.6 * s2 + 0.4 * kelurahan + 0.5 * people_stream.normal(size=n)),
        services=normal_ranks(0.6 * s3 + 0.6 * kelurahan + 0.5 * people_stream.normal(size=n)),
        effort=np.exp(effort_stream.normal(0, 0.35, regencies)),
        kelurahan=kelurahan,
        setting=setting,
    )


def _streams(seed: int, count: int) -> list[np.random.Generator]:
    children = np.random.SeedSequence(seed).spawn(count)
    return [np.random.Generator(np.random.PCG64(child)) for child in children]


def _field(layout: Layout, stream: np.random.Generator) -> Array:
    """Solves (I - 0.9 W) x = noise by repetition; W is the mean over the neighbours of the layout."""
    noise = stream.normal(size=len(layout.codes))
    values = noise
    for _step in range(_ITERATIONS):
        values = noise + 0.9 * values[layout.neighbours].mean(axis=1)
    return normal_ranks(values)


def normal_ranks(values: Array) -> Array:
    """The same order as a standard normal, so that no village explodes; clipped to -3 … 3."""
    ranks = (np.argsort(np.argsort(values, kind="stable"), kind="stable") + 0.5) / len(values)
    return np.clip(_normal_quantile(ranks), -3, 3)


def _normal_quantile(p: Array) -> Array:
    from statistics import NormalDist

    inverse = NormalDist().inv_cdf
    return np.array([inverse(float(value)) for value in p])
