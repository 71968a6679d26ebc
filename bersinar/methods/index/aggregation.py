"""From scaled indicators to one score: how far may a good answer make up for a bad one?"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix, shares


class Aggregation(StrEnum):
    """Ways to one score; the value stands in recipes."""

    ARITHMETIC = "aritmetika"
    GEOMETRIC = "geometrik"
    HARMONIC = "harmonik"
    MPI_PLUS = "MPI+"
    MPI_MINUS = "MPI-"
    AMPI = "AMPI"


def arithmetic(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weighted mean; a good answer makes up for a bad one in full."""
    x, w = _checked(scaled, weights)
    found: Floats = x @ w
    return found


def geometric(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weighted geometric mean of numbers above zero; makes up only in part.

    Raises
    ------
    ValueError
        A number is zero or less: scale to a floor above zero first.
    """
    x, w = _checked(scaled, weights)
    _above_zero(x)
    found: Floats = np.exp(np.log(x) @ w)
    return found


def harmonic(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Weighted harmonic mean of numbers above zero; the lowest answer decides most."""
    x, w = _checked(scaled, weights)
    _above_zero(x)
    found: Floats = 1 / ((1 / x) @ w)
    return found


def mpi(values: npt.ArrayLike, *, directions: npt.ArrayLike, sign: int = 1, ddof: int = 0) -> Floats:
    """Mazziotta-Pareto index of the values of one year: mean of a village's indicators plus its imbalance.

    z = 100 + 10 (x - mean) / sd for each indicator, turned round where less means more vulnerable; then
    M + sign * S^2 / M with M and S the mean and standard deviation (divisor p) of a village's z.

    Parameters
    ----------
    values : villages x indicators before scaling, none missing.
    directions : 1 or -1 an indicator.
    sign : 1 for a bad phenomenon such as vulnerability (imbalance makes it worse), -1 for a good one.
    ddof : divisor n - ddof of the indicators' standard deviation. The papers use 0, Compind 3.4 uses 1.

    Source: Mazziotta & Pareto 2016, Social Indicators Research 127.
    """
    x = matrix(values, missing=False)
    _sign(sign)
    spread = x.std(axis=0, ddof=ddof)
    if (spread <= np.finfo(float).eps * np.abs(x).max(axis=0)).any():
        raise ValueError(f"values: indicator {int(np.argmin(spread))} is the same in every village")
    z = 100 + 10 * np.asarray(directions, dtype=np.float64) * (x - x.mean(axis=0)) / spread
    return _with_imbalance(z, sign)


def ampi(scaled_60_to_70: npt.ArrayLike, *, sign: int = 1) -> Floats:
    """Adjusted Mazziotta-Pareto index: years compare, because the goalposts are fixed.

    Parameters
    ----------
    scaled_60_to_70 : 60 (x - low) / (high - low) + 70 for each indicator, as `ampi_scale` gives it.
    sign : 1 for a bad phenomenon, -1 for a good one.
    """
    _sign(sign)
    return _with_imbalance(matrix(scaled_60_to_70, called="scaled", missing=False), sign)


def ampi_scale(values: npt.ArrayLike, *, low: npt.ArrayLike, high: npt.ArrayLike) -> Floats:
    """70 at the low goalpost, 130 at the high one."""
    x = matrix(values, missing=False)
    bottom, top = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if (bottom >= top).any():
        raise ValueError("low: not below high")
    found: Floats = 60 * (x - bottom) / (top - bottom) + 70
    return found


def _with_imbalance(z: Floats, sign: int) -> Floats:
    mean = z.mean(axis=1)
    found: Floats = mean + sign * z.var(axis=1) / mean
    return found


def _checked(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Floats, Floats]:
    x = matrix(scaled, called="scaled", missing=False)
    return x, shares(weights, x.shape[1])


def _above_zero(x: Floats) -> None:
    if (x <= 0).any():
        row, column = np.argwhere(x <= 0)[0]
        raise ValueError(f"scaled: {x[row, column]} in village {row}, indicator {column} is not above zero")


def _sign(sign: int) -> None:
    if sign not in (1, -1):
        raise ValueError(f"sign: 1 or -1 expected, found {sign}")
