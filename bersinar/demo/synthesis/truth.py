"""How vulnerable each village of a province really is, year by year: a field of the land, regency by regency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.counts import Array, Facts
from bersinar.demo.generator.truth import Setting, normal_ranks
from bersinar.demo.synthesis import scale as figures
from bersinar.demo.synthesis.land import Land
from bersinar.demo.synthesis.scale import scale_of
from bersinar.demo.synthesis.streams import stream

_ROUNDS = 200  # 0.9 to the 200th power: the field is settled to nine digits
_STAYS = 0.85  # how much of a year's vulnerability is still there in the next


@dataclass(frozen=True, slots=True)
class ProvinceTruth:
    """Known to nobody who works with the values."""

    vulnerability: Array  # (years, n), standard normal over the nation, clipped to -3 … 3
    severity: NDArray[np.int8]  # (years, n): 0 Aman … 3 Bahaya
    facts: Facts
    effort: Array  # (n,) of the village's regency
    lean: Array  # (n,) how readily the regency answers


def truth_of(land: Land, *, years: int, seed: int, setting: Setting) -> ProvinceTruth:
    """The same province comes out the same, alone or with others, in any order."""
    scale = scale_of(setting)
    field, violence, distance = (
        _field(land, _drawn(land, seed, name)) for name in ("field", "violence", "distance")
    )
    regency, effort, lean = _of_regencies(land, seed)
    province = stream(seed, land.province, "province").normal()
    raw = figures.FIELD * field + figures.REGENCY * regency + figures.PROVINCE * province
    raw = raw + figures.KELURAHAN * land.kelurahan + setting.noise * _drawn(land, seed, "noise")
    rows = [_settled((raw - scale.theta_mean) / scale.theta_sd)]
    for year in range(1, years):
        news = _field(land, _drawn(land, seed, "innovation", year))
        rows.append(_settled(_STAYS * rows[-1] + np.sqrt(1 - _STAYS**2) * news))
    vulnerability = np.array(rows)
    return ProvinceTruth(
        vulnerability=vulnerability,
        severity=(vulnerability[..., None] > np.array(scale.cuts)).sum(axis=-1).astype(np.int8),
        facts=_facts(land, seed, violence, distance, setting),
        effort=effort,
        lean=lean,
    )


def _facts(land: Land, seed: int, violence: Array, distance: Array, setting: Setting) -> Facts:
    scale = scale_of(setting)
    median = np.where(land.kelurahan, figures.PEOPLE[1], figures.PEOPLE[0])
    population = np.round(median * np.exp(_drawn(land, seed, "people"))).clip(80)
    wealth = 0.6 * violence + 0.4 * land.kelurahan + 0.5 * _drawn(land, seed, "wealth")
    services = 0.6 * distance + 0.6 * land.kelurahan + 0.5 * _drawn(land, seed, "services")
    return Facts(
        population=population,
        crowd=np.round((np.log(population) - scale.crowd_mean) / scale.crowd_sd, 9),
        kelurahan=land.kelurahan,
        outer=land.outer,
        wealth=normal_ranks(wealth).round(9),
        services=normal_ranks(services).round(9),
        violence=violence.round(9),
        distance=distance.round(9),
    )


def _of_regencies(land: Land, seed: int) -> tuple[Array, Array, Array]:
    """Three numbers of each regency, given to each of its villages: its own level, effort, and readiness to answer."""
    values = np.empty((3, len(land.codes)))
    for name, where in land.regencies:
        level, effort, lean = stream(seed, name, "regency").normal(size=3)
        values[:, where] = np.array([level, np.exp(figures.EFFORT_SD * effort), lean])[:, None]
    return values[0], values[1].round(9), values[2]


def _drawn(land: Land, seed: int, purpose: str, year: int = 0) -> Array:
    """Standard normal, each regency from its own stream."""
    return np.concatenate(
        [
            stream(seed, name, purpose, year).normal(size=part.stop - part.start)
            for name, part in land.regencies
        ]
    )


def _field(land: Land, noise: Array) -> Array:
    """Solves (I - 0.9 W) x = noise by repetition; W is the mean over the neighbours."""
    values = noise
    for _round in range(_ROUNDS):
        values = noise + 0.9 * land.mean_of_neighbours(values)
    # Rounded before it is ranked: nobody's last digit may change places.
    return normal_ranks(values.round(9))


def _settled(values: Array) -> Array:
    """Inside the edges and rounded: what was ever written to a file is all there is."""
    settled: Array = np.clip(values, -figures.EDGE, figures.EDGE).round(6)
    return settled
