"""Where words fit on a map without covering each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bersinar.territory.drawing.records import Label

Rect = tuple[float, float, float, float]


class Lettering:
    """Takes words one after another; those that find no free spot are left out."""

    def __init__(self, frame: Rect, *, letter: float, height: float) -> None:
        self._frame, self._letter, self._height = frame, letter, height
        self._taken: list[Rect] = []
        self.labels: list[Label] = []

    def put(self, text: str, x: float, y: float, *, offsets: Sequence[tuple[float, float]]) -> bool:
        """At the first free offset (in heights of a line) from here."""
        for across, down in offsets:
            at_x, at_y = x + across * self._height, y + down * self._height
            rect = self._rect(text, at_x, at_y)
            if self._is_free(rect):
                self._taken.append(rect)
                # The baseline lies a third of a line under the middle.
                self.labels.append(Label(text, round(at_x), round(at_y + self._height / 3)))
                return True
        return False

    def block(self, rects: Iterable[Rect]) -> None:
        """Nothing may be written here."""
        self._taken.extend(rects)

    def _rect(self, text: str, x: float, y: float) -> Rect:
        half = len(text) * self._letter / 2
        return x - half, y - self._height / 2, x + half, y + self._height / 2

    def _is_free(self, rect: Rect) -> bool:
        left, top, right, bottom = self._frame
        if rect[0] < left or rect[1] < top or rect[2] > right or rect[3] > bottom:
            return False
        return not any(
            rect[0] < other[2] and other[0] < rect[2] and rect[1] < other[3] and other[1] < rect[3]
            for other in self._taken
        )


AROUND = (
    (0, 0), (0, -0.6), (0, 0.6), (0.8, 0), (-0.8, 0), (0, -1.2), (0, 1.2), (1.6, 0.5), (-1.6, 0.5), (1.6, -0.5),
    (-1.6, -0.5), (0, 1.8), (0, -1.8), (2.6, 0), (-2.6, 0), (0, 2.6), (0, -2.6),
)  # fmt: skip


def largest_parts(shapes: np.ndarray) -> np.ndarray:
    """Each shape without its smaller islands."""
    return np.array(
        [
            shape if shape.is_empty else max(shapely.get_parts(shape), key=lambda part: part.area)
            for shape in shapes
        ],
        dtype=object,
    )


def middles(shapes: np.ndarray) -> np.ndarray:
    """The roomiest spot of each shape's largest part, as x and y."""
    spots = []
    for largest in largest_parts(shapes):
        if largest.is_empty:
            spots.append((0.0, 0.0))
            continue
        line = shapely.maximum_inscribed_circle(largest, tolerance=max(largest.length / 400, 0.5))
        spots.append(line.coords[0][:2])
    return np.asarray(spots, float)


def beside(shape: BaseGeometry) -> list[tuple[float, float]]:
    """Spots around a region for its name: under it, then above."""
    left, top, right, bottom = shape.bounds
    across = [left + (right - left) * part for part in (0.5, 0.3, 0.7, 0.1, 0.9, -0.1, 1.1)]
    below = [(x, bottom + down) for down in (-180, -90, 0, 60, 130, 200) for x in across]
    return below + [(x, top - up) for up in (50, -40, 120) for x in across]
