"""A few extreme villages must not squeeze all others together: the rule of skewness and kurtosis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix

MAX_SKEW = 2.0
MAX_KURTOSIS = 3.5
MAX_POINTS = 5


class Treatment(StrEnum):
    """What was done to one indicator."""

    NONE = "tidak ada"
    WINSORISED = "dipangkas"
    LOG = "logaritma"


@dataclass(frozen=True, slots=True)
class Treated:
    """Values after treatment; one entry an indicator in the other fields.

    `points` counts the villages moved to a neighbour's value; `skew` and `kurtosis` are those after treatment.
    `settled` is false where the rule is still broken: a reader should look at that indicator.
    """

    values: Floats
    treatments: tuple[Treatment, ...]
    points: tuple[int, ...]
    skew: Floats
    kurtosis: Floats
    settled: tuple[bool, ...]


def skewness(column: npt.ArrayLike) -> float:
    """Adjusted Fisher-Pearson coefficient (G1); NaN with fewer than 3 numbers or a constant column."""
    x = _known(column)
    n = len(x)
    if n < 3:
        return float("nan")
    deviation = x - x.mean()
    m2 = float((deviation**2).mean())
    if _constant(m2, x):
        return float("nan")
    g1 = float((deviation**3).mean()) / m2**1.5
    return float(g1 * np.sqrt(n * (n - 1)) / (n - 2))


def excess_kurtosis(column: npt.ArrayLike) -> float:
    """Sample excess kurtosis (G2), 0 for a normal distribution; NaN with fewer than 4 numbers or a constant."""
    x = _known(column)
    n = len(x)
    if n < 4:
        return float("nan")
    deviation = x - x.mean()
    m2 = float((deviation**2).mean())
    if _constant(m2, x):
        return float("nan")
    g2 = float((deviation**4).mean()) / m2**2 - 3
    return ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3))


def treat(values: npt.ArrayLike) -> Treated:
    """Winsorise up to five villages an indicator, else take a logarithm, where the rule asks for it.

    The rule: an indicator is treated when |skewness| > 2 and excess kurtosis > 3.5. One village after the other
    on the heavy side takes the value of the next village inside, until the rule is kept; when more than five
    would have to, the untouched values go through log(x - min + 1) instead, turned round for a heavy low side.

    Source: Becker et al. 2022, JOSS 7(78) 4567 (the rule of COINr); limits from the OECD/JRC practice.

    >>> treat([[1.0], [2.0], [3.0], [2.0], [1.0], [3.0], [2.0], [100.0]]).treatments
    (<Treatment.WINSORISED: 'dipangkas'>,)
    """
    x = matrix(values)
    result = x.copy()
    treatments, points = [], []
    for at in range(x.shape[1]):
        column, treatment, moved = _treat_one(x[:, at])
        result[:, at] = column
        treatments.append(treatment)
        points.append(moved)
    skews = np.array([skewness(result[:, at]) for at in range(x.shape[1])])
    kurtoses = np.array([excess_kurtosis(result[:, at]) for at in range(x.shape[1])])
    settled = tuple(not _breaks(skew, kurtosis) for skew, kurtosis in zip(skews, kurtoses, strict=True))
    return Treated(result, tuple(treatments), tuple(points), skews, kurtoses, settled)


def _treat_one(column: Floats) -> tuple[Floats, Treatment, int]:
    skew = skewness(column)
    if not _breaks(skew, excess_kurtosis(column)):
        return column, Treatment.NONE, 0
    # A heavy low side is the mirror image of a heavy high one.
    sign = 1.0 if skew > 0 else -1.0
    mirrored = sign * column
    moved = mirrored
    for points in range(1, MAX_POINTS + 1):
        moved = _cut(mirrored, points)
        if not _breaks(skewness(moved), excess_kurtosis(moved)):
            return sign * moved, Treatment.WINSORISED, points
    return sign * np.log(mirrored - np.nanmin(mirrored) + 1), Treatment.LOG, 0


def _cut(column: Floats, points: int) -> Floats:
    """The highest `points` villages take the value of the next one inside."""
    known = np.flatnonzero(~np.isnan(column))
    order = known[np.argsort(column[known], kind="stable")]
    result = column.copy()
    if points < len(order):
        result[order[-points:]] = column[order[-points - 1]]
    return result


def _constant(m2: float, x: Floats) -> bool:
    """Is the spread no more than rounding leaves of equal numbers, in whatever unit?"""
    return bool(np.sqrt(m2) <= 8 * np.finfo(float).eps * np.abs(x).max())


def _breaks(skew: float, kurtosis: float) -> bool:
    return abs(skew) > MAX_SKEW and kurtosis > MAX_KURTOSIS


def _known(column: npt.ArrayLike) -> Floats:
    x = np.asarray(column, dtype=np.float64)
    known: Floats = x[~np.isnan(x)]
    return known
