"""Does the index hang together? Correlations, reliability, and what each indicator does to the places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix, shares
from bersinar.methods.index.missing import weighted_mean
from bersinar.methods.index.ranking import ranks

COLLINEAR = 0.9
WEAK = 0.3


@dataclass(frozen=True, slots=True)
class PairFinding:
    """Two indicators whose correlation a reader should know of."""

    first: int
    second: int
    correlation: float


@dataclass(frozen=True, slots=True)
class Audit:
    """Findings on the indicators of one index; positions are those of the columns.

    `collinear`: correlation above 0.9, the two say nearly the same. `negative`: below -0.3, adding them hides
    both. `alpha`: Cronbach's, NaN where it cannot be computed. `with_index`: correlation of each indicator with
    the score; `mean_shift`: mean change of place over the villages when that indicator is left out.
    """

    correlations: Floats
    collinear: tuple[PairFinding, ...]
    negative: tuple[PairFinding, ...]
    alpha: float
    with_index: Floats
    mean_shift: Floats


def audit(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Audit:
    """Look over an index.

    Parameters
    ----------
    scaled : villages x indicators on one scale, NaN where missing; at least two indicators.
    weights : one an indicator.
    """
    x = matrix(scaled, called="scaled")
    n_items = x.shape[1]
    if n_items < 2:
        raise ValueError("scaled: at least two indicators expected")
    w = shares(weights, n_items)
    correlations = pairwise_correlations(x)
    score = weighted_mean(x, w).score
    with_index = np.array([_correlation(x[:, at], score) for at in range(n_items)])
    return Audit(
        correlations=correlations,
        collinear=_pairs(correlations, correlations > COLLINEAR),
        negative=_pairs(correlations, correlations < -WEAK),
        alpha=cronbach_alpha(x),
        with_index=with_index,
        mean_shift=remove_one(x, w),
    )


def pairwise_correlations(values: npt.ArrayLike) -> Floats:
    """Pearson's r of each pair over the villages that answered both; NaN where a column is constant there."""
    x = matrix(values)
    p = x.shape[1]
    found = np.full((p, p), np.nan)
    for i in range(p):
        for j in range(i, p):
            found[i, j] = found[j, i] = _correlation(x[:, i], x[:, j])
    return found


def cronbach_alpha(values: npt.ArrayLike) -> float:
    """p/(p-1) (1 - sum of variances / variance of the sum), over villages without a gap; NaN below two of them.

    Source: Cronbach 1951, Psychometrika 16.
    """
    x = matrix(values)
    whole = x[~np.isnan(x).any(axis=1)]
    p = x.shape[1]
    if p < 2 or len(whole) < 2:
        return float("nan")
    of_sum = float(whole.sum(axis=1).var(ddof=1))
    if of_sum == 0:
        return float("nan")
    return float(p / (p - 1) * (1 - whole.var(axis=0, ddof=1).sum() / of_sum))


def remove_one(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Mean change of place over the villages when each indicator is left out in turn.

    An indicator whose removal leaves no weight, or that leaves a village without any answer, is counted over the
    villages that have a place both times; NaN where there is none.
    """
    x = matrix(scaled, called="scaled")
    w = shares(weights, x.shape[1])
    before = ranks(weighted_mean(x, w).score)
    found = np.full(x.shape[1], np.nan)
    for at in range(x.shape[1]):
        rest = np.delete(w, at)
        if rest.sum() == 0:
            continue
        shift = np.abs(ranks(weighted_mean(np.delete(x, at, axis=1), rest).score) - before)
        if not np.isnan(shift).all():
            found[at] = np.nanmean(shift)
    return found


def _correlation(a: Floats, b: Floats) -> float:
    known = ~(np.isnan(a) | np.isnan(b))
    if np.count_nonzero(known) < 2:
        return float("nan")
    a, b = a[known] - a[known].mean(), b[known] - b[known].mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 1e-12 else float("nan")


def _pairs(correlations: Floats, chosen: npt.NDArray[np.bool_]) -> tuple[PairFinding, ...]:
    above = np.argwhere(np.triu(chosen, 1))
    return tuple(PairFinding(int(i), int(j), float(correlations[i, j])) for i, j in above)
