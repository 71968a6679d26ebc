"""Shapes led to villages: by code, by an old code, else by name inside kecamatan and kabupaten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bersinar.territory.borders.reader import Feature
from bersinar.territory.codes import looks_like_bps
from bersinar.territory.errors import BordersRefused
from bersinar.territory.matching import names
from bersinar.territory.matching.villages import By, Place, Row, Verdict, match_rows
from bersinar.territory.vocabulary import BoundaryMatch


@dataclass(frozen=True, slots=True)
class Kept:
    """A shape with its village, or with the villages it may mean."""

    feature: Feature
    match: BoundaryMatch
    village_id: int | None
    why: str
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the shapes: kept, joined to another of the same village, or of another region."""

    kept: tuple[Kept, ...]
    joined: int
    elsewhere: int


def match_features(
    features: Sequence[Feature],
    places: Sequence[Place],
    *,
    prefixes: Sequence[str],
    former: Mapping[str, int],
) -> Matched:
    """The verdict on each shape that may lie in these regions."""
    codes = {place.code: place for place in places}
    by_id = {place.id: place for place in places}
    _refuse_bps(features, codes)
    inside = tuple(prefix + "." for prefix in prefixes)
    near = [one for one in features if not one.code or one.code.startswith(inside) or one.code in former]
    joined = _joined(near)
    rows = [
        Row(
            number=one.number,
            code=by_id[former[one.code]].code if one.code in former and one.code not in codes else one.code,
            name=one.name,
            kecamatan=one.district,
            kabupaten=one.regency,
        )
        for one in joined
    ]
    kept = []
    for one, row, match in zip(joined, rows, match_rows(rows, places), strict=True):
        candidates = tuple(candidate.place_id for candidate in match.candidates)
        if match.verdict is Verdict.PASTI:
            kept.append(Kept(one, _led_by(match.by, one.code, row.code), match.place_id, "", ()))
        elif match.verdict is Verdict.RAGU:
            kept.append(Kept(one, BoundaryMatch.RAGU, None, match.why.value, candidates))
        elif candidates or one.code:
            kept.append(Kept(one, BoundaryMatch.TIDAK_ADA, None, match.why.value, candidates))
    if not any(one.match in (BoundaryMatch.RAGU, *_SURE) for one in kept):
        raise BordersRefused("none_ours")
    return Matched(
        tuple(kept),
        joined=len(near) - len(joined),
        elsewhere=len(features) - len(near) + len(joined) - len(kept),
    )


_SURE = tuple(match for match in BoundaryMatch if match.is_matched)


def _led_by(by: By, written: str, used: str) -> BoundaryMatch:
    if by is not By.CODE:
        return BoundaryMatch.NAMA
    return BoundaryMatch.KODE if written == used else BoundaryMatch.KODE_LAMA


def _refuse_bps(features: Sequence[Feature], codes: Mapping[str, Place]) -> None:
    written = [one.code for one in features if one.code]
    other = sum(looks_like_bps(code) for code in written)
    known = sum(code in codes for code in written)
    if written and 2 * other > len(written) and 2 * known < len(written):
        raise BordersRefused("bps_codes")


def _joined(features: Sequence[Feature]) -> list[Feature]:
    """Rows of one village, an island each, become one shape; the same code under another name stays apart."""
    of_village: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    order: list[tuple[str, str]] = []
    for n, one in enumerate(features):
        key = (one.code, names.key(one.name)) if one.code else ("", str(n))
        if key not in of_village:
            order.append(key)
        of_village[key].append(one)
    return [
        replace(rows[0], polygons=[polygon for row in rows for polygon in row.polygons])
        for rows in (of_village[key] for key in order)
    ]
