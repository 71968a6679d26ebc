"""What a foreign file says under the choices made so far. Reads only; large files are read once and remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from threading import Lock

from django.http import Http404

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents import store
from bersinar.fieldwork.matching import codes, columns
from bersinar.fieldwork.matching.columns import CODE, KABUPATEN, KECAMATAN, NAME, Cell, Profile, Suggestion
from bersinar.fieldwork.matching.feeds import Feed, How, proposed
from bersinar.fieldwork.models import ColumnMatch, ForeignFile, Round
from bersinar.fieldwork.queries import instrument_of, may_open_file
from bersinar.fieldwork.reading import read_sheets
from bersinar.fieldwork.reading.records import Sheet
from bersinar.fieldwork.rules.instrument import Indicator, Instrument
from bersinar.territory.matching import names
from bersinar.territory.matching.villages import Match, Place, Row, Verdict, match_rows
from bersinar.territory.queries import former_codes, villages_of_office
from bersinar.territory.vocabulary import VillageKind

NO_VILLAGE = 0
_KEPT_CELLS = 600_000
_kept: dict[str, tuple[Sheet, ...]] = {}
_lock = Lock()


def sheets_of(draft: ForeignFile) -> tuple[Sheet, ...]:
    """The sheets; the last file that was read stays in memory unless it is large."""
    sha256 = draft.file.sha256
    known = f"{sha256}/{draft.file_name}"
    with _lock:
        if known in _kept:
            return _kept[known]
    sheets = read_sheets(store.path_of(sha256), name=draft.file_name)
    if sum(len(sheet.rows) * sheet.width for sheet in sheets) <= _KEPT_CELLS:
        with _lock:
            _kept.clear()
            _kept[known] = sheets
    return sheets


def file_of(pk: int, actor: Actor) -> ForeignFile:
    """The own file on its way; not there for somebody who lost the right to what may stand in it."""
    file = get_or_404(ForeignFile, actor, pk=pk)
    if file.imported is not None and not may_open_file(file.imported, actor):
        raise Http404
    return file


@dataclass(frozen=True, slots=True)
class Decided:
    """One row with its verdict and, where a person chose, the choice."""

    row: Row
    match: Match
    choice: int | None
    remembered: bool = False

    @property
    def place_id(self) -> int | None:
        return (self.choice or None) if self.choice is not None else self.match.place_id

    @property
    def is_open(self) -> bool:
        """A doubtful row waits for a person; a row nothing fits waits for nobody."""
        return self.choice is None and self.match.verdict is Verdict.RAGU


class Draft:
    """A foreign file under the choices of its owner."""

    def __init__(self, file: ForeignFile, actor: Actor) -> None:
        self.file = file
        self.actor = actor
        self.round = get_or_404(Round, actor, pk=file.round_id)
        self.choices: dict[str, object] = file.choices

    @cached_property
    def instrument(self) -> Instrument:
        return instrument_of(self.round)

    @cached_property
    def allowed(self) -> tuple[Indicator, ...]:
        return self.instrument.shown(sensitive=self.actor.can(Right.VALUES_SEE_ENFORCEMENT))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        return sheets_of(self.file)

    @property
    def has_sheet(self) -> bool:
        return "sheet" in self.choices

    @property
    def has_columns(self) -> bool:
        return self.has_sheet and "columns" in self.choices

    @property
    def has_feeds(self) -> bool:
        return self.has_columns and "feeds" in self.choices

    @property
    def sheet_at(self) -> int:
        usable = [at for at, sheet in enumerate(self.sheets) if sheet.rows and not sheet.is_hidden]
        first = usable[0] if usable else 0
        return _whole(self.choices.get("sheet"), first)

    @property
    def sheet(self) -> Sheet:
        return self.sheets[min(self.sheet_at, len(self.sheets) - 1)]

    @property
    def heading(self) -> int:
        """The heading row, counted from nought."""
        return _whole(self.choices.get("heading"), columns.heading_row(self.sheet.rows))

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        return columns.profiles(self.sheet.rows, self.heading)

    @cached_property
    def fingerprint(self) -> str:
        return columns.fingerprint(self.profiles)

    @cached_property
    def remembered(self) -> ColumnMatch | None:
        own = ColumnMatch.objects.for_actor(self.actor).filter(office_id=self.round.office_id)
        return own.filter(fingerprint=self.fingerprint).first()

    @cached_property
    def places(self) -> tuple[Place, ...]:
        found = villages_of_office(self.round.office_id).values_list(
            "pk", "code", "name", "district__name", "district__regency__name", "kind"
        )
        kelurahan = VillageKind.KELURAHAN
        return tuple(Place(*row[:5], is_kelurahan=row[5] == kelurahan) for row in found)

    @cached_property
    def place_of(self) -> Mapping[int, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def id_of_code(self) -> Mapping[str, int]:
        """Villages by every code they ever had; of two that share one, the village that has it today."""
        return former_codes(self.round.office_id) | {place.code: place.id for place in self.places}

    @cached_property
    def suggestions(self) -> dict[str, Suggestion]:
        """Suggestions for every indicator, also those this person may not bring."""
        found = columns.suggest(
            self.profiles,
            self.sheet.rows,
            self.heading,
            indicators={one.id: one.name for one in self.instrument.indicators},
            known=frozenset(self.id_of_code),
        )
        return {one.target: one for one in found}

    @cached_property
    def columns(self) -> dict[str, int]:
        """The chosen columns; before that the remembered ones, else the suggested."""
        chosen = self.choices.get("columns")
        if isinstance(chosen, dict):
            return {str(target): int(column) for target, column in chosen.items()}
        open_ids = {*columns.PLACES, *(one.id for one in self.allowed)}
        if self.remembered is not None:
            return {key: at for key, at in self.remembered.columns.items() if key in open_ids}
        return {key: one.column for key, one in self.suggestions.items() if key in open_ids}

    @property
    def is_sensitive(self) -> bool:
        """Does the file hold values that need the right, whether they are taken over or not?"""
        closed = {one.id for one in self.instrument.indicators if one.sensitive}
        return bool(closed & (set(self.columns) | set(self.suggestions)))

    @property
    def code_verdict(self) -> codes.ColumnVerdict | None:
        at = self.columns.get(CODE)
        if at is None:
            return None
        return codes.judge_column(self.column_cells(at), self.id_of_code)

    def column_cells(self, at: int) -> list[Cell]:
        return [row[at] if at < len(row) else None for row in self.sheet.rows[self.heading + 1 :]]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row below the headings that names a village."""
        verdict = self.code_verdict
        use_codes = verdict is not None and verdict.kind is not codes.Kind.BPS
        at = self.columns
        found = []
        for number, cells in enumerate(self.sheet.rows[self.heading + 1 :], start=self.heading + 2):
            parts = [
                columns.shown(cells[column])
                if (column := at.get(key)) is not None and column < len(cells)
                else ""
                for key in (NAME, KECAMATAN, KABUPATEN)
            ]
            code_at = at.get(CODE)
            raw = cells[code_at] if use_codes and code_at is not None and code_at < len(cells) else None
            code = self._code_of_today(codes.read_code(raw).code)
            if code or parts[0]:
                found.append(Row(number, code, *parts))
        return tuple(found)

    def _code_of_today(self, code: str) -> str:
        place = self.id_of_code.get(code)
        return code if place is None else self.place_of[place].code

    @cached_property
    def decided(self) -> tuple[Decided, ...]:
        """Every row with its verdict; choices of a person outweigh it, and never lead two rows to one village."""
        chosen = self.choices.get("villages")
        own = {int(row): int(place) for row, place in chosen.items()} if isinstance(chosen, dict) else {}
        kept = self.remembered.villages if self.remembered is not None else {}
        by_code = self.id_of_code
        found = []
        for row, match in zip(self.rows, match_rows(self.rows, self.places), strict=True):
            known = kept.get(name_key(row)) if match.verdict is not Verdict.PASTI else None
            if row.number in own:
                found.append(Decided(row, match, own[row.number]))
            elif known is not None and (known == "" or known in by_code):
                found.append(Decided(row, match, by_code.get(known, NO_VILLAGE), remembered=True))
            else:
                found.append(Decided(row, match, None))
        return tuple(found)

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row that leads to each village so far, for people who choose among villages."""
        return {one.place_id: one.row.number for one in self.decided if one.place_id is not None}

    @cached_property
    def claimed_twice(self) -> frozenset[int]:
        """Villages that two rows still lead to after the choices."""
        counts = Counter(one.place_id for one in self.decided if one.place_id is not None)
        return frozenset(place for place, count in counts.items() if count > 1)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to their village which way."""
        tally: Counter[str] = Counter()
        for one in self.decided:
            if one.place_id in self.claimed_twice:
                tally["twice"] += 1
            elif one.choice is not None:
                tally["chosen" if one.place_id else "left_out"] += 1
            elif one.match.verdict is Verdict.PASTI:
                tally["by_code" if one.match.by == "CODE" else "by_name"] += 1
            else:
                tally["open" if one.is_open else "none"] += 1
        keys = ("by_code", "by_name", "chosen", "open", "none", "left_out", "twice")
        return {"rows": len(self.decided), **{key: tally[key] for key in keys}}

    @property
    def fed(self) -> tuple[Indicator, ...]:
        """The indicators that get a column, in the order of the instrument."""
        return tuple(one for one in self.allowed if one.id in self.columns)

    def feed_of(self, indicator: Indicator) -> Feed:
        """How an indicator's column is read: as chosen, as remembered, or as it looks."""
        at = self.columns[indicator.id]
        chosen = self.choices.get("feeds")
        parts = chosen.get(indicator.id) if isinstance(chosen, dict) else None
        if parts is None and self.remembered is not None:
            parts = self.remembered.feeds.get(indicator.id)
        if not isinstance(parts, dict):
            return Feed(
                indicator.id,
                at,
                proposed(self.profiles[at], indicator) if at < len(self.profiles) else How.ANGKA,
            )
        words = {key: None if text == "" else Decimal(text) for key, text in parts.get("words", {}).items()}
        return Feed(indicator.id, at, How(parts["how"]), Decimal(parts.get("factor", "1")), words)


def name_key(row: Row) -> str:
    """What a decision about a name is remembered under."""
    return "|".join(names.key(part) for part in (row.kabupaten, row.kecamatan, row.name))


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
