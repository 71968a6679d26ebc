"""Places: 1 is the most vulnerable; equal scores share the mean of their places; no score, no place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats


def ranks(scores: npt.ArrayLike) -> Floats:
    """The place of each village by its score, the highest first.

    Parameters
    ----------
    scores : one number a village, NaN where there is none.

    Returns
    -------
    ndarray
        Places from 1; ties share the mean of theirs; NaN where the score is NaN.

    >>> ranks([10.0, 30.0, float("nan"), 30.0])
    array([3. , 1.5, nan, 1.5])
    """
    found = np.asarray(scores, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"scores: one a village expected, found {found.ndim} dimensions")
    placed = np.full(len(found), np.nan)
    order = np.argsort(-found, kind="stable")  # NaN goes last
    n = len(found) - int(np.count_nonzero(np.isnan(found)))
    if n == 0:
        return placed
    order = order[:n]
    ordered = found[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    if len(starts) == n:
        placed[order] = np.arange(1.0, n + 1)
        return placed
    ends = np.concatenate((starts[1:], [n]))
    placed[order] = np.repeat((starts + 1 + ends) / 2, ends - starts)
    return placed


def percentile_ranks(values: npt.ArrayLike) -> Floats:
    """(place from below - 1) / (n - 1) for each column, from 0 to 1; ties share; NaN stays NaN.

    With a single known village its place says nothing and is NaN.

    >>> percentile_ranks([[1.0], [5.0], [3.0]]).ravel()
    array([0. , 1. , 0.5])
    """
    found = np.asarray(values, dtype=np.float64)
    columns = found[:, None] if found.ndim == 1 else found
    result = np.full(columns.shape, np.nan)
    for at in range(columns.shape[1]):
        n = int(np.count_nonzero(~np.isnan(columns[:, at])))
        if n > 1:
            result[:, at] = (n - ranks(columns[:, at])) / (n - 1)
    return result.reshape(found.shape)
