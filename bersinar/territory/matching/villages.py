"""Rows matched to villages: by code, else by name inside kecamatan and kabupaten. Doubt goes to a person.

Only names that are equal once spelling is set aside, or all but equal without a rival, count as sure. Two rows
never lead to one village: then both wait, or the one without the code does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from bersinar.territory.matching import names

LIKELY = 72.0
NEARLY_SAME = 93.0
CLEAR_LEAD = 15.0
SAME_REGION = 84.0
NAME_CONTRADICTS = 60.0
MOST_CANDIDATES = 5


class Verdict(StrEnum):
    PASTI = "PASTI"
    RAGU = "RAGU"
    TIDAK_ADA = "TIDAK_ADA"


class By(StrEnum):
    """What led to the village."""

    CODE = "CODE"
    NAME = "NAME"
    NEARLY = "NEARLY"
    NOTHING = "NOTHING"


class Why(StrEnum):
    """Why a person has to look."""

    SURE = ""
    NAME_CONTRADICTS_CODE = "NAME_CONTRADICTS_CODE"
    CODE_UNKNOWN = "CODE_UNKNOWN"
    SEVERAL = "SEVERAL"
    SIMILAR = "SIMILAR"
    OTHER_KECAMATAN = "OTHER_KECAMATAN"
    NO_KECAMATAN = "NO_KECAMATAN"
    TWO_ROWS = "TWO_ROWS"
    NOT_FOUND = "NOT_FOUND"
    NO_NAME = "NO_NAME"


@dataclass(frozen=True, slots=True)
class Place:
    """A village that may be meant."""

    id: int
    code: str
    name: str
    kecamatan: str
    kabupaten: str
    is_kelurahan: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the file names its village; what the file does not have is empty."""

    number: int
    code: str
    name: str
    kecamatan: str = ""
    kabupaten: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    place_id: int
    score: int


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one row; `place_id` only when sure."""

    row: int
    verdict: Verdict
    by: By
    why: Why
    place_id: int | None = None
    candidates: tuple[Candidate, ...] = ()


def match_rows(rows: Sequence[Row], places: Iterable[Place]) -> tuple[Match, ...]:
    """The verdict on every row, in their order."""
    index = _Index(places)
    return _one_row_each([index.match(row) for row in rows])


def _one_row_each(matches: list[Match]) -> tuple[Match, ...]:
    claims: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if match.place_id is not None:
            claims[match.place_id].append(match)
    loses: set[int] = set()
    for claimed in claims.values():
        by_code = [one for one in claimed if one.by is By.CODE]
        keeps = by_code[0].row if len(by_code) == 1 else None
        if len(claimed) > 1:
            loses |= {one.row for one in claimed if one.row != keeps}
    return tuple(_doubted(one) if one.row in loses else one for one in matches)


def _doubted(match: Match) -> Match:
    candidates = match.candidates or (Candidate(match.place_id or 0, 100),)
    return replace(match, verdict=Verdict.RAGU, why=Why.TWO_ROWS, place_id=None, candidates=candidates)


class _Index:
    """The villages by code and by the keys of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code: dict[str, Place] = {}
        self.of_regency: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for place in places:
            self.by_code[place.code] = place
            self.of_regency[place.kabupaten][place.kecamatan].append(place)
        self._regencies: dict[str, tuple[str, ...]] = {}
        self._districts: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def match(self, row: Row) -> Match:
        named = self.by_code.get(row.code) if row.code else None
        if named is not None and (not row.name or _score(row.name, named.name) >= NAME_CONTRADICTS):
            return Match(row.number, Verdict.PASTI, By.CODE, Why.SURE, named.id)
        if not row.name:
            why = Why.CODE_UNKNOWN if row.code else Why.NO_NAME
            return Match(row.number, Verdict.TIDAK_ADA, By.NOTHING, why)
        found = self._by_name(row)
        if named is not None:
            # The code says one village and the name another: which of them is wrong nobody here can know.
            others = [one for one in _listed(found) if one.place_id != named.id]
            both = (Candidate(named.id, round(_score(row.name, named.name))), *others)
            return Match(
                row.number, Verdict.RAGU, By.CODE, Why.NAME_CONTRADICTS_CODE, None, both[:MOST_CANDIDATES]
            )
        if row.code and found.verdict is Verdict.PASTI:
            listed = _listed(found)
            return Match(row.number, Verdict.RAGU, By.NAME, Why.CODE_UNKNOWN, None, listed)
        return found

    def _by_name(self, row: Row) -> Match:
        regencies = self._regencies_of(row.kabupaten)
        districts = self._districts_of(regencies, row.kecamatan) if row.kecamatan else ()
        near = [place for regency, district in districts for place in self.of_regency[regency][district]]
        best = _ranked(row.name, near)
        sure = _sure(row, best)
        if sure is not None:
            place, by = sure
            return Match(row.number, Verdict.PASTI, by, Why.SURE, place.id, _candidates(best))
        if best and best[0][0] >= LIKELY:
            why = Why.SEVERAL if best[0][0] >= 100 else Why.SIMILAR
            return Match(row.number, Verdict.RAGU, By.NAME, why, None, _candidates(best))
        wider = [
            place
            for regency in regencies or tuple(self.of_regency)
            for places in self.of_regency[regency].values()
            for place in places
        ]
        return self._wider(row, _ranked(row.name, wider))

    def _wider(self, row: Row, best: list[tuple[float, Place]]) -> Match:
        alone = not row.kecamatan and row.kabupaten and len([1 for score, _ in best if score >= 100]) == 1
        if alone:
            return Match(row.number, Verdict.PASTI, By.NAME, Why.SURE, best[0][1].id, _candidates(best))
        # Outside the kecamatan the row names only a close name is worth a person's time.
        needed = LIKELY + 10 if row.kecamatan else LIKELY
        if not best or best[0][0] < needed:
            return Match(row.number, Verdict.TIDAK_ADA, By.NOTHING, Why.NOT_FOUND, None, _candidates(best))
        why = Why.OTHER_KECAMATAN if row.kecamatan else Why.NO_KECAMATAN
        return Match(row.number, Verdict.RAGU, By.NAME, why, None, _candidates(best))

    def _regencies_of(self, written: str) -> tuple[str, ...]:
        """The kabupaten a row may mean: several when a kota has the same name; none when nothing was written."""
        if not written:
            return tuple(self.of_regency)
        if written not in self._regencies:
            same = [one for one in self.of_regency if names.key(one) == names.key(written)]
            if not same:
                bare = names.regency_key(written)
                same = [one for one in self.of_regency if names.regency_key(one) == bare]
            if not same:
                same = [one for one in self.of_regency if _score(written, one) >= SAME_REGION]
            self._regencies[written] = tuple(same)
        return self._regencies[written]

    def _districts_of(self, regencies: tuple[str, ...], written: str) -> tuple[tuple[str, str], ...]:
        known = ("|".join(regencies), written)
        if known not in self._districts:
            every = [(regency, district) for regency in regencies for district in self.of_regency[regency]]
            same = [one for one in every if names.key(one[1]) == names.key(written)]
            if not same:
                same = [one for one in every if _score(written, one[1]) >= SAME_REGION]
            self._districts[known] = tuple(same)
        return self._districts[known]


def _score(written: str, ours: str) -> float:
    """Alike in hundredths; a different number in the name means another village."""
    if names.key(written) == names.key(ours) or names.letters(written) == names.letters(ours):
        return 100.0
    alike = max(
        fuzz.ratio(names.key(written), names.key(ours)),
        fuzz.token_sort_ratio(" ".join(names.tokens(written)), " ".join(names.tokens(ours))),
    )
    numbers = names.numerals(written), names.numerals(ours)
    if numbers[0] == numbers[1]:
        return min(alike, 99.0)
    if all(numbers):
        return min(alike, 99.0) - 25.0
    # Only one of them has a number, so it may be misspelt ("Paal Satuu"): for a person to see, never sure.
    as_written = fuzz.ratio(names.letters(written), names.letters(ours))
    return max(min(alike, 99.0) - 25.0, min(as_written, NEARLY_SAME - 1.0))


def _ranked(name: str, places: Sequence[Place]) -> list[tuple[float, Place]]:
    scored = [(_score(name, place.name), place) for place in places]
    return sorted(scored, key=lambda one: (-one[0], one[1].code))


def _sure(row: Row, best: list[tuple[float, Place]]) -> tuple[Place, By] | None:
    same = [place for score, place in best if score >= 100]
    kelurahan = names.says_kelurahan(row.name)
    if len(same) > 1 and kelurahan is not None:
        same = [place for place in same if place.is_kelurahan is kelurahan]
    if len(same) == 1:
        return same[0], By.NAME
    if same or not best or best[0][0] < NEARLY_SAME:
        return None
    second = best[1][0] if len(best) > 1 else 0.0
    return (best[0][1], By.NEARLY) if best[0][0] - second >= CLEAR_LEAD else None


def _candidates(best: list[tuple[float, Place]]) -> tuple[Candidate, ...]:
    kept = [Candidate(place.id, round(score)) for score, place in best if score >= 50]
    return tuple(kept[:MOST_CANDIDATES])


def _listed(match: Match) -> tuple[Candidate, ...]:
    return match.candidates
