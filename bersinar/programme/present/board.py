"""The board as a page shows it: columns of the stage template, cards, filters from the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.access import Actor, Right
from bersinar.programme import queries
from bersinar.programme.queries import DecisionState, YearRow
from bersinar.programme.rules.template import current_template
from bersinar.programme.vocabulary import Origin
from bersinar.ui import address
from bersinar.ui.writing import day

ACTION = "tindakan"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; everything unknown shows all."""

    show: str = ""
    year: int | None = None
    regency: str = ""
    office: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Wanted:
        year, office = str(query.get("tahun", "")), str(query.get("kantor", ""))
        return cls(
            show=ACTION if query.get("lihat") == ACTION else "",
            year=address.year(year),
            regency=str(query.get("kabupaten", "")).strip()[:80],
            office=address.whole_number(office),
        )

    @property
    def address(self) -> str:
        parts = {
            "lihat": self.show,
            "tahun": self.year,
            "kabupaten": self.regency,
            "kantor": self.office,
        }
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def takes(self, row: YearRow) -> bool:
        return (
            (self.show != ACTION or row.needs_action)
            and self.year in (None, row.year)
            and self.regency in ("", row.regency)
            and self.office in (None, row.office_id)
        )


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str
    current: bool
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """One village on the board."""

    row: YearRow
    place: str
    next_step: str
    alarms: tuple[str, ...]
    open_words: str
    from_press: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its cards and, in the first, the villages that wait to be enrolled."""

    title: str
    cards: tuple[Card, ...]
    waiting: tuple[Waiting, ...] = ()

    @property
    def count(self) -> int:
        return len(self.cards) + len(self.waiting)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A village that is decided and has no programme year yet."""

    name: str
    district: str
    year: int


@dataclass(frozen=True, slots=True)
class Board:
    columns: tuple[Column, ...]
    chips: tuple[Chip, ...]
    offices: tuple[tuple[int, str], ...]
    wanted: Wanted
    n_shown: int
    n_total: int
    n_action: int
    n_overdue: int
    waiting: tuple[Waiting, ...]

    @property
    def is_empty(self) -> bool:
        return not self.n_total and not self.waiting

    @property
    def waiting_year(self) -> int | None:
        return max((one.year for one in self.waiting), default=None)


def board(actor: Actor, wanted: Wanted) -> Board:
    """Every village of the programme once, at its present stage."""
    rows = newest_of_each(queries.programme_years(actor))
    waiting = tuple(_waiting(actor))
    shown = [row for row in rows if wanted.takes(row)]
    return Board(
        columns=_columns(shown, () if wanted != Wanted() else waiting, several=_several_offices(rows)),
        chips=tuple(_chips(rows, wanted)),
        offices=tuple(sorted({(row.office_id, row.office_name) for row in rows}, key=lambda one: one[1]))
        if _several_offices(rows)
        else (),
        wanted=wanted,
        n_shown=len(shown),
        n_total=len(rows),
        n_action=sum(row.needs_action for row in rows),
        n_overdue=sum(row.n_overdue for row in rows),
        waiting=waiting,
    )


def newest_of_each(rows: Sequence[YearRow]) -> list[YearRow]:
    """A village formed twice stands at its newest year."""
    newest: dict[tuple[int, int], YearRow] = {}
    for row in rows:
        newest.setdefault((row.office_id, row.village_id), row)
    return list(newest.values())


def _several_offices(rows: Sequence[YearRow]) -> bool:
    return len({row.office_id for row in rows}) > 1


def _columns(rows: Sequence[YearRow], waiting: tuple[Waiting, ...], *, several: bool) -> tuple[Column, ...]:
    cards: dict[str, list[Card]] = {title: [] for title in current_template().columns}
    # Alarms first, then the newest year: what needs a hand stands on top.
    for row in sorted(rows, key=lambda one: (not one.needs_action, -one.year, one.name)):
        cards.setdefault(row.column, []).append(card(row, several=several))
    return tuple(
        Column(title, tuple(found), waiting if place == 0 else ())
        for place, (title, found) in enumerate(cards.items())
    )


def card(row: YearRow, *, several: bool = False) -> Card:
    """What one card says."""
    place = _("%(district)s, sejak %(year)d") % {"district": row.district, "year": row.year}
    return Card(
        row=row,
        place=f"{place} · {row.office_name}" if several else place,
        next_step=_next(row),
        alarms=tuple(alarms(row)),
        open_words=_("%(number)d bukti menyusul") % {"number": len(row.open_evidence)}
        if row.open_evidence
        else "",
        from_press=row.origin is Origin.PERS,
    )


def alarms(row: YearRow) -> list[str]:
    """What the red edge means, in words."""
    found = []
    if row.n_overdue:
        words = ngettext("%(n)d janji lewat", "%(n)d janji lewat", row.n_overdue)
        found.append(words % {"n": row.n_overdue})
    if row.decision_state is DecisionState.DIKELUARKAN:
        found.append(_("putusan diganti"))
    return found


def _next(row: YearRow) -> str:
    if row.next_stage is None:
        return _("Semua tahap sudah dicatat.")
    if row.next_planned is not None:
        return _("%(step)s, rencana %(day)s.") % {"step": row.next_step, "day": day(row.next_planned)}
    return f"{row.next_step}."


def _waiting(actor: Actor) -> list[Waiting]:
    """Decided and not enrolled, in the actor's own office."""
    if actor.office_id is None or not actor.can(Right.TARGETS_SEE):
        return []
    waiting = queries.not_enrolled(actor.office_id, actor)
    return [Waiting(one.name, one.district, year) for year, villages in waiting.items() for one in villages]


def _chips(rows: Sequence[YearRow], wanted: Wanted) -> list[Chip]:
    """Filters with their counts; a filter that would change nothing is left out."""
    base = Wanted(office=wanted.office)
    rows = [row for row in rows if base.takes(row)]
    chips = [Chip(_("Semua"), base.address, wanted == base, len(rows))]
    if action := sum(row.needs_action for row in rows):
        one = replace(base, show=ACTION)
        chips.append(Chip(_("Perlu tindakan"), one.address, wanted == one, action))
    years, regencies = Counter(row.year for row in rows), Counter(row.regency for row in rows)
    if len(years) > 1:
        for year, count in sorted(years.items(), reverse=True):
            one = replace(base, year=year)
            chips.append(Chip(_("Mulai %(year)d") % {"year": year}, one.address, wanted == one, count))
    if 1 < len(regencies) <= 8:
        for regency, count in sorted(regencies.items()):
            one = replace(base, regency=regency)
            chips.append(Chip(regency, one.address, wanted == one, count))
    return chips
