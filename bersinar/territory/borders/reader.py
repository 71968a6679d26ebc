"""The near side of the reading process: starts it, believes nothing it says, makes sentences of its refusals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from bersinar.jobs.limited import run_limited
from bersinar.territory.borders import limits
from bersinar.territory.errors import BordersRefused

_CHILD = "bersinar.territory.borders.child"
Polygons = list[list[list[list[float]]]]


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of the file, in degrees, with what it says of itself."""

    number: int
    code: str
    name: str
    district: str
    regency: str
    polygons: Polygons


@dataclass(frozen=True, slots=True)
class Reading:
    """The shapes that can be used, and the numbers of those that cannot."""

    features: tuple[Feature, ...]
    empty: tuple[int, ...]
    outside: tuple[int, ...]


def read_features(content: bytes, *, file_name: str, swap_axes: bool = False) -> Reading:
    """Every area of a GeoJSON, GeoPackage or zipped shapefile; refused as a whole when something is basically wrong."""
    kind = _kind(content, file_name)
    answer = run_limited(
        _CHILD,
        stdin=content,
        arguments=(kind,),
        memory_mb=limits.MEMORY_MB if kind == "geojson" else limits.MEMORY_GIS_MB,
        seconds=limits.SECONDS,
        max_output=limits.MAX_ANSWER,
    )
    features = _features(answer, swap_axes=swap_axes)
    filled = [feature for feature in features if feature.polygons]
    if not filled:
        raise BordersRefused("no_areas")
    _refuse_misplaced(filled)
    inside = tuple(feature for feature in filled if _is_inside(feature))
    if not inside:
        raise BordersRefused("outside")
    kept = {feature.number for feature in inside}
    return Reading(
        features=inside,
        empty=tuple(feature.number for feature in features if not feature.polygons),
        outside=tuple(feature.number for feature in filled if feature.number not in kept),
    )


def _kind(content: bytes, file_name: str) -> str:
    if not content.strip():
        raise BordersRefused("file_empty")
    if len(content) > limits.MAX_BYTES:
        megabyte = 1024 * 1024
        raise BordersRefused(
            "file_too_large", mb=-(-len(content) // megabyte), limit=limits.MAX_BYTES // megabyte
        )
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return "geojson"
    if content.startswith((b"SQLite format 3\0", b"PK")):
        if find_spec("pyogrio") is None:
            raise BordersRefused("needs_pyogrio")
        return "packed"
    raise BordersRefused("not_geojson" if "json" in file_name.casefold() else "unknown_kind")


def _features(answer: bytes, *, swap_axes: bool) -> list[Feature]:
    found: list[Feature] = []
    ended = False
    for line in answer.splitlines():
        record = json.loads(line)
        if isinstance(record, list):
            number, code, name, district, regency, polygons = record
            if swap_axes:
                polygons = [[[[y, x] for x, y in ring] for ring in rings] for rings in polygons]
            found.append(
                Feature(number, code, name, district, regency, [rings for rings in polygons if rings])
            )
        elif "refused" in record:
            raise BordersRefused(record["refused"], **record["facts"])
        ended = isinstance(record, dict) and "end" in record
    if not ended:
        raise BordersRefused("broken")
    return found


def _refuse_misplaced(features: Sequence[Feature]) -> None:
    """Most shapes tell: metres instead of degrees, or latitude written first."""
    corners = [feature.polygons[0][0][0] for feature in features]
    metres = sum(abs(x) > 180 or abs(y) > 180 for x, y in corners)
    if 2 * metres > len(corners):
        raise BordersRefused("metres")
    swapped = sum(_is_ours(y, x) and not _is_ours(x, y) for x, y in corners)
    if 2 * swapped > len(corners):
        raise BordersRefused("swapped")


def _is_inside(feature: Feature) -> bool:
    return all(_is_ours(x, y) for rings in feature.polygons for ring in rings for x, y in ring)


def _is_ours(x: float, y: float) -> bool:
    return limits.WEST <= x <= limits.EAST and limits.SOUTH <= y <= limits.NORTH
