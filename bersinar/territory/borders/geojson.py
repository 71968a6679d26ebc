"""GeoJSON to plain shapes, in the limited process: no Django and no arrays here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from bersinar.territory.borders import limits
from bersinar.territory.borders.fields import facts_of
from bersinar.territory.borders.refusal import Refusal

Ring = list[list[float]]
# Degrees on WGS 84 or on the national datums that agree with it within a metre.
_DEGREES = re.compile(r"(?:CRS84|EPSG:{1,2}(?:4326|4755|9470))$", re.IGNORECASE)


def shapes(raw: bytes) -> Iterator[tuple[int, list[str], list[list[Ring]]]]:
    """Number, facts (code, name, kecamatan, kabupaten) and polygons of each feature, in the order of the file."""
    data = _parsed(raw)
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise Refusal("not_geojson")
    refuse_other_crs(_crs(data))
    if len(data["features"]) > limits.MAX_SHAPES:
        raise Refusal("too_many_shapes", limit=limits.MAX_SHAPES)
    left = limits.MAX_POINTS
    for number, feature in enumerate(data["features"], start=1):
        if not isinstance(feature, dict):
            raise Refusal("not_geojson")
        attributes = feature.get("properties")
        facts = facts_of(attributes if isinstance(attributes, dict) else {})
        polygons = polygons_of(feature.get("geometry"), number)
        left -= sum(len(ring) for polygon in polygons for ring in polygon)
        if left < 0:
            raise Refusal("too_many_points", limit=limits.MAX_POINTS)
        yield number, [facts.code, facts.name, facts.district, facts.regency], polygons


def refuse_other_crs(name: str) -> None:
    """An unnamed system is taken for degrees; the numbers themselves are looked at later."""
    if name and not _DEGREES.search(name):
        raise Refusal("wrong_crs", crs=re.sub(r"[^A-Za-z0-9:. _/+-]", "", name)[-60:] or "lain")


def polygons_of(geometry: object, number: int) -> list[list[Ring]]:
    """Polygons as lists of rings; nothing for a point, a line or no geometry."""
    if not isinstance(geometry, dict):
        return []
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        inner = members if isinstance(members, list) else []
        return [one for member in inner[:50] if _is_area(member) for one in polygons_of(member, number)]
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list):
        return []
    try:
        return [
            [ring for ring in (_ring(points, number) for points in polygon) if ring]
            for polygon in ([parts] if kind == "Polygon" else parts)
        ]
    except (TypeError, IndexError, ValueError, OverflowError) as error:
        raise Refusal("not_a_number", number=number) from error


def _is_area(geometry: object) -> bool:
    return isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon")


def _ring(points: list[Any], number: int) -> Ring:
    ring = []
    for point in points:
        x, y = point[0], point[1]
        if isinstance(x, bool) or isinstance(y, bool) or not (math.isfinite(x) and math.isfinite(y)):
            raise Refusal("not_a_number", number=number)
        ring.append([round(float(x), 7), round(float(y), 7)])
    if ring and ring[0] != ring[-1]:
        ring.append(list(ring[0]))
    return ring if len(ring) >= 4 else []


def _parsed(raw: bytes) -> object:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Names in an older Windows lettering; the structure itself is plain.
        text = raw.decode("cp1252", errors="replace")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refusal("too_deep") from error
    except json.JSONDecodeError as error:
        raise Refusal("broken_json", at=error.pos) from error
    except ValueError as error:
        # Python refuses to read a whole number of thousands of digits.
        raise Refusal("not_geojson") from error


def _no_constant(_name: str) -> NoReturn:
    raise Refusal("not_geojson")


def _crs(data: dict[str, Any]) -> str:
    crs = data.get("crs")
    if not isinstance(crs, dict):
        return ""
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else str(crs.get("type", ""))
