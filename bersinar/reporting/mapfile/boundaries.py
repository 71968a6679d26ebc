"""Outlines of villages from a file, matched by code, then by name inside the kecamatan, as on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from bersinar.access import BersinarError
from bersinar.mapping.sheet import SheetError, SheetVillage
from bersinar.territory.borders.matching import match_features
from bersinar.territory.borders.reader import read_features
from bersinar.territory.borders.shaping import shape_features
from bersinar.territory.matching.villages import Place


def read_outlines(path: Path, villages: Sequence[SheetVillage]) -> dict[int, BaseGeometry]:
    """Shapes in degrees for each position in `villages` that was found in the file."""
    if not path.is_file():
        raise SheetError(f"Berkas batas {path} tidak ada. Periksa nama dan foldernya.")
    places = [
        Place(
            id=k,
            # Without a code of its own a village is found by its name only.
            code=village.code or f"baris {village.row}",
            name=village.name,
            kecamatan=village.kecamatan,
            kabupaten=village.kabupaten,
            is_kelurahan=village.code[9:10] == "1",
        )
        for k, village in enumerate(villages)
    ]
    try:
        features = read_features(path.read_bytes(), file_name=path.name).features
        regions = sorted({feature.code[:2] for feature in features if feature.code})
        matched = match_features(features, places, prefixes=regions, former={})
    except BersinarError as error:
        raise SheetError(str(error)) from error
    kept = [(one.village_id, one.feature) for one in matched.kept if one.village_id is not None]
    if not kept:
        return {}
    shapes = shape_features([feature.polygons for _k, feature in kept]).shapes.tolist()
    return {k: shape for (k, _feature), shape in zip(kept, shapes, strict=True) if not shape.is_empty}
