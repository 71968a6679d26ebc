"""Who is expected at a meeting, who filled which seat, and how a meeting stands; plain functions without Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bersinar.programme.rules.template import ElementRule
from bersinar.programme.vocabulary import Element, MeetingState, Reach

# A kelurahan has neither a BPD nor a kepala desa.
NOT_IN_KELURAHAN = frozenset({Element.BPD})
KELURAHAN = "KELURAHAN"
_INSTITUTIONS = {
    Element.KADES: "Pemerintah {where}",
    Element.SEKDES: "Pemerintah {where}",
    Element.BABINSA: "TNI, {where}",
    Element.BHABINKAMTIBMAS: "Polri, {where}",
    Element.TOKOH_AGAMA: "Masyarakat {where}",
    Element.TOKOH_ADAT: "Masyarakat {where}",
    Element.TOKOH_PEMUDA: "Masyarakat {where}",
    Element.BPD: "BPD {where}",
    Element.PKK: "TP PKK {where}",
    Element.PUSKESMAS: "Puskesmas, {where}",
    Element.CAMAT: "{where}",
    Element.KESBANGPOL: "Kesbangpol {where}",
    Element.DPMD: "DPMD {where}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One village of a meeting with the regions it lies in."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    regency_code: str
    regency: str
    kind_word: str = "Desa"
    regency_word: str = "Kabupaten"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came, as recorded."""

    id: int
    element: Element | None
    place_code: str
    name: str
    position: str
    institution: str = ""

    @property
    def words(self) -> str:
        """The name where one was written, otherwise what the person is."""
        return self.name or self.position or self.institution or "tanpa nama"


@dataclass(frozen=True, slots=True)
class Seat:
    """One expected place: an element of one village, kecamatan or kabupaten."""

    element: Element
    place_code: str
    place: str
    where: str
    title: str
    people: tuple[Person, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.element.value}:{self.place_code}"

    @property
    def is_filled(self) -> bool:
        return bool(self.people)

    @property
    def institution(self) -> str:
        """Whom somebody on this seat speaks for, as the agency's form asks."""
        return _INSTITUTIONS[self.element].format(where=self.where)


@dataclass(frozen=True, slots=True)
class ElementSeats:
    """All seats of one element."""

    element: Element
    seats: tuple[Seat, ...]

    @property
    def n_filled(self) -> int:
        return sum(seat.is_filled for seat in self.seats)

    @property
    def is_represented(self) -> bool:
        return self.n_filled > 0

    @property
    def label(self) -> str:
        return self.element.label


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """Every seat with who sits there, and the people nobody expected."""

    groups: tuple[ElementSeats, ...]
    walk_ins: tuple[Person, ...] = field(default=())

    @property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(seat for group in self.groups for seat in group.seats)

    @property
    def n_seats(self) -> int:
        return len(self.seats)

    @property
    def n_filled(self) -> int:
        return sum(seat.is_filled for seat in self.seats)

    @property
    def n_people(self) -> int:
        return sum(len(seat.people) for seat in self.seats) + len(self.walk_ins)

    @property
    def unrepresented(self) -> tuple[Element, ...]:
        """Elements of whom nobody came."""
        return tuple(group.element for group in self.groups if not group.is_represented)

    @property
    def empty(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if not seat.is_filled)


def expected_seats(rules: Sequence[ElementRule], places: Sequence[Place]) -> SeatPlan:
    """One seat a village, kecamatan or kabupaten for each element; empty."""
    groups = []
    for rule in rules:
        seats: dict[str, Seat] = {}
        for place in places:
            if exists_in(rule.id, place.kind):
                seat = _seat(rule, place)
                seats.setdefault(seat.place_code, seat)
        if seats:
            groups.append(ElementSeats(rule.id, tuple(seats.values())))
    return SeatPlan(tuple(groups))


ABOVE_VILLAGES = "kecamatan-kabupaten"
_VILLAGE_CODE = 13


def part_of(seat: Seat) -> str:
    """The part of a long attendance list a seat stands in: its village, or the offices above the villages."""
    return seat.place_code if len(seat.place_code) == _VILLAGE_CODE else ABOVE_VILLAGES


def parts(plan: SeatPlan) -> list[tuple[str, str]]:
    """Every part with its name, villages first."""
    villages = {seat.place_code: seat.place for seat in plan.seats if part_of(seat) != ABOVE_VILLAGES}
    return [*villages.items(), (ABOVE_VILLAGES, "Kecamatan dan kabupaten")]


def exists_in(element: Element, kind: str) -> bool:
    return not (kind == KELURAHAN and element in NOT_IN_KELURAHAN)


def filled(plan: SeatPlan, people: Iterable[Person]) -> SeatPlan:
    """Put people on their seats: first those who said where they belong, then the others of the same element."""
    sitting: dict[str, list[Person]] = {seat.key: [] for seat in plan.seats}
    rest: list[Person] = []
    for person in people:
        key = f"{person.element.value}:{person.place_code}" if person.element else ""
        if key in sitting:
            sitting[key].append(person)
        else:
            rest.append(person)
    walk_ins = []
    for person in rest:
        free = next(
            (seat for seat in plan.seats if seat.element is person.element and not sitting[seat.key]), None
        )
        # Somebody of another place does not represent this one.
        if free is None or person.place_code:
            walk_ins.append(person)
        else:
            sitting[free.key].append(person)
    groups = tuple(
        replace(group, seats=tuple(replace(seat, people=tuple(sitting[seat.key])) for seat in group.seats))
        for group in plan.groups
    )
    return SeatPlan(groups, tuple(walk_ins))


def _seat(rule: ElementRule, place: Place) -> Seat:
    if rule.reach is Reach.DESA:
        where = f"{place.kind_word} {place.name}"
        title = f"{title_in_village(rule.id, place)} {where}"
        return Seat(rule.id, place.code, place.name, where, title)
    if rule.reach is Reach.KECAMATAN:
        head = {Element.CAMAT: "Camat", Element.PUSKESMAS: "Kepala Puskesmas di Kecamatan"}
        title = f"{head.get(rule.id, rule.id.label)} {place.district}"
        return Seat(rule.id, place.district_code, place.district, f"Kecamatan {place.district}", title)
    where = f"{place.regency_word} {place.regency}"
    office = {
        Element.KESBANGPOL: "Kepala Badan Kesatuan Bangsa dan Politik",
        Element.DPMD: "Kepala Dinas Pemberdayaan Masyarakat dan Desa",
    }
    title = f"{office.get(rule.id, rule.id.label)} {where}"
    return Seat(rule.id, place.regency_code, place.regency, where, title)


def title_in_village(element: Element, place: Place) -> str:
    """What the person is called there, without the place."""
    if place.kind == KELURAHAN and element is Element.KADES:
        return "Kepala"
    words = {
        Element.KADES: "Kepala",
        Element.SEKDES: "Sekretaris",
        Element.BPD: "Ketua BPD",
        Element.PKK: "Ketua TP PKK",
        Element.TOKOH_AGAMA: "Tokoh agama",
        Element.TOKOH_ADAT: "Tokoh adat",
        Element.TOKOH_PEMUDA: "Tokoh pemuda",
    }
    return words.get(element, element.label)


def state_of(on: date, *, cancelled: bool, closed: bool, today: date) -> MeetingState:
    """Where a meeting stands today."""
    if cancelled:
        return MeetingState.DIBATALKAN
    if closed:
        return MeetingState.SELESAI
    if on > today:
        return MeetingState.DIRENCANAKAN
    return MeetingState.HARI_INI if on == today else MeetingState.BELUM_DITUTUP


# ---- names pasted from a list -------------------------------------------------------------------------------------

# In this order: "sekretaris BPD" is of the BPD, "sekretaris camat" of the kecamatan.
_ELEMENT_SIGNS: tuple[tuple[Element, str], ...] = (
    (Element.BHABINKAMTIBMAS, r"b?habinkamtibmas|babinkamtibmas|bhabin\b"),
    (Element.BABINSA, r"babinsa"),
    (Element.BPD, r"\bbpd\b|badan permusyawaratan"),
    (Element.PKK, r"\bpkk\b"),
    (Element.PUSKESMAS, r"puskesmas"),
    (Element.KESBANGPOL, r"kesbangpol|kesatuan bangsa"),
    (Element.DPMD, r"\bdpmd\b|dppkbpmd|dispermades|dinsospermades|\bpmd\b|pemberdayaan masyarakat"),
    (Element.CAMAT, r"\bcamat\b|kecamatan"),
    (Element.SEKDES, r"sekdes|sekretaris (desa|kelurahan|lurah|gampong|nagari)|\bcarik\b|\bsekkel\b"),
    (Element.KADES, r"\bkades\b|kepala desa|\blurah\b|keuchik|perbekel|wali nagari|kepala kampung"),
    (Element.TOKOH_AGAMA, r"tokoh agama|\btoga\b|\bustad?z?\b|\bimam\b|pendeta|pastor|\bmui\b"),
    (Element.TOKOH_ADAT, r"tokoh adat|ketua adat|lembaga adat|pemangku adat|\bdukun kampung\b"),
    (Element.TOKOH_PEMUDA, r"tokoh pemuda|karang taruna|ketua pemuda"),
)
_DEGREE = re.compile(r"^(?:[A-Za-z]{1,4}\.){1,3}\s?[A-Za-z]{0,6}\.?$|^(?:SH|SE|ST|SS|MM|MH|MA|SIP|SKM|STP)$")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s+|^\s*[-•*]\s+")
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One line of a pasted list, with the seat it seems to mean."""

    name: str
    position: str = ""
    element: Element | None = None
    place_code: str = ""


def read_names(text: str, plan: SeatPlan, places: Sequence[Place]) -> list[NamedLine]:
    """One person a line; name and position apart by tab, semicolon or comma. What is guessed, a person checks."""
    lines = [_NUMBERED.sub("", line).strip() for line in text.splitlines()]
    taken: set[str] = {seat.key for seat in plan.seats if seat.is_filled}
    found = []
    for line in [line for line in lines if line][:MOST_LINES]:
        name, position = apart(line)
        element = _element(line)
        seat = _seat_meant(element, line, plan, places, taken)
        if seat is not None:
            taken.add(seat.key)
        found.append(NamedLine(name[:150], position[:150], element, seat.place_code if seat else ""))
    return found


def apart(line: str) -> tuple[str, str]:
    """The name and what stands behind it; degrees belong to the name."""
    sign = next((sign for sign in ("\t", ";", "|") if sign in line), ",")
    parts = [" ".join(part.split()) for part in line.split(sign)]
    parts = [part for part in parts if part]
    if not parts:
        return "", ""
    name, rest = parts[0], parts[1:]
    # "Ahmad, S.Sos., Camat Sijuk": the degree belongs to the name.
    while sign == "," and rest and _DEGREE.match(rest[0]):
        name, rest = f"{name}, {rest[0]}", rest[1:]
    return name, ", ".join(rest)


def _element(line: str) -> Element | None:
    low = line.lower()
    return next((element for element, sign in _ELEMENT_SIGNS if re.search(sign, low)), None)


def _seat_meant(
    element: Element | None, line: str, plan: SeatPlan, places: Sequence[Place], taken: set[str]
) -> Seat | None:
    """The free seat of this element whose place the line names, or the only one there is."""
    if element is None:
        return None
    seats = [seat for seat in plan.seats if seat.element is element]
    low = line.lower()
    named = {place.code for place in places if place.name.lower() in low}
    inside = {place.district_code for place in places if place.code in named or place.district.lower() in low}
    inside |= {place.regency_code for place in places if place.code in named or place.regency.lower() in low}
    meant = [seat for seat in seats if seat.place_code in named | inside]
    free = [seat for seat in (meant or (seats if len(seats) == 1 else [])) if seat.key not in taken]
    return free[0] if free else None
