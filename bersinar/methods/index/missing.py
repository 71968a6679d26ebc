"""Scores of villages with missing answers: weights shared anew, and the bounds no completion can leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix, shares

Bools = npt.NDArray[np.bool_]
MIN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Bounds:
    """One entry a village. `score` uses the known answers only; the truth lies between `lower` and `upper`."""

    score: Floats
    lower: Floats
    upper: Floats
    n_missing: npt.NDArray[np.int64]


def weighted_mean(
    scaled: npt.ArrayLike, weights: npt.ArrayLike, *, low: float = 0.0, high: float = 100.0
) -> Bounds:
    """Weighted mean of the known answers, with what the missing ones could make of it.

    Parameters
    ----------
    scaled : villages x indicators on one scale from `low` to `high`, NaN where missing.
    weights : one an indicator; made to sum to one.

    Returns
    -------
    Bounds
        `lower` and `upper` put every missing answer at the end of the scale (Manski 2003). A village without
        any answer has no score and the whole scale as bounds.

    >>> found = weighted_mean([[100.0, 0.0], [100.0, float("nan")]], [1, 1])
    >>> found.score, found.lower, found.upper
    (array([ 50., 100.]), array([50., 50.]), array([ 50., 100.]))
    """
    x = matrix(scaled, called="scaled")
    w = shares(weights, x.shape[1])
    absent = np.isnan(x)
    if not absent.any():
        score = x @ w
        return Bounds(score, score, score, np.zeros(len(x), dtype=np.int64))
    known_sum = np.where(absent, 0.0, x) @ w
    unknown = absent @ w
    known = 1.0 - unknown
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(absent.all(axis=1), np.nan, known_sum / known)
    return Bounds(
        score, known_sum + low * unknown, known_sum + high * unknown, np.count_nonzero(absent, axis=1)
    )


def rank_bounds(lower: npt.ArrayLike, upper: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Best (most vulnerable) and worst place of each village over all completions.

    Other villages' completions are free of one's own, so the highest place counts the villages that lie above
    even when one stands at one's own upper end, and the lowest those that can lie above one's lower end.

    >>> rank_bounds([50.0, 0.0, 10.0], [50.0, 100.0, 20.0])
    (array([1., 1., 2.]), array([2., 3., 3.]))
    """
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    if low.shape != high.shape or low.ndim != 1:
        raise ValueError("lower, upper: one of each a village expected")
    if (low > high).any():
        raise ValueError(f"lower: above upper in village {int(np.flatnonzero(low > high)[0])}")
    ordered_low, ordered_high = np.sort(low), np.sort(high)
    n = len(low)
    certainly_above = n - np.searchsorted(ordered_low, high, side="right")
    possibly_above = np.maximum(n - np.searchsorted(ordered_high, low, side="left") - 1, certainly_above)
    return (certainly_above + 1).astype(np.float64), (possibly_above + 1).astype(np.float64)


def screened_out(values: npt.ArrayLike, *, columns: list[int], min_share: float = MIN_SHARE) -> Bools:
    """Villages that answered fewer than `min_share` of the named indicators: shown, never ranked."""
    x = matrix(values)[:, columns]
    if not columns:
        raise ValueError("columns: none given")
    if not 0 < min_share <= 1:
        raise ValueError(f"min_share: between 0 and 1 expected, found {min_share}")
    # A tolerance far below one indicator: 0.6 of 5 is 3, whatever the last bit says.
    out: Bools = np.count_nonzero(~np.isnan(x), axis=1) < min_share * len(columns) - 1e-9
    return out
