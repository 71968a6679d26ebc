"""Where villages would lie if codes were a map: neighbours without any boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 6
_GOLDEN = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True, slots=True)
class Layout:
    """Computed from the code tree (desa within kecamatan within kabupaten), not from the ground."""

    codes: tuple[str, ...]
    positions: NDArray[np.float64]  # (n, 2), no unit
    neighbours: NDArray[np.int64]  # (n, k) indices of the nearest others
    regency: NDArray[np.int64]  # (n,) index of the regency
    outer: NDArray[np.bool_]  # (n,) the outermost fifth of its regency, taken as its coast


def layout_of(codes: Sequence[str]) -> Layout:
    """Spirals inside spirals: the order of the codes decides every place, so the layout never changes by itself."""
    regencies, regency = np.unique([code[:5] for code in codes], return_inverse=True)
    districts, district = np.unique([code[:8] for code in codes], return_inverse=True)
    district_regency = np.searchsorted(regencies, [name[:5] for name in districts])
    centres = _spiral(np.arange(len(regencies))) * 40
    middles = centres[district_regency] + _spiral(_rank_within(district_regency)) * 6
    positions = middles[district] + _spiral(_rank_within(district))
    neighbours = _nearest(positions, regency)
    distance = np.linalg.norm(positions - centres[regency], axis=1)
    edge = np.array([np.quantile(distance[regency == k], 0.8) for k in range(len(regencies))])
    return Layout(tuple(codes), positions, neighbours, regency, distance >= edge[regency])


def _spiral(k: NDArray[np.int64]) -> NDArray[np.float64]:
    turned: NDArray[np.float64] = np.column_stack([np.cos(k * _GOLDEN), np.sin(k * _GOLDEN)])
    spiral: NDArray[np.float64] = np.sqrt(k)[:, None] * turned
    return spiral


def _rank_within(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 … inside each group, in the order given."""
    order = np.argsort(group, kind="stable")
    sorted_group = group[order]
    starts = np.searchsorted(sorted_group, sorted_group)
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - starts
    return rank


def _nearest(positions: NDArray[np.float64], regency: NDArray[np.int64]) -> NDArray[np.int64]:
    """The nearest villages of the same regency; a regency with fewer repeats the ones it has."""
    found = np.empty((len(positions), NEIGHBOURS), np.int64)
    for k in np.unique(regency):
        inside = np.flatnonzero(regency == k)
        gaps = np.linalg.norm(positions[inside, None] - positions[None, inside], axis=2)
        np.fill_diagonal(gaps, np.inf)
        near = np.argsort(gaps, axis=1, kind="stable")[:, : max(1, min(NEIGHBOURS, len(inside) - 1))]
        found[inside] = inside[np.resize(near.T, (NEIGHBOURS, len(inside))).T]
    return found
