"""Outlines of villages from a GeoJSON file, matched by code, then by name inside the kecamatan."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bersinar.mapping.sheet import SheetError, SheetVillage, village_code

Ring = list[tuple[float, float]]
MAX_BYTES = 200 * 1024 * 1024


def read_outlines(path: Path, villages: Sequence[SheetVillage]) -> dict[int, list[Ring]]:
    """Rings in degrees for each position in `villages` that was found in the file."""
    features = _features(path)
    by_code = {village.code: k for k, village in enumerate(villages) if village.code}
    names = Counter(_key(village.name, village.kecamatan) for village in villages)
    # A name that stands twice in the sheet says nothing about which of the two is meant.
    by_name = {
        key: k
        for k, village in enumerate(villages)
        if names[key := _key(village.name, village.kecamatan)] == 1
    }
    found: dict[int, list[Ring]] = {}
    for feature in features:
        facts = feature.get("properties") or {}
        at = _position(facts, by_code, by_name)
        if at is not None:
            found.setdefault(at, []).extend(_rings(feature.get("geometry") or {}))
    return found


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise SheetError(f"Berkas batas {path} tidak ada. Periksa nama dan foldernya.")
    if path.stat().st_size > MAX_BYTES:
        raise SheetError("Berkas batas terlalu besar. Sederhanakan batasnya, lalu coba lagi.")
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        features = data["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise SheetError("Berkas batas bukan GeoJSON yang berisi FeatureCollection.") from error
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise SheetError("Berkas batas bukan GeoJSON yang berisi FeatureCollection.")
    return features


def _position(
    facts: dict[str, Any], by_code: dict[str, int], by_name: dict[tuple[str, str], int]
) -> int | None:
    for value in facts.values():
        if isinstance(value, str | int) and not isinstance(value, bool):
            at = by_code.get(village_code(value))
            if at is not None:
                return at
    lower = {str(key).casefold(): value for key, value in facts.items()}
    name = next((lower[key] for key in ("name", "nama", "desa", "namobj", "wadmkd") if lower.get(key)), "")
    district = next((lower[key] for key in ("kecamatan", "district", "wadmkc") if lower.get(key)), "")
    return by_name.get(_key(str(name), str(district))) if name else None


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list):
        return
    for polygon in [parts] if kind == "Polygon" else parts:
        for ring in polygon:
            points = [(float(point[0]), float(point[1])) for point in ring]
            if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
                raise SheetError("Berkas batas memuat koordinat yang bukan angka.")
            if any(abs(y) > 90 for _, y in points):
                raise SheetError(
                    "Koordinat batas tampak tertukar: bujur harus ditulis dulu, lalu lintang. "
                    "Ekspor ulang berkasnya."
                )
            if len(points) >= 4:
                yield points


def _key(name: str, district: str) -> tuple[str, str]:
    return " ".join(name.casefold().split()), " ".join(district.casefold().split())
