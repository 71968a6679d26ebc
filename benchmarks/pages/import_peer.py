"""The plain way: openpyxl, a loop over the rows, bulk_create. It stores the same rows and finds the same faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from bersinar.access import Actor
from bersinar.fieldwork import queries
from bersinar.fieldwork.models import Entry, Import, Round
from bersinar.fieldwork.rules import template
from bersinar.fieldwork.rules.instrument import Indicator

FIRST, LARGEST, BATCH = 5, 10**9, 5_000
REASONS = {
    "belum ditanyakan": "BELUM_DITANYAKAN",
    "desa belum menjawab": "DESA_BELUM_MENJAWAB",
    "menunggu polres": "MENUNGGU_INSTANSI",
}
Checked = tuple[str, Decimal | None, str, str]


@dataclass(slots=True)
class Done:
    """What was found, beside what was stored."""

    rows: int = 0
    bad: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)


def bring_in(path: str, round_: Round, by: Actor) -> Done:
    """Read, check and store; inside the caller's transaction."""
    kept = Import.objects.create(
        round=round_,
        file_id=_any_file(path, by),
        file_name="nasional.xlsx",
        uploaded_by_name=by.name,
        sheet="Isian",
    )
    instrument = queries.instrument_of(round_)
    places = {code: (pk, name) for pk, code, name in _villages(round_)}
    done, rows, seen, bad_rows = Done(), {}, {}, set()
    book = load_workbook(path, read_only=True)
    for number, row in enumerate(book["Isian"].iter_rows(min_row=FIRST, values_only=True), start=FIRST):
        done.rows += 1
        place = places.get(row[0])
        if place is None or row[1] != place[1]:
            done.errors.append((number, "A"))
            bad_rows.add(number)
            continue
        if place[0] in seen:
            done.errors.append((number, "A"))
            bad_rows |= {number, seen[place[0]]}
            continue
        seen[place[0]] = number
        cells = []
        for at, indicator in enumerate(instrument.indicators):
            checked = check(row[4 + at], indicator, row[4 + len(instrument.indicators)])
            if checked == "fault":
                done.errors.append((number, template.letter(4 + at)))
                bad_rows.add(number)
            elif checked is not None:
                cells.append((template.letter(4 + at), indicator, checked))
        rows[number] = (place[0], cells)
    done.bad = len(bad_rows)
    _store(kept, {number: row for number, row in rows.items() if number not in bad_rows}, by)
    return done


def check(cell: Any, indicator: Indicator, row_reason: str | None) -> Checked | str | None:
    """State, value, reason and note of one cell; "fault", or None for nothing."""
    if cell is None:
        return _missing(row_reason) if row_reason else None
    if isinstance(cell, str):
        text = cell.strip().lower()
        if text.startswith("belum"):
            return _missing(text.removeprefix("belum").lstrip(" :"))
        if text != "nihil":
            return "fault"
        cell = 0
    if cell < 0 or cell > LARGEST or (indicator.whole and cell != int(cell)):
        return "fault"
    if cell < indicator.minimum or (indicator.maximum is not None and cell > indicator.maximum):
        return "fault"
    if cell == 0:
        return ("NIHIL", Decimal(0), "", "")
    return ("TERISI", Decimal(str(cell)), "", "")


def _missing(text: str) -> Checked:
    reason = REASONS.get(text, "LAINNYA")
    return ("BELUM", None, reason, text if reason == "LAINNYA" else "")


def _store(kept: Import, rows: dict[int, tuple[int, list]], by: Actor) -> None:
    waiting = []
    for number, (village, cells) in rows.items():
        for letter, indicator, (state, value, reason, note) in cells:
            waiting.append(
                Entry(
                    round_id=kept.round_id,
                    village_id=village,
                    indicator=indicator.id,
                    is_sensitive=indicator.sensitive,
                    state=state,
                    value=value,
                    reason=reason,
                    note=note,
                    source_type=indicator.source_type,
                    origin="BERKAS",
                    imported=kept,
                    sheet=kept.sheet,
                    row=number,
                    column=letter,
                    entered_by_id=by.user_id,
                    entered_by_name=by.name,
                )
            )
        if len(waiting) >= BATCH:
            Entry.objects.bulk_create(waiting)
            waiting = []
    Entry.objects.bulk_create(waiting)


def _villages(round_: Round) -> Any:
    return queries.villages_of_round(round_).values_list("pk", "code", "name")


def _any_file(path: str, by: Actor) -> int:
    from pathlib import Path

    from bersinar.access import Level
    from bersinar.documents.actions.files import keep

    kept, _is_new = keep(
        Path(path).read_bytes(), name="nasional.xlsx", content_type="x", by=by, level=Level.L2
    )
    return kept.pk
