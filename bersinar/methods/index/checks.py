"""What every step of the index asks of its numbers, refused at the door with the name of the argument."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def matrix(values: npt.ArrayLike, *, called: str = "values", missing: bool = True) -> Floats:
    """Villages x indicators as floats; NaN stands for a missing answer and is refused where none may be.

    Raises
    ------
    ValueError
        The shape is not two-dimensional or empty, a number is infinite, or one is missing where it may not be.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 2:
        raise ValueError(f"{called}: villages x indicators expected, found {found.ndim} dimensions")
    if not found.size:
        raise ValueError(f"{called}: no villages or no indicators")
    if np.isinf(found).any():
        row, column = np.argwhere(np.isinf(found))[0]
        raise ValueError(f"{called}: infinite number in village {row}, indicator {column}")
    if not missing and np.isnan(found).any():
        row, column = np.argwhere(np.isnan(found))[0]
        raise ValueError(f"{called}: no number in village {row}, indicator {column}")
    return found


def shares(weights: npt.ArrayLike, n: int, *, called: str = "weights") -> Floats:
    """Weights as shares that sum to one.

    Raises
    ------
    ValueError
        There are not `n` of them, one is negative or not a number, or all are zero.
    """
    found = np.asarray(weights, dtype=np.float64)
    if found.shape != (n,):
        raise ValueError(f"{called}: {n} expected, found shape {found.shape}")
    if not np.isfinite(found).all() or (found < 0).any():
        at = int(np.flatnonzero(~np.isfinite(found) | (found < 0))[0])
        raise ValueError(f"{called}: {found[at]} at position {at} is no weight")
    total = found.sum()
    if total == 0:
        raise ValueError(f"{called}: all are zero")
    parts: Floats = found / total
    return parts


def names_of(names: Sequence[str], *, called: str) -> tuple[str, ...]:
    """Names that differ from each other.

    Raises
    ------
    ValueError
        One stands there twice, or none stands there.
    """
    found = tuple(names)
    if not found:
        raise ValueError(f"{called}: none given")
    for at, name in enumerate(found):
        if name in found[:at]:
            raise ValueError(f"{called}: {name} twice")
    return found
