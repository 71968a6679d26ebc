"""Cells round known points, cut by the coast: a map to find one's way, never a border."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_REACH = 1.5
_WHOLE_ISLAND = 0.7
# On land shared with others the map ends sooner, and without dents between two villages.
_SHARED_REACH = 0.55
_ISLET_DEGREES = 0.012


def cells(points: np.ndarray, coast: BaseGeometry) -> np.ndarray:
    """One shape in degrees for each (lon, lat): the land nearer to it than to any other point.

    Land beyond the reach of all points is left out, except on an island that is mostly reached. A point at sea, on
    an islet the coastline lacks, gets a small round one.
    """
    shrink = math.cos(math.radians(float(points[:, 1].mean())))
    flat = points * (shrink, 1.0)
    land = shapely.make_valid(shapely.transform(coast, lambda c: c * (shrink, 1.0)))
    west, south, east, north = flat[:, 0].min(), flat[:, 1].min(), flat[:, 0].max(), flat[:, 1].max()
    # Islets that share a spot would share a cell; a hair's breadth apart is enough.
    sites = _apart(flat)
    reach = _reach(sites)
    room = 2 * float(reach.max()) + 0.05
    frame = shapely.box(west - room, south - room, east + room, north + room)
    near = shapely.intersection(land, frame)
    region = _region(sites, reach, near)
    found = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(sites), extend_to=frame, ordered=True)
    )
    drawn = shapely.intersection(found, region)
    islet = min(_ISLET_DEGREES, float(np.median(reach)) / 3)
    dots = shapely.points(sites)
    areas = shapely.area(drawn)
    at_sea = (areas < math.pi * islet**2 / 2) | (shapely.distance(dots, region) > islet)
    rounds = shapely.intersection(shapely.buffer(dots, islet), found)
    drawn = np.where(at_sea, shapely.union(rounds, drawn), drawn)
    placed: np.ndarray = shapely.transform(drawn, lambda c: c / (shrink, 1.0))
    return placed


def _apart(flat: np.ndarray) -> np.ndarray:
    seen: dict[tuple[float, float], int] = {}
    moved = flat.copy()
    for n, (x, y) in enumerate(flat.round(6).tolist()):
        again = seen.get((x, y), 0)
        seen[(x, y)] = again + 1
        moved[n] += (0.003 * again * math.cos(again), 0.003 * again * math.sin(again))
    return moved


def _reach(sites: np.ndarray) -> np.ndarray:
    """How far each point may stretch: further where points are few."""
    if len(sites) < 4:
        return np.full(len(sites), 0.08)
    third = np.empty(len(sites))
    for n in range(len(sites)):
        # Row by row: a province has thousands of villages, and all distances at once would fill the memory.
        third[n] = np.partition(np.hypot(*(sites - sites[n]).T), 3)[3]
    middle = float(np.median(third))
    reach: np.ndarray = np.clip(third, middle / 2, 1.5 * middle) * _REACH
    return reach


def _region(sites: np.ndarray, reach: np.ndarray, near: BaseGeometry) -> BaseGeometry:
    dots = shapely.points(sites)
    reached = shapely.union_all(shapely.buffer(dots, reach))
    middle = float(np.median(reach)) / 2
    ours = shapely.union_all(shapely.buffer(dots, reach * _SHARED_REACH)).buffer(middle).buffer(-middle)
    islands, spots = shapely.get_parts(near), shapely.MultiPoint(sites)
    kept = []
    for island, part in zip(islands, shapely.intersection(islands, reached), strict=True):
        if part.area >= _WHOLE_ISLAND * island.area:
            kept.append(island)
        elif island.intersects(spots):
            kept.append(island.intersection(ours))
    return shapely.union_all(kept) if kept else shapely.Polygon()
