"""A map without any place known: one hexagon a village, grouped by kecamatan and kabupaten."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from bersinar.territory.drawing.records import Label, Place

WIDTH, MARGIN = 3000, 90
_RADIUS = 72.0
_HEADING, _GAP = 110, 120
_LETTER = 33


@dataclass(frozen=True, slots=True)
class Layout:
    """Shapes by village, groups by kecamatan, and where the names stand."""

    shapes: dict[int, shapely.Polygon]
    district_labels: tuple[Label, ...]
    regency_labels: tuple[Label, ...]
    width: int
    height: int


def layout(places: Sequence[Place], *, top: float = MARGIN) -> Layout:
    """Groups side by side, wrapped like words; kabupaten below each other."""
    tree: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in sorted(places, key=lambda one: one.code):
        tree[place.regency][place.district].append(place)
    shapes: dict[int, shapely.Polygon] = {}
    districts: list[Label] = []
    regencies: list[Label] = []
    y = top
    for regency, groups in tree.items():
        if len(tree) > 1:
            regencies.append(Label(regency, WIDTH // 2, round(y + 60)))
            y += 150
        x, tallest = float(MARGIN), 0.0
        for district, members in groups.items():
            spots = _blob(len(members))
            left, right = min(a for a, _ in spots) - _RADIUS, max(a for a, _ in spots) + _RADIUS
            high, low = min(b for _, b in spots) - _RADIUS, max(b for _, b in spots) + _RADIUS
            wide = max(right - left, len(district) * _LETTER)
            if x > MARGIN and x + wide > WIDTH - MARGIN:
                x, y, tallest = float(MARGIN), y + tallest + _GAP, 0.0
            middle = x + wide / 2
            districts.append(Label(district, round(middle), round(y + 56)))
            for place, (a, b) in zip(members, spots, strict=True):
                shapes[place.id] = _hexagon(middle + a - (left + right) / 2, y + _HEADING + b - high)
            tallest = max(tallest, _HEADING + low - high)
            x += wide + _GAP
        y += tallest + _GAP
    return Layout(shapes, tuple(districts), tuple(regencies), WIDTH, math.ceil(y - _GAP + MARGIN))


def _blob(count: int) -> list[tuple[float, float]]:
    """Middles of hexagons packed round the first, nearest first, read from the top left."""
    reach = math.ceil(math.sqrt(count)) + 1
    step = _RADIUS * math.sqrt(3)
    spots = [
        (step * (q + r / 2), 1.5 * _RADIUS * r)
        for q in range(-reach, reach + 1)
        for r in range(-reach, reach + 1)
    ]
    nearest = sorted(
        spots, key=lambda spot: (round(spot[0] ** 2 + (1.25 * spot[1]) ** 2, 3), spot[1], spot[0])
    )
    return sorted(nearest[:count], key=lambda spot: (round(spot[1], 3), spot[0]))


def _hexagon(x: float, y: float) -> shapely.Polygon:
    r = _RADIUS - 3
    corners = [math.radians(30 + 60 * k) for k in range(6)]
    return shapely.Polygon([(x + r * math.cos(a), y + r * math.sin(a)) for a in corners])
