"""From degrees to whole units of a picture, and shapes to paths."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH, TALLEST, MARGIN = 3000, 2400, 90


@dataclass(frozen=True, slots=True)
class Plane:
    """East to the right, north up, both stretched alike at the middle latitude."""

    west: float
    north: float
    shrink: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float]) -> Plane:
        """The plane on which these degrees fill the picture."""
        west, south, east, north = bounds
        shrink = math.cos(math.radians((south + north) / 2))
        wide, tall = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
        inner_width, inner_height = WIDTH - 2 * MARGIN, TALLEST - 2 * MARGIN
        scale = min(inner_width / wide, inner_height / tall)
        width, height = round(wide * scale) + 2 * MARGIN, round(tall * scale) + 2 * MARGIN
        return cls(west - MARGIN / scale / shrink, north + MARGIN / scale, shrink, scale, width, height)

    def place(self, shapes: np.ndarray) -> np.ndarray:
        """Shapes in degrees as shapes on the picture."""

        def move(points: np.ndarray) -> np.ndarray:
            x = (points[:, 0] - self.west) * self.shrink * self.scale
            y = (self.north - points[:, 1]) * self.scale
            return np.column_stack([x, y])

        placed: np.ndarray = shapely.transform(shapes, move)
        return placed


def path(
    shape: BaseGeometry, *, smallest: float = 0.0, zoom: float = 1.0, x0: float = 0, y0: float = 0
) -> str:
    """A closed path in whole numbers, with holes; islets below `smallest` are left out unless they are all there is."""
    polygons = sorted(_polygons(shape), key=lambda one: -one.area)
    parts = []
    for n, polygon in enumerate(polygons):
        if n and polygon.area < smallest:
            break
        rings = [polygon.exterior, *(ring for ring in polygon.interiors if n == 0 or ring.length > 0)]
        parts += [_ring(np.asarray(ring.coords)[:, :2], zoom, x0, y0) for ring in rings]
    return "".join(parts)


def circle(x: float, y: float, radius: float) -> str:
    """A circle as a path, so that every village is one."""
    left, r = round(x - radius), round(radius)
    return f"M{left} {round(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    flat = shapely.get_parts(shapely.get_parts(shape))
    return [one for one in flat if isinstance(one, shapely.Polygon) and not one.is_empty]


def _ring(points: np.ndarray, zoom: float, x0: float, y0: float) -> str:
    whole = np.rint((points - (x0, y0)) * zoom).astype(int)
    steps = np.diff(whole[:-1], axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < 2:
        return ""
    moves = "".join(f"{_after(x)}{_after(y)}" for x, y in steps.tolist()).lstrip()
    return f"M{whole[0][0]} {whole[0][1]}l{moves}z"


def _after(number: int) -> str:
    return str(number) if number < 0 else f" {number}"
