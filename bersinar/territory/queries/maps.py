"""The map of an office's villages: made once for each state of borders, points and codes, then kept in a file."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from bersinar import ui
from bersinar.access import ANONYMOUS
from bersinar.territory import words
from bersinar.territory.drawing import MapShapes, Place, draw
from bersinar.territory.drawing import neighbours as touching
from bersinar.territory.errors import TooManyForOneMap
from bersinar.territory.models import Boundary, BoundarySet, FormerCode, VillagePoint
from bersinar.territory.queries.borders import reader, sets_in_use
from bersinar.territory.queries.regions import office_scope, villages_of_office

MOST_VILLAGES = 10_000
# Counts up when the drawing itself changes, so that kept maps are made anew.
_DRAWING = 2
_HELD: dict[str, dict[str, Any]] = {}


def shapes(office_id: int) -> MapShapes:
    """Borders when the office uses some, else a schematic map; every village of the office appears."""
    return MapShapes.from_json(_kept(office_id)["map"])


def neighbours(office_id: int) -> list[tuple[int, int]]:
    """Pairs of village numbers that border each other on that map; empty when no place is known."""
    return [(first, second) for first, second in _kept(office_id)["neighbours"]]


def places(office_id: int) -> list[Place]:
    """The office's villages as the drawing takes them."""
    rows = villages_of_office(office_id).values_list(
        "pk", "code", "name", "kind", "district__name", "district__regency__kind", "district__regency__name",
        "point__lon", "point__lat",
    )  # fmt: skip
    return [
        Place(
            id=pk,
            code=code,
            name=name,
            kind_word=words.kind_word(code, kind),
            district=district,
            regency=f"{_SHORT[regency_kind]} {regency}",
            point=None if lon is None else (lon, lat),
        )
        for pk, code, name, kind, district, regency_kind, regency, lon, lat in rows
    ]


_SHORT = {"KABUPATEN": "Kab.", "KOTA": "Kota"}


def set_shapes(found: BoundarySet) -> MapShapes:
    """One imported set as a map, to be looked at before it is used; villages it lacks are marks."""
    return MapShapes.from_json(_kept(found.office_id, found)["map"])


def _kept(office_id: int, only: BoundarySet | None = None) -> dict[str, Any]:
    sets = sets_in_use(office_id) if only is None else [only]
    key = _key(office_id, sets)
    if key not in _HELD:
        folder = Path(settings.BERSINAR_DATA) / "cache" / "maps"
        name = f"{office_id}" if only is None else f"{office_id}.{only.pk}"
        path = folder / f"{name}-{key}.json"
        made = _read(path)
        if made is None:
            made = _made(office_id, key, sets)
            _write(path, made, old=folder.glob(f"{name}-*.json"))
        if len(_HELD) > 8:
            _HELD.clear()
        _HELD[key] = made
    return _HELD[key]


def _key(office_id: int, sets: Sequence[BoundarySet]) -> str:
    """A mark of everything the map is made of."""
    villages = villages_of_office(office_id).order_by()
    count = villages.aggregate(n=Count("pk"), last=Max("pk"), all=Sum("pk"))
    if (count["n"] or 0) > MOST_VILLAGES:
        raise TooManyForOneMap(count["n"])
    served = villages.values("pk")
    points = VillagePoint.objects.for_actor(ANONYMOUS).filter(village__in=served)
    old = FormerCode.objects.for_actor(ANONYMOUS).filter(village__in=served)
    borders = Boundary.objects.for_actor(reader(office_id)).filter(boundary_set__in=[one.pk for one in sets])
    facts = [
        _DRAWING,
        str(settings.DATABASES["default"]["NAME"]),
        office_scope(office_id).prefixes,
        sorted(count.items()),
        _rounded(points.aggregate(n=Count("pk"), lat=Sum("lat"), lon=Sum("lon"), source=Max("source"))),
        sorted(old.aggregate(n=Count("pk"), last=Max("pk")).items()),
        [(one.pk, one.sha256) for one in sets],
        sorted(borders.aggregate(n=Count("village"), all=Sum("village"), decided=Max("decided_at")).items()),
        _coast_path().exists(),
    ]
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:32]


def _rounded(facts: dict[str, Any]) -> list[tuple[str, Any]]:
    # A database may add in any order, which changes the last digits of a sum.
    return [(name, round(value, 4) if isinstance(value, float) else value) for name, value in facts.items()]


def _made(office_id: int, key: str, sets: Sequence[BoundarySet]) -> dict[str, Any]:
    villages = places(office_id)
    outlines, attribution = _outlines(office_id, sets)
    coast = _coast()
    drawn = draw(villages, outlines, coast=coast, source="")
    pairs = touching(villages, outlines, coast=coast)
    drawn = replace(drawn, key=key, source=_source(office_id, villages, drawn, attribution))
    return {"map": json.loads(json.dumps(drawn.to_json())), "neighbours": pairs}


def _outlines(office_id: int, sets: Sequence[BoundarySet]) -> tuple[dict[int, BaseGeometry], str]:
    """The office's own borders first; a province fills what is missing from the offices under it."""
    found: dict[int, BaseGeometry] = {}
    names: list[str] = []
    served = villages_of_office(office_id).order_by().values("pk")
    for one in sets:
        rows = (
            Boundary.objects.for_actor(reader(office_id))
            .filter(boundary_set=one, village__in=served)
            .values_list("village_id", "geometry")
        )
        before = len(found)
        for village_id, packed in rows:
            found.setdefault(village_id, shapely.from_wkb(bytes(packed)))
        if len(found) > before and one.attribution not in names:
            names.append(one.attribution)
    return found, "; ".join(names)


def _source(office_id: int, villages: list[Place], drawn: MapShapes, attribution: str) -> str:
    if not drawn.is_schematic:
        text = _("%(source)s. Batas desa bersifat petunjuk.") % {"source": attribution}
        lacking = sum(village.lacks_border for village in drawn.villages)
        if lacking:
            text += " " + _("%(count)d desa belum punya batas dan digambar sebagai tanda.") % {
                "count": lacking
            }
    elif any(village.point for village in villages) and drawn.land + "".join(v.d for v in drawn.villages):
        rows = VillagePoint.objects.for_actor(ANONYMOUS).filter(
            village__in=villages_of_office(office_id).order_by().values("pk")
        )
        text = _(
            "titik desa dari %(source)s; garis pantai Natural Earth. "
            "Peta skematik, bukan batas desa: daratan dibagi menurut titik terdekat."
        ) % {"source": "; ".join(sorted(set(rows.values_list("source", flat=True))))}
    else:
        text = _(
            "kode wilayah Kemendagri. Peta skematik: satu segi enam satu desa, dikelompokkan per kecamatan."
        )
    if drawn.moved:
        text += " " + _("%(count)d desa pulau digambar lebih dekat.") % {"count": len(drawn.moved)}
    return text


def _coast_path() -> Path:
    return Path(ui.__file__).parent / "static" / "dist" / "coast" / "indonesia.geojson"


@lru_cache(maxsize=1)
def _coast() -> BaseGeometry | None:
    """The islands of Indonesia from the assets; without them the map is made of hexagons."""
    path = _coast_path()
    return (
        shapely.make_valid(shapely.from_geojson(path.read_text(encoding="utf-8"))) if path.exists() else None
    )


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _write(path: Path, made: dict[str, Any], *, old: Iterable[Path]) -> None:
    """Whole or not at all; a full disk only means that the map is made again next time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for one in list(old):
            one.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, suffix=".tmp", encoding="utf-8", delete=False
        ) as file:
            json.dump(made, file, separators=(",", ":"))
        Path(file.name).replace(path)
