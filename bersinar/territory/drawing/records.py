"""What a map of villages is made of. All numbers are whole units of the view box."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bersinar.territory.vocabulary import MapKind

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A village to be drawn; `point` is (lon, lat) when known."""

    id: int
    code: str
    name: str
    kind_word: str
    district: str
    regency: str
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Words with the place of their middle."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class VillageShape:
    """One village: a closed path, and a point inside it for a name or a mark.

    A marker is a circle instead of, or around, a shape too small to be seen or touched. Without a border it stands
    for a village that the imported borders lack.
    """

    id: int
    code: str
    name: str
    kind_word: str
    district: str
    regency: str
    d: str
    x: int
    y: int
    is_marker: bool = False
    lacks_border: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A kecamatan around its villages."""

    name: str
    d: str


@dataclass(frozen=True, slots=True)
class Inset:
    """A dense town drawn larger; `frame` says where it lies on the main map."""

    title: str
    frame: Box
    view_box: Box
    land: str
    villages: tuple[VillageShape, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class MapShapes:
    """A whole map. `key` changes whenever anything it was made from changes."""

    kind: MapKind
    source: str
    view_box: Box
    land: str
    villages: tuple[VillageShape, ...]
    districts: tuple[Outline, ...]
    district_labels: tuple[Label, ...]
    regency_labels: tuple[Label, ...]
    insets: tuple[Inset, ...]
    # Villages on far islands that were drawn nearer than they lie.
    moved: tuple[int, ...] = ()
    key: str = ""

    @property
    def is_schematic(self) -> bool:
        return self.kind is MapKind.SKEMATIK

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the cache."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MapShapes:
        insets = tuple(
            Inset(
                title=one["title"],
                frame=_box(one["frame"]),
                view_box=_box(one["view_box"]),
                land=one["land"],
                villages=tuple(VillageShape(**row) for row in one["villages"]),
                labels=_labels(one["labels"]),
            )
            for one in data["insets"]
        )
        return cls(
            kind=MapKind(data["kind"]),
            source=data["source"],
            view_box=_box(data["view_box"]),
            land=data["land"],
            villages=tuple(VillageShape(**row) for row in data["villages"]),
            districts=tuple(Outline(**row) for row in data["districts"]),
            district_labels=_labels(data["district_labels"]),
            regency_labels=_labels(data["regency_labels"]),
            insets=insets,
            moved=tuple(data["moved"]),
            key=data["key"],
        )


def _labels(rows: list[dict[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label(**row) for row in rows)


def _box(values: list[int]) -> Box:
    x, y, width, height = values
    return x, y, width, height
