"""Dense towns drawn larger beside the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.drawing.lettering import AROUND, Lettering, largest_parts, middles
from bersinar.territory.drawing.plane import path
from bersinar.territory.drawing.records import Inset, Place, VillageShape

WIDTH, HEIGHT = 1250, 1120
_SMALL = 66.0
_MOST_SMALL = 0.4
_MOST_FRAMES = 3
_LEAST, _MOST_ZOOM, _LEAST_ZOOM = 3, 9.0, 2.2
_LETTER, _LINE = 21, 44


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the main map to be enlarged."""

    left: float
    top: float
    width: float
    height: float

    @property
    def zoom(self) -> float:
        return WIDTH / self.width

    @property
    def box(self) -> shapely.Polygon:
        return shapely.box(self.left, self.top, self.left + self.width, self.top + self.height)


def frames(shapes: np.ndarray) -> list[Frame]:
    """Where villages are too small and too many to be told apart; none when nearly all are small."""
    shapes = largest_parts(shapes)
    size = np.sqrt(shapely.area(shapes))
    small = np.flatnonzero(size < _SMALL)
    if len(small) < _LEAST or len(small) > _MOST_SMALL * len(shapes):
        return []
    grown = shapely.buffer(shapes[small], 12)
    groups = shapely.get_parts(shapely.union_all(grown))
    found = []
    for group in groups:
        members = small[shapely.intersects(group, shapely.point_on_surface(shapes[small]))]
        if len(members) < _LEAST:
            continue
        frame = _frame(shapely.union_all(shapes[members]).bounds)
        if frame.zoom >= _LEAST_ZOOM:
            found.append((len(members), frame))
    found.sort(key=lambda one: -one[0])
    kept: list[Frame] = []
    for _count, frame in found:
        if not any(frame.box.intersects(other.box) for other in kept):
            kept.append(frame)
    return kept[:_MOST_FRAMES]


def _frame(bounds: tuple[float, float, float, float]) -> Frame:
    left, top, right, bottom = bounds
    wide, tall = (right - left) * 1.16, (bottom - top) * 1.16
    wide = max(wide, tall * WIDTH / HEIGHT, WIDTH / _MOST_ZOOM)
    tall = wide * HEIGHT / WIDTH
    return Frame((left + right - wide) / 2, (top + bottom - tall) / 2, wide, tall)


def inset(frame: Frame, places: Sequence[Place], fine: np.ndarray, land: BaseGeometry) -> Inset:
    """Everything inside the frame, from the finer shapes."""
    room = frame.width * 0.02
    window = (
        frame.left - room,
        frame.top - room,
        frame.left + frame.width + room,
        frame.top + frame.height + room,
    )
    inside = [n for n in range(len(places)) if shapely.intersects(fine[n], frame.box)]
    cut = shapely.clip_by_rect(fine[inside], *window)
    cut = shapely.simplify(cut, 0)
    view = shapely.intersection(cut, frame.box)
    spots = middles(view)
    writing = Lettering((12, 8, WIDTH - 12, HEIGHT - 8), letter=_LETTER, height=_LINE)
    shapes = []
    for n, piece, (x, y) in zip(inside, cut, spots, strict=True):
        place = places[n]
        at_x, at_y = (x - frame.left) * frame.zoom, (y - frame.top) * frame.zoom
        d = path(piece, zoom=frame.zoom, x0=frame.left, y0=frame.top)
        if d:
            shapes.append(
                VillageShape(
                    place.id, place.code, place.name, place.kind_word, place.district, place.regency,
                    d, round(at_x), round(at_y),
                )
            )  # fmt: skip
    order = sorted(range(len(inside)), key=lambda k: -view[k].area)
    for k in order:
        if view[k].area * frame.zoom**2 < 900:
            continue
        x, y = (spots[k][0] - frame.left) * frame.zoom, (spots[k][1] - frame.top) * frame.zoom
        writing.put(places[inside[k]].name, x, y, offsets=AROUND[:9])
    towns = Counter(places[n].district for n, piece in zip(inside, view, strict=True) if piece.area > 0)
    sea = shapely.clip_by_rect(land, *window)
    return Inset(
        title=towns.most_common(1)[0][0],
        frame=(round(frame.left), round(frame.top), round(frame.width), round(frame.height)),
        view_box=(0, 0, WIDTH, HEIGHT),
        land=path(sea, zoom=frame.zoom, x0=frame.left, y0=frame.top),
        villages=tuple(shapes),
        labels=tuple(writing.labels),
    )
