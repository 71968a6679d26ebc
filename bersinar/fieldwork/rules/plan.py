"""From a sheet of our own template to what would be stored, and every reason against it.

Nothing here writes. A row with a fault waits as a whole: half a row would be read as a complete answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from bersinar.fieldwork.rules import template
from bersinar.fieldwork.rules.cells import Fault, Formula, Raw, Reading, not_yet, read_cell, tidy
from bersinar.fieldwork.rules.instrument import Indicator, Instrument
from bersinar.fieldwork.rules.lines import NO_ENTRY, NOTHING, Answers, Lines, entry_id
from bersinar.fieldwork.vocabulary import State

FAR, FAR_AT_LEAST = 8, 20
MOST_TOLD = 500
# Different cells of one column that are remembered; more would only fill the memory.
MOST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it stands in the file. Rows and columns are counted from nought."""

    name: str
    rows: Sequence[Sequence[Raw | Formula]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A village that may be filled in."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored now for one village and indicator."""

    state: State
    value: Decimal | None
    reason: str
    note: str
    entry_id: int

    def says(self, reading: Reading) -> bool:
        """Is it the same answer?"""
        mine = (self.state, self.value, self.reason, self.note)
        return mine == (reading.state, reading.value, reading.reason, reading.note)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair or to look at, by the address people see in their file."""

    code: str
    row: int = 0
    column: str = ""
    indicator: str = ""
    village: str = ""
    written: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do."""

    sheet: str
    cells: Lines
    errors: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    rows_read: int
    rows_bad: int
    is_sensitive: bool

    @property
    def rows_ready(self) -> int:
        return self.rows_read - self.rows_bad


@dataclass(frozen=True, slots=True)
class Ask:
    """What the round asks, and whom of: villages by their code, and by those they had before."""

    round_id: int
    instrument: Instrument
    allowed: tuple[Indicator, ...]
    places: Mapping[str, Place]
    known: Mapping[tuple[int, str], Known]


class NotOurTemplateError(ValueError):
    """No sheet carries our mark; the columns have to be matched by hand."""


class SheetRefusedError(ValueError):
    """The whole file cannot be used."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class _Columns:
    header: int
    code: int
    name: int | None
    reason: int | None
    indicators: Mapping[int, Indicator]
    notes: tuple[Problem, ...]


def plan_of(sheets: Sequence[Sheet], ask: Ask) -> Plan:
    """Read the sheet that carries our mark."""
    marked = [(sheet, mark) for sheet in sheets if (mark := template.find_mark(sheet.rows)) is not None]
    if not marked:
        raise NotOurTemplateError
    sheet, mark = marked[0]
    if len(marked) > 1:
        raise SheetRefusedError("sheet_twice", names=", ".join(one.name for one, _ in marked))
    if mark.version != template.VERSION:
        raise SheetRefusedError("other_version", version=mark.version)
    if mark.round_id != ask.round_id:
        raise SheetRefusedError("other_round")
    if (mark.instrument_id, mark.instrument_version) != (ask.instrument.id, ask.instrument.version):
        raise SheetRefusedError("other_instrument", name=f"{mark.instrument_id} {mark.instrument_version}")
    return _Reader(sheet, ask, _columns(sheet, ask)).plan()


def _columns(sheet: Sheet, ask: Ask) -> _Columns:
    header = _header(sheet.rows, ask)
    row = sheet.rows[header]
    plain = [template.plain(cell) for cell in row]
    allowed = {one.id: one for one in ask.allowed}
    found: dict[int, Indicator] = {}
    notes: list[Problem] = []
    seen: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = template.indicator_of(cell, ask.instrument.names)
        if not name:
            continue
        if name in seen:
            both = f"{template.letter(seen[name])}, {template.letter(at)}"
            raise SheetRefusedError("column_twice", name=name, columns=both)
        seen[name] = at
        if name in allowed:
            found[at] = allowed[name]
        else:
            notes.append(Problem("column_closed", header + 1, template.letter(at), name))
    if not found:
        raise SheetRefusedError("no_indicator_column")
    return _Columns(
        header=header,
        code=plain.index("kode"),
        name=_first(plain, "desakelurahan"),
        reason=_first(plain, template.plain(template.REASON)),
        indicators=found,
        notes=tuple(notes),
    )


def _header(rows: Sequence[Sequence[Raw | Formula]], ask: Ask) -> int:
    for at, row in enumerate(rows[:20]):
        plain = [template.plain(cell) for cell in row]
        if "kode" in plain and any(template.indicator_of(cell, ask.instrument.names) for cell in row):
            return at
    raise SheetRefusedError("no_header")


def _first(plain: Sequence[str], wanted: str) -> int | None:
    return plain.index(wanted) if wanted in plain else None


class _Reader:
    """Walks one sheet once and keeps what it finds."""

    def __init__(self, sheet: Sheet, ask: Ask, columns: _Columns) -> None:
        self.sheet, self.ask, self.columns = sheet, ask, columns
        self.asked = tuple((one.id, template.letter(column)) for column, one in columns.indicators.items())
        self.answers = Answers()
        self.lines: list[list[int]] = []
        self.based: list[list[int]] = []
        self.errors: list[Problem] = []
        self.notes: list[Problem] = list(columns.notes)
        self.empty: dict[str, int] = defaultdict(int)
        # What a cell was found to say: the number of an answer, NOTHING, or a fault.
        self.seen: list[dict[object, int | Fault]] = [{} for _ in columns.indicators]
        self.row_of: dict[int, int] = {}
        self.bad_rows: set[int] = set()
        self.n_rows = 0

    def plan(self) -> Plan:
        for at in range(self.columns.header + 1, len(self.sheet.rows)):
            row = self.sheet.rows[at]
            if any(_shown(cell) for cell in row):
                self.n_rows += 1
                self._row(at, row)
        if not self.n_rows:
            raise SheetRefusedError("no_rows")
        self._merged()
        ready = self._ready()
        self._hidden()
        self._looked_over(ready)
        used = {one.id for one in self.columns.indicators.values() if one.sensitive}
        return Plan(
            sheet=self.sheet.name,
            cells=ready,
            errors=tuple(self.errors[:MOST_TOLD]),
            notes=tuple(self.notes[:MOST_TOLD]),
            rows_read=self.n_rows,
            rows_bad=len(self.bad_rows),
            is_sensitive=bool(used) or any(note.code == "column_closed" for note in self.notes),
        )

    def _fault(self, problem: Problem) -> None:
        self.errors.append(problem)
        self.bad_rows.add(problem.row)

    def _row(self, at: int, row: Sequence[Raw | Formula]) -> None:
        number = at + 1
        place = self._place(number, row)
        if place is None:
            return
        if place.id in self.row_of:
            # Which of the two is meant nobody can know, so both wait.
            first = self.row_of[place.id]
            facts = {"name": place.name, "first": str(first)}
            self._fault(
                self._problem(
                    "village_twice", number, self.columns.code, place, written=place.code, facts=facts
                )
            )
            self.bad_rows.add(first)
            return
        self.row_of[place.id] = number
        reason = self._row_reason(row)
        line, based, known = [number, place.id], [], self.ask.known
        for at, (column, indicator) in enumerate(self.columns.indicators.items()):
            raw = row[column] if column < len(row) else None
            # With its type: for Python 1 is also 1.0 and a yes. Most sheets say few different things.
            said = self.seen[at].get((type(raw), raw, reason))
            if said is None:
                said = self._say(at, raw, indicator, reason)
            before = entry_id(known, place.id, indicator.id) if known else None
            if isinstance(said, Fault):
                self._fault(
                    self._problem(said.code, number, column, place, indicator, _shown(raw), said.facts)
                )
                said = NOTHING
            elif said == NOTHING and before is None:
                if reason:
                    said = self.answers.number(not_yet(reason))
                else:
                    self.empty[indicator.id] += 1
            # An empty cell says nothing: it never erases an answer that is already stored.
            line.append(said)
            based.append(before or NO_ENTRY)
        self.lines.append(line)
        if known:
            self.based.append(based)

    def _say(self, at: int, raw: Raw | Formula, indicator: Indicator, reason: str) -> int | Fault:
        """What a cell says, remembered for the next of the same column."""
        read = read_cell(raw, indicator, row_reason=reason, by_hand=True)
        said = read if isinstance(read, Fault) else NOTHING if read is None else self.answers.number(read)
        if len(self.seen[at]) < MOST_SEEN:
            self.seen[at][type(raw), raw, reason] = said
        return said

    def _ready(self) -> Lines:
        """The lines without a fault."""
        kept = [at for at, line in enumerate(self.lines) if line[0] not in self.bad_rows]
        based = [self.based[at] for at in kept] if self.based else []
        return Lines(
            asked=self.asked,
            answers=self.answers.every,
            lines=[self.lines[at] for at in kept],
            based=based if any(any(line) for line in based) else [],
        )

    def _place(self, number: int, row: Sequence[Raw | Formula]) -> Place | None:
        raw = _cell(row, self.columns.code)
        code = raw if isinstance(raw, str) and raw in self.ask.places else template.village_code(raw)
        if not code:
            fault = "code_missing" if not _shown(raw) else "code_number"
            fault = "code_text" if isinstance(raw, str) and fault == "code_number" else fault
            self._fault(self._problem(fault, number, self.columns.code, written=_shown(raw)))
            return None
        place = self.ask.places.get(code)
        if place is None:
            # Another office's village and a code that does not exist look the same on purpose.
            self._fault(self._problem("village_unknown", number, self.columns.code, written=code))
            return None
        named = _shown(_cell(row, self.columns.name))
        if named and named != place.name and template.plain(named) != template.plain(place.name):
            facts = {"name": place.name, "code": code}
            self._fault(
                self._problem("name_differs", number, self.columns.name or 0, place, None, named, facts)
            )
            return None
        return place

    def _row_reason(self, row: Sequence[Raw | Formula]) -> str:
        return _shown(_cell(row, self.columns.reason))

    def _merged(self) -> None:
        for top, left, bottom, right in self.sheet.merged:
            if bottom <= self.columns.header:
                continue
            where = f"{template.letter(left)}{top + 1}:{template.letter(right)}{bottom + 1}"
            for at in range(max(top, self.columns.header + 1), bottom + 1):
                if at < len(self.sheet.rows) and any(_shown(cell) for cell in self.sheet.rows[at]):
                    self._fault(self._problem("merged", at + 1, left, facts={"range": where}))

    def _hidden(self) -> None:
        rows = [at + 1 for at in sorted(self.sheet.hidden_rows) if at > self.columns.header]
        of_villages = set(self.row_of.values())
        rows = [number for number in rows if number in of_villages]
        if rows:
            self.notes.append(Problem("rows_hidden", facts={"count": str(len(rows)), "rows": _some(rows)}))
        columns = sorted(set(self.columns.indicators) & self.sheet.hidden_columns)
        if columns:
            letters = ", ".join(template.letter(at) for at in columns)
            self.notes.append(Problem("columns_hidden", facts={"columns": letters}))

    def _looked_over(self, ready: Lines) -> None:
        names = {place.id: place.name for place in self.ask.places.values()}
        # One more at the end: that is what NOTHING points at.
        numbers = [float(one.value) if one.value else None for one in ready.answers] + [None]
        for at, (indicator, letter) in enumerate(ready.asked):
            column = [numbers[line[2 + at]] for line in ready.lines]
            filled = [value for value in column if value is not None]
            middle = median(filled) if filled else 0
            least = max(FAR_AT_LEAST, FAR * middle)
            if len(filled) < 5 or max(filled) < least:
                continue
            for line, value in zip(ready.lines, column, strict=True):
                if value is not None and value >= least and value > FAR * middle:
                    name = names.get(line[1], "")
                    facts = {"median": f"{middle:g}".replace(".", ",")}
                    told = Problem("far_from_others", line[0], letter, indicator, name, f"{value:g}", facts)
                    self.notes.append(told)
        for one in self.columns.indicators.values():
            indicator, count = one.id, self.empty[one.id]
            if count:
                self.notes.append(Problem("cells_empty", indicator=indicator, facts={"count": str(count)}))
        absent = len(names) - len(self.row_of)
        if absent > 0:
            self.notes.append(Problem("villages_absent", facts={"count": str(absent)}))

    def _problem(
        self,
        code: str,
        row: int,
        column: int,
        place: Place | None = None,
        indicator: Indicator | None = None,
        written: str = "",
        facts: Mapping[str, str] | None = None,
    ) -> Problem:
        return Problem(
            code=code,
            row=row,
            column=template.letter(column),
            indicator=indicator.id if indicator else "",
            village=place.name if place else "",
            written=written[:60],
            facts=facts or {},
        )


def _cell(row: Sequence[Raw | Formula], column: int | None) -> Raw | Formula:
    return row[column] if column is not None and column < len(row) else None


def _shown(cell: Raw | Formula) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return f"={cell.text}"[:60]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def _some(numbers: Sequence[int]) -> str:
    told = ", ".join(str(number) for number in numbers[:10])
    return told + (", …" if len(numbers) > 10 else "")
