"""Weights read off the data: scenarios, never importance.

Danger: entropy gives most to what varies most, CRITIC to what is least like the rest. Neither says what
matters for a village, so these weights are shown as scenarios beside the given ones and never alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bersinar.methods.index.checks import Floats, matrix


def entropy(values: npt.ArrayLike) -> Floats:
    """Weights by Shannon's entropy: an indicator that differs more between villages counts more.

    Parameters
    ----------
    values : villages x indicators, none missing, none negative; at least two villages.

    Raises
    ------
    ValueError
        A number is negative, an indicator is zero everywhere, or none differs between villages.
    """
    x = matrix(values, missing=False)
    if len(x) < 2:
        raise ValueError("values: at least two villages expected")
    if (x < 0).any():
        row, column = np.argwhere(x < 0)[0]
        raise ValueError(f"values: {x[row, column]} in village {row}, indicator {column} is negative")
    total = x.sum(axis=0)
    if (total == 0).any():
        raise ValueError(f"values: indicator {int(np.argmin(total))} is zero in every village")
    part = x / total
    logs = np.log(part, out=np.zeros_like(part), where=part > 0)
    # Rounding may leave a constant indicator a hair above or below one.
    spread = np.clip(1 + (part * logs).sum(axis=0) / np.log(len(x)), 0.0, None)
    spread[spread < 1e-14] = 0.0
    if spread.sum() == 0:
        raise ValueError("values: every indicator is the same in every village")
    found: Floats = spread / spread.sum()
    return found


def critic(scaled: npt.ArrayLike) -> Floats:
    """Weights by CRITIC: standard deviation times the sum of (1 - correlation with each other indicator).

    Parameters
    ----------
    scaled : villages x indicators on one scale (min-max), none missing, none constant; at least two of each.

    Source: Diakoulaki, Mavrotas & Papayannakis 1995, Computers & Operations Research 22.
    """
    x = matrix(scaled, called="scaled", missing=False)
    if min(x.shape) < 2:
        raise ValueError("scaled: at least two villages and two indicators expected")
    spread = x.std(axis=0, ddof=1)
    _not_constant(spread, x)
    content = spread * (1 - np.corrcoef(x, rowvar=False)).sum(axis=0)
    if content.sum() <= 1e-12:
        raise ValueError("scaled: all indicators say the same")
    found: Floats = content / content.sum()
    return found


def pca(values: npt.ArrayLike, *, min_eigenvalue: float = 1.0) -> Floats:
    """Weights by principal components: squared loadings of the kept components, each by its share of variance.

    Components of the correlation matrix with an eigenvalue above `min_eigenvalue` are kept, at least the first.
    No rotation. Each indicator gets the sum over kept components of (squared loading / eigenvalue) times the
    component's share of the kept variance.

    Source: Nicoletti, Scarpetta & Boylaud 2000, as told in the OECD/JRC handbook 2008 (without varimax).
    """
    x = matrix(values, missing=False)
    if min(x.shape) < 2:
        raise ValueError("values: at least two villages and two indicators expected")
    _not_constant(x.std(axis=0, ddof=1), x)
    eigenvalues, vectors = np.linalg.eigh(np.corrcoef(x, rowvar=False))
    eigenvalues, vectors = eigenvalues[::-1], vectors[:, ::-1]
    kept = max(1, int(np.count_nonzero(eigenvalues > min_eigenvalue)))
    share = eigenvalues[:kept] / eigenvalues[:kept].sum()
    loadings = (vectors[:, :kept] ** 2) @ share
    found: Floats = loadings / loadings.sum()
    return found


def _not_constant(spread: Floats, x: Floats) -> None:
    constant = spread <= np.finfo(float).eps * np.maximum(np.abs(x).max(axis=0), 1e-300)
    if constant.any():
        raise ValueError(f"values: indicator {int(np.flatnonzero(constant)[0])} is the same in every village")
