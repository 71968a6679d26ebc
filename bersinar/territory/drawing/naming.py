"""Kecamatan and kabupaten: united, and named where the names fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.drawing.lettering import AROUND, Lettering, beside, largest_parts, middles
from bersinar.territory.drawing.plane import Plane
from bersinar.territory.drawing.records import Label

Labels = tuple[Label, ...]
_LETTER, _LINE = 33, 66
_MANY_DISTRICTS = 45
_REGENCY_LETTER = 38
_ISLET = 400.0


def grouped(keys: Sequence[tuple[str, ...]], shapes: np.ndarray) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Shapes with the same key united, keys in the order they came."""
    members: dict[tuple[str, ...], list[int]] = {}
    for n, key in enumerate(keys):
        members.setdefault(key, []).append(n)
    areas = [
        # Cracks between neighbours, left by rounding, are closed before the outline is walked.
        shapely.union_all(shapes[rows]).buffer(1.5, join_style="mitre").buffer(-1.5, join_style="mitre")
        for rows in members.values()
    ]
    return list(members), np.array(areas, dtype=object)


def region_names(
    districts: Sequence[tuple[str, ...]], areas: np.ndarray, plane: Plane
) -> tuple[Labels, Labels]:
    """Names of kecamatan on their land and of kabupaten in the sea beside; of kabupaten alone when there are many."""
    writing = Lettering((20.0, 10.0, plane.width - 20.0, plane.height - 10.0), letter=_LETTER, height=_LINE)
    regencies = list(dict.fromkeys(regency for regency, _district in districts))
    if len(districts) > _MANY_DISTRICTS:
        return (), _on_land(regencies, districts, areas, writing)
    spots = middles(areas)
    for k in sorted(range(len(areas)), key=lambda k: -float(shapely.area(areas[k]))):
        writing.put(districts[k][1], *spots[k], offsets=AROUND)
    names = tuple(writing.labels)
    if len(regencies) == 1:
        return names, ()
    writing.labels = []
    _in_the_sea(regencies, districts, areas, writing)
    return names, tuple(writing.labels)


def _on_land(
    regencies: Sequence[str], districts: Sequence[tuple[str, ...]], areas: np.ndarray, writing: Lettering
) -> Labels:
    for regency in regencies:
        mine = [k for k in range(len(areas)) if districts[k][0] == regency]
        middle = shapely.geometrycollections(list(areas[mine])).centroid
        writing.put(regency, middle.x, middle.y, offsets=AROUND)
    return tuple(writing.labels)


def _in_the_sea(
    regencies: Sequence[str], districts: Sequence[tuple[str, ...]], areas: np.ndarray, writing: Lettering
) -> None:
    land = shapely.STRtree([part for part in shapely.get_parts(areas) if part.area > _ISLET])
    for regency in regencies:
        mine = [k for k in range(len(areas)) if districts[k][0] == regency]
        whole: BaseGeometry = shapely.union_all(shapely.buffer(areas[mine], 2))
        half = len(regency) * _REGENCY_LETTER / 2
        for x, y in beside(largest_parts(np.array([whole], dtype=object))[0]):
            box = shapely.box(x - half, y - 40, x + half, y + 40)
            if not len(land.query(box, predicate="intersects")) and writing.put(
                regency, x, y, offsets=((0, 0),)
            ):
                break
