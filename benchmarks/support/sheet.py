"""A filled sheet of the whole nation: 84,000 rows by 20 columns, a few of them wrong in the usual ways."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

ROWS = 84_000
SHEET = "Isian"
EXTRA = ("Penduduk", "Catatan")


@dataclass(frozen=True, slots=True)
class Line:
    """One village of the sheet."""

    code: str
    name: str
    district: str
    regency: str


def write(
    path: Path, lines: Sequence[Line], *, mark: str, headings: Sequence[str], rows: int = ROWS, seed: int = 19
) -> int:
    """Write the sheet; gives its size in bytes. The same seed gives the same cells."""
    draw = random.Random(seed)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, "Pemetaan kawasan rawan narkoba")
        sheet.write_string(1, 0, mark)
        sheet.write_string(2, 0, "DATA CONTOH: bukan data sebenarnya")
        titles = [
            "Kode",
            "Desa/Kelurahan",
            "Kecamatan",
            "Kabupaten/Kota",
            *headings,
            "Alasan belum diisi",
            *EXTRA,
        ]
        for column, title in enumerate(titles):
            sheet.write_string(3, column, title)
        for at, cells in enumerate(_rows(lines, len(headings), rows, draw), start=4):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(at, column, cell)
    return path.stat().st_size


def _rows(lines: Sequence[Line], indicators: int, rows: int, draw: random.Random) -> Iterator[list]:
    for line in lines[:rows]:
        yield _row(line, indicators, draw)
    # What is left over repeats villages and names codes nobody has.
    for at in range(rows - len(lines)):
        one = lines[at]
        yield _row(one if at % 2 else Line(f"99.99.99.{at:04d}", *_named(one)), indicators, draw)


def _named(line: Line) -> tuple[str, str, str]:
    return line.name, line.district, line.regency


def _row(line: Line, indicators: int, draw: random.Random) -> list:
    cells = [_cell(at, draw) for at in range(indicators)]
    if draw.random() < 0.001:
        cells[draw.randrange(indicators - 3)] = draw.choice(("-", -4, "12 orang", 3.5e12))
    reason = "belum ditanyakan" if any(cell is None for cell in cells) and draw.random() < 0.5 else None
    return [line.code, *_named(line), *cells, reason, draw.randint(300, 30_000), None]


def _cell(at: int, draw: random.Random) -> int | float | str | None:
    """Counts for the most part; the last three are a percentage, a count and a scale."""
    chance = draw.random()
    if chance < 0.02:
        return None
    if chance < 0.04:
        return draw.choice(("belum: desa belum menjawab", "belum: menunggu polres", "belum: rapat ditunda"))
    if at == 10:
        return round(draw.uniform(1, 60), 2)
    if at == 12:
        return draw.choice((1, 1.5, 2, 3, 4, 5))
    if chance < 0.45:
        return draw.choice((0, "nihil"))
    return draw.randint(1, 40)
