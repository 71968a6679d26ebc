"""Comparing villages with each other instead of adding up: TOPSIS, VIKOR, PROMETHEE II and Copeland."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix, shares


@dataclass(frozen=True, slots=True)
class Vikor:
    """Group utility S, individual regret R and the compromise Q; of all three, less is more vulnerable here."""

    s: Floats
    r: Floats
    q: Floats


def topsis(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Closeness to the most vulnerable village there could be, 0 to 1, more is more vulnerable.

    Parameters
    ----------
    scaled : villages x indicators, more meaning more vulnerable, none missing.
    weights : one an indicator; made to sum to one.

    Source: Hwang & Yoon 1981, with the ends of the data as ideal and its opposite.
    """
    x, w = _checked(scaled, weights)
    best, worst = x.max(axis=0), x.min(axis=0)
    if (best == worst).all():
        raise ValueError("scaled: every indicator is the same in every village")
    square = w * w
    # Distances by one pass over the data each: |x - c|^2 w^2 summed by a product.
    to_best = np.sqrt(((x - best) ** 2) @ square)
    to_worst = np.sqrt(((x - worst) ** 2) @ square)
    found: Floats = to_worst / (to_best + to_worst)
    return found


def vikor(scaled: npt.ArrayLike, weights: npt.ArrayLike, *, v: float = 0.5) -> Vikor:
    """Compromise between the sum of distances to the most vulnerable end and the largest one.

    Parameters
    ----------
    scaled : villages x indicators, more meaning more vulnerable, none missing.
    v : weight of the group's utility, 0 to 1.

    Source: Opricovic & Tzeng 2004, EJOR 156. An indicator that is the same everywhere adds nothing.
    """
    x, w = _checked(scaled, weights)
    if not 0 <= v <= 1:
        raise ValueError(f"v: between 0 and 1 expected, found {v}")
    best = x.max(axis=0)
    span = best - x.min(axis=0)
    factor = np.divide(w, span, out=np.zeros_like(w), where=span > 0)
    regret = (best - x) * factor
    s, r = regret.sum(axis=1), regret.max(axis=1)
    return Vikor(s, r, v * _unit(s) + (1 - v) * _unit(r))


def promethee(
    scaled: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    indifference: npt.ArrayLike | None = None,
    preference: npt.ArrayLike | None = None,
) -> Floats:
    """Net flow of PROMETHEE II: how much a village lies above all others less how much they lie above it.

    Without thresholds any difference counts in full (usual criterion). With them a difference d counts
    min(max((d - q) / (p - q), 0), 1) with q = `indifference` and p = `preference` of the indicator.

    Parameters
    ----------
    scaled : villages x indicators, more meaning more vulnerable, none missing; at least two villages.

    Returns
    -------
    ndarray
        From -1 to 1; sums to zero.

    Notes
    -----
    Never a table of villages x villages: the flow of a piecewise linear criterion is a sum over the sorted
    values, so each indicator costs one sort (Calders & Van Assche, arXiv 1603.00091).
    """
    x, w = _checked(scaled, weights)
    n, p = x.shape
    if n < 2:
        raise ValueError("scaled: at least two villages are compared")
    if (indifference is None) != (preference is None):
        raise ValueError("indifference, preference: give both or neither")
    flow = np.zeros(n)
    if indifference is None or preference is None:
        for at in range(p):
            flow += w[at] * _usual(x[:, at])
        usual: Floats = flow / (n - 1)
        return usual
    q, top = np.asarray(indifference, dtype=np.float64), np.asarray(preference, dtype=np.float64)
    if q.shape != (p,) or top.shape != (p,) or not (q >= 0).all() or not (top > q).all():
        raise ValueError(
            f"indifference, preference: {p} of each with 0 <= indifference < preference expected"
        )
    for at in range(p):
        flow += w[at] * _linear(x[:, at], float(q[at]), float(top[at]))
    linear: Floats = flow / (n - 1)
    return linear


def copeland(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Duels won less duels lost; a duel is won by the larger weight of indicators on one's side.

    Costs villages x villages comparisons, done in blocks: meant for an office or a province.

    >>> copeland([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]], [1, 1])
    array([ 2, -1, -1])
    """
    x, w = _checked(scaled, weights)
    n = len(x)
    won = np.zeros(n, dtype=np.int64)
    block = max(1, 4_000_000 // max(1, n * x.shape[1]))
    for start in range(0, n, block):
        sign = np.sign(x[start : start + block, None, :] - x[None, :, :])
        # Rounded: the same indicators on both sides must tie whatever the order of addition.
        won[start : start + block] = np.sign(np.round(sign @ w, 12)).sum(axis=1)
    return won


def _usual(column: Floats) -> Floats:
    """Number of villages below less number above."""
    ordered = np.sort(column)
    below = np.searchsorted(ordered, column, side="left")
    above = len(column) - np.searchsorted(ordered, column, side="right")
    found: Floats = (below - above).astype(np.float64)
    return found


def _linear(column: Floats, q: float, top: float) -> Floats:
    """Sum over all others of the linear criterion, upwards less downwards."""
    order = np.argsort(column, kind="stable")
    ordered = column[order]
    # Sums of differences come from running sums; centring first keeps them exact where values are large.
    centred = ordered - ordered[len(ordered) // 2]
    running = np.concatenate(([0.0], np.cumsum(centred)))
    n = len(ordered)
    at = np.arange(n)
    found = np.zeros(n)
    # Upwards: how far I lie above the others.
    full = np.searchsorted(ordered, ordered - top, side="right")
    part = np.maximum(np.searchsorted(ordered, ordered - q, side="left"), full)
    found += full + ((part - full) * (centred - q) - (running[part] - running[full])) / (top - q)
    # Downwards: how far the others lie above me.
    full = np.searchsorted(ordered, ordered + top, side="left")
    part = np.minimum(np.searchsorted(ordered, ordered + q, side="right"), full)
    found -= (n - full) + ((running[full] - running[part]) - (full - part) * (centred + q)) / (top - q)
    result = np.empty(n)
    result[order[at]] = found
    return result


def _unit(x: Floats) -> Floats:
    span = x.max() - x.min()
    found: Floats = (x - x.min()) / span if span > 0 else np.zeros_like(x)
    return found


def _checked(scaled: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Floats, Floats]:
    x = matrix(scaled, called="scaled", missing=False)
    return x, shares(weights, x.shape[1])
