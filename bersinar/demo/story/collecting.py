"""Rounds of 2021 to 2024: the office's own template, filled by the generator and uploaded like any other file."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from openpyxl import load_workbook

from bersinar.demo.generator import INDICATORS, Observed, layout_of, observe, true_values
from bersinar.demo.story.people import Stage
from bersinar.fieldwork import actions
from bersinar.fieldwork.models import Round
from bersinar.fieldwork.rules import template
from bersinar.fieldwork.sheets import write_template
from bersinar.territory.queries import villages_of_office
from bersinar.territory.vocabulary import VillageKind

TITLE = "Pemetaan kawasan rawan narkoba"
# 2024 has only been asked once: about half of the villages have not answered, so the office has something to do.
YEARS = (2021, 2022, 2023, 2024)
_WAVES = {2024: 1}
# The year the programme began; fixed before any of its values were looked at.
SEED = 2019
_REGENCIES = {"19.02": "belitung", "19.06": "belitung-timur"}
_WAITING = "belum: menunggu data instansi lain"
_NOT_ASKED = "belum: belum ditanyakan"
_FROM_OTHERS = frozenset({"P1", "P3", "P4", "P5", "P6", "P7", "P8"})


def round_of(year: int) -> Callable[[Stage], None]:
    """The chapter that opens a year's round and brings its values, one file a regency."""

    def tell(stage: Stage) -> None:
        round_ = actions.open_round(year=year, title=TITLE, is_example=True, by=stage.officer)
        empty = write_template(round_, stage.officer)
        for prefix, name in _REGENCIES.items():
            rows = {
                code: row for code, row in answers(stage.office.pk, year).items() if code.startswith(prefix)
            }
            received = actions.receive_file(
                round_.pk, filled(empty, rows), name=f"contoh-{year}-{name}.xlsx", by=stage.officer
            )
            actions.read_import(received.pk, by=stage.officer)
            actions.apply_import(received.pk, by=stage.officer)

    return tell


def the_round(stage: Stage, year: int) -> Round:
    return Round.objects.for_actor(stage.officer).get(year=year, title=TITLE, office=stage.office)


def filled(empty: bytes, rows: Mapping[str, Mapping[str, object]]) -> bytes:
    """The template with these cells, by village code and indicator or heading."""
    book = load_workbook(io.BytesIO(empty))
    sheet = book[template.SHEET]
    columns = {_key(cell.value): cell.column for cell in sheet[template.HEADER_ROW]}
    for at in range(template.HEADER_ROW + 1, sheet.max_row + 1):
        for name, value in rows.get(str(sheet.cell(at, 1).value), {}).items():
            sheet.cell(at, columns[name], value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _key(heading: object) -> str:
    first = str(heading).split(" ")[0]
    return first if first in INDICATORS else str(heading)


def answers(office_id: int, year: int) -> dict[str, dict[str, object]]:
    """What the villages of an office would have written into their rows that year."""
    villages = tuple(villages_of_office(office_id).values_list("code", "kind"))
    observed = _observed(villages, YEARS.index(year), _WAVES.get(year, 3))
    return {
        code: _row(values, answered=bool(answered))
        for (code, _kind), values, answered in zip(villages, observed.values, observed.answered, strict=True)
    }


@cache
def _observed(villages: tuple[tuple[str, str], ...], year_index: int, wave: int) -> Observed:
    layout = layout_of([code for code, _kind in villages])
    kelurahan = np.array([kind == VillageKind.KELURAHAN for _code, kind in villages])
    truth = true_values(layout, kelurahan, years=len(YEARS), seed=SEED)
    return observe(layout, truth, year_index=year_index, seed=SEED, wave=wave)


def _row(values: np.ndarray, *, answered: bool) -> dict[str, object]:
    if not answered:
        return {template.REASON: "desa belum menjawab"}
    return {name: _cell(name, float(value)) for name, value in zip(INDICATORS, values, strict=True)}


def _cell(name: str, value: float) -> object:
    if math.isnan(value):
        return _WAITING if name in _FROM_OTHERS else _NOT_ASKED
    if value == 0:
        return "nihil"
    return int(value) if value.is_integer() else value
