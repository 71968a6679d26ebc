"""GeoPackage and shapefile (in a zip) through GDAL, in the limited process and only with the extra."""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator

from bersinar.territory.borders import limits
from bersinar.territory.borders.fields import facts_of
from bersinar.territory.borders.geojson import Ring, polygons_of, refuse_other_crs
from bersinar.territory.borders.refusal import Refusal

_NEEDED = (".shp", ".shx", ".dbf", ".prj")


def shapes(raw: bytes) -> Iterator[tuple[int, list[str], list[list[Ring]]]]:
    """As geojson.shapes."""
    import pyogrio
    import shapely
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
    from pyogrio.raw import read

    if raw.startswith(b"PK"):
        _refuse_unsound(raw)
    try:
        layers = pyogrio.list_layers(raw)
        if len(layers) != 1:
            raise Refusal("layers", count=len(layers))
        facts = pyogrio.read_info(raw, force_feature_count=True)
        if (facts["features"] or 0) > limits.MAX_SHAPES:
            raise Refusal("too_many_shapes", limit=limits.MAX_SHAPES)
        meta, _ids, packed, columns = read(raw, force_2d=True)
    except (DataSourceError, DataLayerError, FieldError, GeometryError) as error:
        raise Refusal("broken") from error
    refuse_other_crs(meta["crs"] or "")
    left = limits.MAX_POINTS
    for n, piece in enumerate(packed):
        attributes = {key: _plain(column[n]) for key, column in zip(meta["fields"], columns, strict=True)}
        found = facts_of(attributes)
        shape = shapely.from_wkb(piece) if piece is not None else None
        polygons = polygons_of(json.loads(shapely.to_geojson(shape)), n + 1) if shape is not None else []
        left -= sum(len(ring) for polygon in polygons for ring in polygon)
        if left < 0:
            raise Refusal("too_many_points", limit=limits.MAX_POINTS)
        yield n + 1, [found.code, found.name, found.district, found.regency], polygons


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def _refuse_unsound(raw: bytes) -> None:
    """One shapefile, of a size that was looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
            if len(entries) > limits.MAX_PARTS or any(
                stat.S_ISLNK(one.external_attr >> 16) for one in entries
            ):
                raise Refusal("bad_zip")
            if sum(one.file_size for one in entries) > limits.MAX_UNPACKED:
                raise Refusal("unpacked_too_large")
            end = 0
            for one in sorted(entries, key=lambda entry: entry.header_offset):
                # Entries that share bytes are how a small file becomes a huge one without nesting.
                if one.header_offset < end or one.flag_bits & 0x1:
                    raise Refusal("bad_zip")
                end = one.header_offset + 30 + one.compress_size
            names = [one.filename.casefold() for one in entries if not one.filename.startswith("__MACOSX")]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Refusal("bad_zip") from error
    for ending in _NEEDED:
        if sum(name.endswith(ending) for name in names) != 1:
            raise Refusal("bad_zip")
