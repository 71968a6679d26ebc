"""Borders made up for the tests: one square a village, side by side near Belitung."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

SIDE = 0.01


def square(n: int, *, west: float = 107.5, north: float = -2.6) -> list[list[list[float]]]:
    """The rings of the n-th square; its neighbours share its edges."""
    x, y = west + SIDE * (n % 10), north - SIDE * (n // 10)
    return [[[x, y], [x + SIDE, y], [x + SIDE, y - SIDE], [x, y - SIDE], [x, y]]]


def feature(rings: object, *, kind: str = "Polygon", **properties: object) -> dict:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": rings},
    }


def features(villages: Iterable) -> Iterator[dict]:
    for n, village in enumerate(villages):
        yield feature(
            square(n),
            code=village.code,
            name=village.name,
            kecamatan=village.district.name,
            kabupaten=str(village.district.regency),
        )


def collection(rows: Iterable[dict], **extra: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(rows), **extra}).encode()
