"""A map without borders: one square a village, gathered by kecamatan, kecamatan gathered by kabupaten."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Tried from large to small until the picture fits one sheet of paper; the last one is taken in any case.
SIDES = (30, 24, 18, 14, 10)
TALLEST = 1180
NOWHERE = "Kecamatan tidak disebut"


@dataclass(frozen=True, slots=True)
class Words:
    """A name over its squares."""

    x: float
    y: float
    size: int
    words: str
    is_region: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands."""

    side: int
    texts: tuple[Words, ...]
    tiles: tuple[tuple[int, float, float], ...]
    bottom: float


def plan(groups: Mapping[tuple[str, str], Sequence[int]], *, left: float, right: float, top: float) -> Plan:
    """Places for the villages of each (kabupaten, kecamatan), in rows that fill the width."""
    for side in SIDES:
        found = _with(side, groups, left, right, top)
        if found.bottom - top <= TALLEST:
            break
    return found


def _with(
    side: int, groups: Mapping[tuple[str, str], Sequence[int]], left: float, right: float, top: float
) -> Plan:
    gap, size = max(side // 8, 2), 14 if side >= 24 else 11 if side >= 14 else 9
    regions: defaultdict[str, list[tuple[str, Sequence[int]]]] = defaultdict(list)
    for (region, district), members in sorted(groups.items()):
        regions[region].append((district or NOWHERE, members))
    texts: list[Words] = []
    tiles: list[tuple[int, float, float]] = []
    y = top
    for region, districts in regions.items():
        if len(regions) > 1 or region:
            y += size + 14
            texts.append(Words(left, y, size + 2, region or "Kabupaten tidak disebut", is_region=True))
        x, tallest = left, 0.0
        y += 6
        for name, members in districts:
            across = max(3, math.ceil(math.sqrt(len(members) * 2)))
            wide = max(across * (side + gap), len(name) * size * 0.74) + side
            if x > left and x + wide > right:
                x, y, tallest = left, y + tallest, 0.0
            texts.append(Words(x, y + size, size, name, is_region=False))
            for n, k in enumerate(members):
                at = y + size + 6 + n // across * (side + gap)
                tiles.append((k, x + n % across * (side + gap), at))
            tallest = max(tallest, size + 6 + math.ceil(len(members) / across) * (side + gap) + size)
            x += wide
        y += tallest
    return Plan(side, tuple(texts), tuple(tiles), y)
