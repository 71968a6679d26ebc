"""One scale for all indicators, more always meaning more vulnerable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix
from bersinar.methods.index.outliers import Treatment, treat
from bersinar.methods.index.ranking import percentile_ranks, ranks

Bools = npt.NDArray[np.bool_]


class Scaling(StrEnum):
    """Ways to bring indicators to one scale; the value stands in recipes."""

    MINMAX = "min-max"
    GOALPOSTS = "patokan"
    Z = "z"
    RANK = "peringkat"
    PERCENTILE = "persentil"


@dataclass(frozen=True, slots=True)
class Goalposts:
    """The ends of each indicator's scale, as values before scaling; fixed in a base year so that years compare.

    A `logged` indicator runs between its ends by log(x - low + 1): its base year had more extreme villages than
    could be held at the ends.
    """

    low: Floats
    high: Floats
    logged: Bools
    year: int | None = None

    def __post_init__(self) -> None:
        if not self.low.shape == self.high.shape == self.logged.shape or self.low.ndim != 1:
            raise ValueError("goalposts: one low, one high and one mark an indicator expected")
        if not (np.isfinite(self.low).all() and np.isfinite(self.high).all()):
            raise ValueError("goalposts: numbers expected")
        if (self.low >= self.high).any():
            at = int(np.flatnonzero(self.low >= self.high)[0])
            raise ValueError(f"goalposts: low is not below high at position {at}")


def goalposts_of(values: npt.ArrayLike, *, year: int | None = None) -> Goalposts:
    """The ends of each indicator in a base year, to be kept for the years that follow.

    Extreme villages are treated first (`outliers.treat`), so that they do not squeeze all others together; later
    villages beyond the ends are held there.

    Raises
    ------
    ValueError
        An indicator is constant or has no answer at all: it has no scale of its own.

    >>> goalposts_of([[0.0, 5.0], [4.0, 9.0]], year=2023).high
    array([4., 9.])
    """
    x = matrix(values)
    known = ~np.isnan(x)
    if not known.any(axis=0).all():
        raise ValueError(f"values: indicator {int(np.flatnonzero(~known.any(axis=0))[0])} has no answer")
    treated = treat(x)
    logged = np.array([one == Treatment.LOG for one in treated.treatments])
    used = np.where(logged, x, treated.values)
    low, high = _ends(used)
    if (low == high).any():
        raise ValueError(
            f"values: indicator {int(np.flatnonzero(low == high)[0])} is the same in every village"
        )
    return Goalposts(low, high, logged, year)


def scale(
    values: npt.ArrayLike,
    *,
    directions: npt.ArrayLike,
    how: Scaling = Scaling.GOALPOSTS,
    goalposts: Goalposts | None = None,
    floor: float = 0.0,
) -> Floats:
    """Bring every indicator to one scale on which more means more vulnerable.

    Parameters
    ----------
    values : villages x indicators, NaN where missing.
    directions : 1 where more means more vulnerable, -1 where less does.
    how : `MINMAX` and `GOALPOSTS` give `floor` to 100, the first with the ends of these very data; `Z` gives
        mean 0 and standard deviation 1 (divisor n - 1); `RANK` gives 1 to n; `PERCENTILE` gives `floor` to 100.
    goalposts : needed for `GOALPOSTS`. Values beyond them are held at the ends.
    floor : the low end; a geometric mean needs one above zero.

    Returns
    -------
    ndarray
        Same shape; NaN where missing. A constant indicator is NaN throughout: it tells no village from another.
    """
    x = matrix(values)
    signs = np.asarray(directions, dtype=np.float64)
    if signs.shape != (x.shape[1],) or not np.isin(signs, (1.0, -1.0)).all():
        raise ValueError(f"directions: {x.shape[1]} of 1 or -1 expected")
    if not 0 <= floor < 100:
        raise ValueError(f"floor: between 0 and 100 expected, found {floor}")
    if how == Scaling.GOALPOSTS:
        if goalposts is None:
            raise ValueError("goalposts: needed for this scaling")
        return _between_goalposts(x, signs, goalposts, floor)
    if how == Scaling.MINMAX:
        low, high = _ends(x)
        return _between(x, signs, low, high, floor)
    if how == Scaling.Z:
        return _standardised(x * signs)
    if how == Scaling.RANK:
        turned = -x * signs
        return np.column_stack([ranks(turned[:, at]) for at in range(x.shape[1])])
    return floor + (100 - floor) * percentile_ranks(x * signs)


def _between_goalposts(x: Floats, signs: Floats, goalposts: Goalposts, floor: float) -> Floats:
    if goalposts.low.shape != (x.shape[1],):
        raise ValueError(f"goalposts: {x.shape[1]} indicators expected, found {goalposts.low.shape[0]}")
    if not goalposts.logged.any():
        return _between(x, signs, goalposts.low, goalposts.high, floor)
    height = np.clip(x - goalposts.low, 0.0, None)
    top = goalposts.high - goalposts.low
    height = np.where(goalposts.logged, np.log1p(height), height)
    top = np.where(goalposts.logged, np.log1p(top), top)
    return _between(height, signs, np.zeros_like(top), top, floor)


def _between(x: Floats, signs: Floats, low: Floats, high: Floats, floor: float) -> Floats:
    """floor + (100 - floor) (x - low) / (high - low), turned round where less means more vulnerable."""
    span = np.where(high > low, high - low, np.nan)
    slope = signs * (100 - floor) / span
    start = np.where(signs > 0, floor, 100.0) - slope * low
    scaled: Floats = x * slope
    scaled += start
    return np.clip(scaled, floor, 100.0, out=scaled)


def _ends(x: Floats) -> tuple[Floats, Floats]:
    """Smallest and largest known value; NaN for an indicator nobody answered, without a warning."""
    low = np.fmin.reduce(x, axis=0)
    high = np.fmax.reduce(x, axis=0)
    return low, high


def _standardised(x: Floats) -> Floats:
    n = np.count_nonzero(~np.isnan(x), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(x, axis=0) / n
        spread = np.sqrt(np.nansum((x - mean) ** 2, axis=0) / (n - 1))
        spread[~(spread > np.finfo(float).eps * np.abs(mean))] = np.nan
        found: Floats = (x - mean) / spread
    return found
