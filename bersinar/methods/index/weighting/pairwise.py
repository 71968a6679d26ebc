"""Weights from pairwise judgements (AHP), with two measures of how well the judgements fit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, shares

# Saaty 1980. Other tables exist: Donegan & Dodd have 0.8286 for four.
RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
MAX_CR = 0.10
MAX_SIZE = max(RANDOM_INDEX)
# Aguaron & Moreno-Jimenez 2003: limits that correspond to CR = 0.10; more than four elements have the last one.
GCI_LIMITS = {3: 0.3147, 4: 0.3526, 5: 0.370}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights of one matrix. `cr` and `gci` are 0 for two elements, which cannot contradict each other."""

    weights: Floats
    lambda_max: float
    ci: float
    cr: float
    gci: float
    consistent: bool
    # The pair whose judgement differs most from what the weights say, and what they say.
    worst_pair: tuple[int, int] | None
    worst_expected: float


def ahp(judgements: npt.ArrayLike) -> Judgement:
    """Weights of a reciprocal matrix by its principal eigenvector.

    Parameters
    ----------
    judgements : p x p, entry (i, j) says how many times more important i is than j; (j, i) is its inverse.

    Raises
    ------
    ValueError
        Not square, not between 2 and 10 elements, an entry not above zero, or not reciprocal.

    Source: Saaty 1980; geometric consistency index: Aguaron & Moreno-Jimenez 2003, EJOR 147.
    """
    a = _reciprocal(judgements)
    p = len(a)
    values, vectors = np.linalg.eig(a)
    at = int(np.argmax(values.real))
    weights = np.abs(vectors[:, at].real)
    weights = weights / weights.sum()
    lambda_max = max(float(values[at].real), float(p))
    if p == 2:
        return Judgement(weights, lambda_max, 0.0, 0.0, 0.0, True, None, 1.0)
    ci = (lambda_max - p) / (p - 1)
    cr = ci / RANDOM_INDEX[p]
    misfit = np.log(a) - np.log(weights[:, None] / weights[None, :])
    upper = np.triu_indices(p, 1)
    geometric = np.exp(np.log(a).mean(axis=1))
    error = np.log(a) - np.log(geometric[:, None] / geometric[None, :])
    gci = 2 / ((p - 1) * (p - 2)) * float((error[upper] ** 2).sum())
    worst = int(np.argmax(np.abs(misfit[upper])))
    pair = (int(upper[0][worst]), int(upper[1][worst]))
    expected = float(weights[pair[0]] / weights[pair[1]])
    return Judgement(weights, lambda_max, ci, cr, gci, cr <= MAX_CR, pair, expected)


def combine(experts: Sequence[npt.ArrayLike], influence: npt.ArrayLike | None = None) -> Floats:
    """One matrix out of several experts': the geometric mean of each judgement, which stays reciprocal.

    Parameters
    ----------
    experts : matrices of the same size.
    influence : weight of each expert; all alike when left out.
    """
    if not experts:
        raise ValueError("experts: none given")
    matrices = [_reciprocal(one) for one in experts]
    if len({one.shape for one in matrices}) != 1:
        raise ValueError("experts: matrices of one size expected")
    share = shares(
        np.ones(len(matrices)) if influence is None else influence, len(matrices), called="influence"
    )
    found: Floats = np.exp(np.tensordot(share, np.log(np.stack(matrices)), axes=1))
    return found


def from_pairs(size: int, pairs: dict[tuple[int, int], float]) -> Floats:
    """A reciprocal matrix from the judgements above the diagonal; every pair must be there.

    >>> from_pairs(2, {(0, 1): 3.0})
    array([[1.        , 3.        ],
           [0.33333333, 1.        ]])
    """
    a = np.eye(size)
    for i in range(size):
        for j in range(i + 1, size):
            if (i, j) not in pairs:
                raise ValueError(f"pairs: ({i}, {j}) is not there")
            a[i, j], a[j, i] = pairs[i, j], 1 / pairs[i, j]
    return _reciprocal(a)


def _reciprocal(judgements: npt.ArrayLike) -> Floats:
    a = np.asarray(judgements, dtype=np.float64)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError(f"judgements: a square expected, found shape {a.shape}")
    if not 2 <= len(a) <= MAX_SIZE:
        raise ValueError(f"judgements: 2 to {MAX_SIZE} elements expected, found {len(a)}")
    if not np.isfinite(a).all() or (a <= 0).any():
        row, column = np.argwhere(~np.isfinite(a) | (a <= 0))[0]
        raise ValueError(f"judgements: {a[row, column]} at ({row}, {column}) is not above zero")
    if not np.allclose(a * a.T, 1.0, rtol=1e-6):
        row, column = np.argwhere(~np.isclose(a * a.T, 1.0, rtol=1e-6))[0]
        raise ValueError(f"judgements: ({row}, {column}) is not the inverse of ({column}, {row})")
    return a
