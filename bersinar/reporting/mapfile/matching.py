"""Codes for rows that name a village but bring no code, from the published list of regions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bersinar.mapping.sheet import Sheet
from bersinar.territory import codebook
from bersinar.territory.matching.villages import By, Place, Row, match_rows
from bersinar.territory.vocabulary import VillageKind


def with_codes(sheet: Sheet) -> tuple[Sheet, frozenset[int]]:
    """The sheet with the codes its names lead to, and the rows they were given to.

    Only a name that fits exactly one village of its kecamatan gives a code. Every other row stays without one.
    """
    if all(village.code for village in sheet.villages):
        return sheet, frozenset()
    places = _places({village.code[:2] for village in sheet.villages if village.code})
    rows = [
        Row(village.row, village.code, village.name, village.kecamatan, village.kabupaten)
        for village in sheet.villages
    ]
    taken = {village.code for village in sheet.villages if village.code}
    found = {
        match.row: places[match.place_id].code
        for match in match_rows(rows, places)
        if match.place_id is not None and match.by is By.NAME and places[match.place_id].code not in taken
    }
    villages = tuple(
        replace(village, code=found[village.row]) if village.row in found else village
        for village in sheet.villages
    )
    return replace(sheet, villages=villages), frozenset(found)


def _places(provinces: Collection[str]) -> list[Place]:
    """The published villages; where the sheet has codes, only those of the same provinces."""
    upper = codebook.upper_levels()
    listed = [item for item in codebook.villages().items() if not provinces or item[0][:2] in provinces]
    return [
        Place(
            id=at,
            code=code,
            name=name,
            kecamatan=upper[code[:8]],
            kabupaten=upper[code[:5]],
            is_kelurahan=codebook.village_kind(code) is VillageKind.KELURAHAN,
        )
        for at, (code, name) in enumerate(listed)
    ]
