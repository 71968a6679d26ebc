"""Shapes as they are stored: valid, and simplified together so that shared borders stay shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.borders.reader import Polygons

# Some thirty metres: finer than any map of a regency shows.
TOLERANCE = 0.0003


@dataclass(frozen=True, slots=True)
class Shaped:
    """One shape for each input (empty when nothing of it was an area), and which had to be repaired."""

    shapes: np.ndarray
    repaired: np.ndarray

    def packed(self, n: int) -> bytes:
        """Well-known binary of one shape."""
        binary: bytes = shapely.to_wkb(self.shapes[n], include_srid=False)
        return binary


def shape_features(polygons: Sequence[Polygons], *, tolerance: float = TOLERANCE) -> Shaped:
    """Repair what crosses itself, then simplify all borders together."""
    raw = np.array([_shape(one) for one in polygons], dtype=object)
    broken = ~shapely.is_valid(raw)
    raw[broken] = [_areas(shape) for shape in shapely.make_valid(raw[broken])]
    simplified = shapely.coverage_simplify(raw, tolerance)
    # A shape that overlaps its neighbours is no coverage; what simplifying broke there is repaired alone.
    bad = ~shapely.is_valid(simplified) | shapely.is_empty(simplified)
    simplified[bad] = [_areas(shape) for shape in shapely.make_valid(raw[bad])]
    return Shaped(simplified, broken)


def _shape(polygons: Polygons) -> BaseGeometry:
    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """Repairing leaves lines and points beside the areas."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.area > 0]
    return shapely.union_all(parts) if parts else shapely.Polygon()
