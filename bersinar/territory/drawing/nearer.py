"""Islands far out at sea, drawn nearer so that the rest of the map is not tiny. The map says so."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_TOGETHER = 0.03
_MAIN_SHARE = 0.6
_GAP = 0.12
_STRAY = 0.2
_STRAY_SHARE = 0.2


def without_strays(shapes: np.ndarray) -> np.ndarray:
    """Each shape (in degrees) without islets that lie far from its main part and are small beside it."""
    kept = []
    for shape in shapes:
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        near = [
            part
            for part in parts
            if part.distance(parts[0]) <= _STRAY or part.area >= _STRAY_SHARE * parts[0].area
        ]
        kept.append(shape if len(near) == len(parts) else shapely.union_all(near))
    return np.array(kept, dtype=object)


def moved(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shapes in degrees with outlying groups moved towards the main one, and which of them were moved."""
    groups = _groups(shapes)
    area = np.array([shapely.area(shapes[rows]).sum() for rows in groups])
    flags = np.zeros(len(shapes), bool)
    if len(groups) < 2 or area.max() < _MAIN_SHARE * area.sum():
        return shapes, flags
    main = int(area.argmax())
    # Together, not united: only distances and edges are asked for.
    body = shapely.geometrycollections(list(shapes[groups[main]]))
    west, south, east, north = body.bounds
    limit = _GAP * max(east - west, north - south)
    placed = shapes.copy()
    standing = [body]
    others = [rows for n, rows in enumerate(groups) if n != main]
    others.sort(
        key=lambda rows: float(shapely.distance(shapely.geometrycollections(list(shapes[rows])), body))
    )
    for rows in others:
        group = shapely.geometrycollections(list(shapes[rows]))
        shift = _shift(group, body, standing, limit)
        if shift is not None:
            placed[rows] = shapely.transform(placed[rows], lambda c, by=shift: c + by)
            flags[rows] = True
            group = shapely.transform(group, lambda c, by=shift: c + by)
        standing.append(group)
    return placed, flags


def _groups(shapes: np.ndarray) -> list[list[int]]:
    """Shapes that touch or nearly do, together; by union-find over neighbours."""
    parent = list(range(len(shapes)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_TOGETHER)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        parent[root(a)] = root(b)
    found: dict[int, list[int]] = {}
    for n in range(len(shapes)):
        found.setdefault(root(n), []).append(n)
    return list(found.values())


def _shift(
    group: BaseGeometry, body: BaseGeometry, standing: list[BaseGeometry], limit: float
) -> np.ndarray | None:
    gap = group.distance(body)
    if gap <= limit:
        return None
    ends = np.asarray(shapely.shortest_line(group, body).coords)
    whole = (ends[1] - ends[0]) * (1 - limit / gap)
    for part in (1.0, 0.85, 0.7, 0.5, 0.3):
        there = shapely.transform(group, lambda c, by=whole * part: c + by)
        if all(there.distance(other) >= limit * 0.6 for other in standing):
            shift: np.ndarray = whole * part
            return shift
    return None
