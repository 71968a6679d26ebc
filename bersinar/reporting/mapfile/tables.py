"""The categories as CSV and as a workbook."""

from __future__ import annotations

import csv
from pathlib import Path

from bersinar.mapping.sheet import INDICATORS, SheetVillage
from bersinar.mapping.table import safe
from bersinar.reporting.mapfile.result import (
    STATUS_WORDS,
    MapResult,
    limits_text,
    line_text,
    may_be,
    reason,
    settling,
    word,
)

HEADINGS = (
    "baris",
    "kode",
    "asal_kode",
    "desa",
    "kecamatan",
    "kabupaten",
    "kategori",
    "kemungkinan",
    "alasan",
    "perlu_diisi",
    "batas_ada",
)
_LIMITS = {">=": "paling sedikit", ">": "lebih dari", "<=": "paling banyak", "<": "kurang dari"}

Row = list[str | float | int]


def headings(result: MapResult) -> list[str]:
    """Columns of the table; inputs only when asked for."""
    extra = ["n_pokok", "n_pendukung", *INDICATORS] if result.with_inputs else []
    return [*HEADINGS, *extra, *(["tanda"] if result.mark else [])]


def rows(result: MapResult) -> list[Row]:
    """One row a village, in the order of the file."""
    found = []
    for k, (village, outcome) in enumerate(zip(result.sheet.villages, result.outcomes, strict=True)):
        row: Row = [
            village.row,
            village.code or "tanpa kode",
            _code_from(result, village),
            village.name,
            village.kecamatan,
            village.kabupaten,
            word(outcome.category),
            may_be(outcome),
            reason(result, outcome),
            settling(result, outcome),
            limits_text(result.rule),
        ]
        if result.with_inputs:
            row += [outcome.n_main, outcome.n_supporting, *_inputs(result, k)]
        if result.mark:
            row.append(result.mark)
        found.append(row)
    return found


def write_csv(result: MapResult, path: Path) -> None:
    """UTF-8 with a mark, so that Excel reads it; the same bytes on every machine."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(headings(result))
        for row in rows(result):
            writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])


def write_xlsx(result: MapResult, path: Path) -> None:
    """A workbook with the table, the rule and what could not be read."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Kategori")
        top = 1 if result.mark else 0
        if result.mark:
            sheet.write_string(0, 0, result.mark, bold)
        sheet.write_row(top, 0, headings(result), bold)
        for number, row in enumerate(rows(result), start=top + 1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(top + 1, 4)
        sheet.autofilter(top, 0, top + len(result.outcomes), len(headings(result)) - 1)
        sheet.set_column(1, 6, 18)
        sheet.set_column(7, 8, 44)
        notes = book.add_worksheet("Aturan")
        notes.set_column(0, 0, 110)
        for number, text in enumerate(rule_notes(result)):
            notes.write_string(number, 0, text)
        faults = book.add_worksheet("Masalah")
        faults.set_column(0, 0, 110)
        for number, problem in enumerate(result.sheet.problems):
            faults.write_string(number, 0, str(problem))


def rule_notes(result: MapResult) -> list[str]:
    """The rule in sentences, with what in it is only a stand-in."""
    rule = result.rule
    told = [result.mark] if result.mark else []
    told += [
        f"Aturan: {rule.title}, versi {rule.version} ({STATUS_WORDS[rule.status]})",
        f"Dokumen: {rule.document}",
    ]
    told += [line_text(rule, number) for number in range(len(rule.lines))]
    told += [text.capitalize()] if (text := limits_text(rule)) else []
    for name in rule.indicators:
        limit = rule.presence[name]
        text = f"{name} dianggap ada bila {_LIMITS[limit.op]} {limit.threshold:g} {limit.unit}".rstrip()
        told.append(f"{text} ({STATUS_WORDS[limit.status]})")
    return [*told, *rule.notes]


def _code_from(result: MapResult, village: SheetVillage) -> str:
    if not village.code:
        return ""
    return "nama" if village.row in result.named_rows else "berkas"


def _inputs(result: MapResult, k: int) -> list[str | float]:
    states, values = result.sheet.states[k], result.sheet.values[k]
    return [
        "belum diisi" if states[c] < 0 else "nihil" if states[c] == 0 else float(values[c])
        for c in range(len(values))
    ]
