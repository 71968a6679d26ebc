"""Which villages border which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.drawing import schematic
from bersinar.territory.drawing.records import Place

# Some fifty metres: imported neighbours are rarely drawn on exactly one line.
_NEAR = 0.0005


def neighbours(
    places: Sequence[Place], outlines: Mapping[int, BaseGeometry], *, coast: BaseGeometry | None
) -> list[tuple[int, int]]:
    """Pairs of village numbers, the smaller first; a corner is enough. Nothing when no place is known."""
    if outlines:
        known = [place for place in places if place.id in outlines]
        shapes = np.array([outlines[place.id] for place in known], dtype=object)
    else:
        known = [place for place in places if place.point is not None]
        if not known or coast is None:
            return []
        shapes = schematic.cells(np.array([place.point for place in known], float), coast)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_NEAR)
    pairs = {
        tuple(sorted((known[a].id, known[b].id)))
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
        if a != b
    }
    return sorted((low, high) for low, high in pairs)
