"""A whole map from places, outlines where they are known, and the coast."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.drawing import schematic, tiles
from bersinar.territory.drawing.insets import Frame, frames, inset
from bersinar.territory.drawing.lettering import largest_parts, middles
from bersinar.territory.drawing.naming import grouped, region_names
from bersinar.territory.drawing.nearer import moved, without_strays
from bersinar.territory.drawing.plane import MARGIN, Plane, circle, path
from bersinar.territory.drawing.records import Label, MapShapes, Outline, Place, VillageShape
from bersinar.territory.vocabulary import MapKind

MARK = 26.0
_COARSE, _FINE = 3.0, 0.5
_ISLET = 40.0


def draw(
    places: Sequence[Place],
    outlines: Mapping[int, BaseGeometry],
    *,
    coast: BaseGeometry | None,
    source: str,
) -> MapShapes:
    """Borders where they are known; without any, cells round the points; without points, hexagons.

    `outlines` are shapes in degrees by village number. Every place appears: one without an outline becomes a marker
    at its point, or a hexagon under the map.
    """
    if outlines:
        known = [place for place in places if place.id in outlines]
        shapes = np.array([outlines[place.id] for place in known], dtype=object)
        rest = [place for place in places if place.id not in outlines]
        return _picture(MapKind.BATAS, known, shapes, rest, None, source)
    known = [place for place in places if place.point is not None]
    if not known or coast is None:
        return _tiled(places, source)
    points = np.array([place.point for place in known], float)
    shapes = schematic.cells(points, coast)
    rest = [place for place in places if place.point is None]
    return _picture(MapKind.SKEMATIK, known, shapes, rest, coast, source)


def _picture(
    kind: MapKind,
    places: Sequence[Place],
    shapes: np.ndarray,
    rest: Sequence[Place],
    coast: BaseGeometry | None,
    source: str,
) -> MapShapes:
    shapes, nearer = moved(without_strays(_areas(shapes)))
    plane = Plane.around(tuple(shapely.total_bounds(shapes).tolist()))
    fine = shapely.coverage_simplify(plane.place(shapes), _FINE)
    coarse = shapely.coverage_simplify(fine, _COARSE)
    land = _land(coast, plane)
    spots = middles(coarse)
    enlarged = frames(coarse)
    marked = _needs_mark(coarse, spots, enlarged)
    villages = [
        _village(place, _marked(shape, x, y) if mark else path(shape, smallest=_ISLET), x, y, mark=bool(mark))
        for place, shape, (x, y), mark in zip(places, coarse, spots, marked, strict=True)
    ]
    districts, areas = grouped([(one.regency, one.district) for one in places], coarse)
    district_labels, regency_labels = region_names(districts, areas, plane)
    extra, height, more = _without_shape(rest, plane)
    return MapShapes(
        kind=kind,
        source=source,
        view_box=(0, 0, plane.width, height),
        land=path(land, smallest=_ISLET),
        villages=(*villages, *extra),
        districts=tuple(
            Outline(name, path(area, smallest=_ISLET * 10))
            for (_regency, name), area in zip(districts, areas, strict=True)
        ),
        district_labels=(*district_labels, *more),
        regency_labels=regency_labels,
        insets=tuple(inset(frame, places, fine, land) for frame in enlarged),
        moved=tuple(place.id for place, is_nearer in zip(places, nearer, strict=True) if is_nearer),
    )


def _areas(shapes: np.ndarray) -> np.ndarray:
    """Only the areas of each shape: repairs leave lines and points behind."""
    kept = [
        shapely.union_all([part for part in shapely.get_parts(shapely.get_parts(shape)) if part.area > 0])
        if shape.geom_type == "GeometryCollection"
        else shape
        for shape in shapes
    ]
    return np.array(kept, dtype=object)


def _land(coast: BaseGeometry | None, plane: Plane) -> BaseGeometry:
    if coast is None:
        return shapely.Polygon()
    placed = shapely.make_valid(plane.place(np.array([coast], dtype=object))[0])
    return shapely.simplify(shapely.clip_by_rect(placed, -20, -20, plane.width + 20, plane.height + 20), 2)


def _needs_mark(shapes: np.ndarray, spots: np.ndarray, enlarged: Sequence[Frame]) -> np.ndarray:
    """Villages too small to be seen or touched, with sea around them: a circle there covers nobody else."""
    small: np.ndarray = np.sqrt(shapely.area(largest_parts(shapes))) < 1.5 * MARK
    for frame in enlarged:
        small &= ~shapely.contains_xy(frame.box, spots[:, 0], spots[:, 1])
    tree = shapely.STRtree(shapes)
    rows = np.flatnonzero(small)
    discs = shapely.buffer(shapely.points(spots[rows]), MARK)
    touched: dict[int, list[int]] = {}
    for at, other in zip(*(side.tolist() for side in tree.query(discs, predicate="intersects")), strict=True):
        touched.setdefault(at, []).append(other)
    for at, n in enumerate(rows):
        others = [k for k in touched[at] if k != n]
        # In a crowd it would cover somebody; only a few neighbours are worth measuring.
        covered = (
            shapely.area(shapely.intersection(shapes[others], discs[at])).sum() if len(others) < 4 else np.inf
        )
        small[n] = covered < 0.2 * math.pi * MARK**2
    return small


def _marked(shape: BaseGeometry, x: float, y: float) -> str:
    """A circle, and what of the shape lies outside it: one path must not cover itself."""
    beyond = shapely.difference(shape, shapely.Point(x, y).buffer(MARK + 4))
    return circle(x, y, MARK) + ("" if beyond.area < _ISLET else path(beyond, smallest=_ISLET))


def _village(
    place: Place, d: str, x: float, y: float, *, mark: bool = False, lacks: bool = False
) -> VillageShape:
    return VillageShape(
        id=place.id,
        code=place.code,
        name=place.name,
        kind_word=place.kind_word,
        district=place.district,
        regency=place.regency,
        d=d,
        x=round(x),
        y=round(y),
        is_marker=mark,
        lacks_border=lacks,
    )


def _without_shape(rest: Sequence[Place], plane: Plane) -> tuple[list[VillageShape], int, tuple[Label, ...]]:
    """Markers for villages whose place is known, hexagons under the map for the others."""
    villages, unknown = [], []
    for place in rest:
        if place.point is None:
            unknown.append(place)
            continue
        spot = plane.place(np.array([shapely.Point(place.point)], dtype=object))[0]
        if not (0 < spot.x < plane.width and 0 < spot.y < plane.height):
            unknown.append(place)
            continue
        villages.append(_village(place, circle(spot.x, spot.y, MARK), spot.x, spot.y, mark=True, lacks=True))
    if not unknown:
        return villages, plane.height, ()
    under = tiles.layout(unknown, top=plane.height + MARGIN)
    villages += _hexagons(unknown, under, lacks=True)
    return villages, under.height, (*under.district_labels, *under.regency_labels)


def _hexagons(places: Sequence[Place], made: tiles.Layout, *, lacks: bool = False) -> list[VillageShape]:
    return [
        _village(place, path(made.shapes[place.id]), *made.shapes[place.id].centroid.coords[0], lacks=lacks)
        for place in places
    ]


def _tiled(places: Sequence[Place], source: str) -> MapShapes:
    made = tiles.layout(places)
    shapes = np.array([made.shapes[place.id] for place in places], dtype=object)
    groups: dict[tuple[str, str], list[int]] = {}
    for n, place in enumerate(places):
        groups.setdefault((place.regency, place.district), []).append(n)
    return MapShapes(
        kind=MapKind.SKEMATIK,
        source=source,
        view_box=(0, 0, made.width, made.height),
        land="",
        villages=tuple(_hexagons(places, made)),
        districts=tuple(
            Outline(name, path(shapely.union_all(shapely.buffer(shapes[rows], 9, join_style="mitre"))))
            for (_regency, name), rows in groups.items()
        ),
        district_labels=made.district_labels,
        regency_labels=made.regency_labels,
        insets=(),
    )
