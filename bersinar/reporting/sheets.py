"""The Desa Bersinar list as a workbook. The same list gives the same bytes, on any day and any machine."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bersinar.reporting.queries.listing import ADDED, NOT_RECORDED, REPORTED, DesaBersinarList
from bersinar.ui.marks import in_front

# No clock: a file that differs only by the minute it was made cannot be compared.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
WIDTHS = (18, 12, 26, 18, 20, 24, 18, 12, 12, 16, 14, 30, 15, 12, 18, 14, 40)
EXAMPLE = "DATA CONTOH: bukan data sebenarnya"


def workbook(found: DesaBersinarList, *, example: bool) -> bytes:
    """Two sheets: the list, and how it was made. Texts stay texts, so that none can become a formula."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": found.title, "author": "Bersinar", "created": MADE})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "mark": book.add_format({"bold": True, "font_color": "#7A4B00", "bg_color": "#FFE7A8"}),
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "bg_color": "#0B4F5C", "font_color": "#FFFFFF", "border": 1}
            ),
            "added": book.add_format(
                {"bold": True, "text_wrap": True, "bg_color": "#E5F0EF", "border": 1, "valign": "top"}
            ),
            "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}),
            "missing": book.add_format(
                {"border": 1, "text_wrap": True, "valign": "top", "font_color": "#805300", "italic": True}
            ),
            "small": book.add_format({"font_size": 9, "font_color": "#5B6B70"}),
        }
        _list(book.add_worksheet("Desa Bersinar"), found, formats, example=example)
        _notes(book.add_worksheet("Keterangan"), found, formats, example=example)
    return stream.getvalue()


def _list(sheet: Worksheet, found: DesaBersinarList, formats: dict[str, Any], *, example: bool) -> None:
    sheet.write_string(0, 0, found.title, formats["title"])
    if example:
        sheet.write_string(1, 0, in_front() + EXAMPLE, formats["mark"])
    sheet.set_row(3, 34)
    for column, heading in enumerate((*REPORTED, *ADDED)):
        sheet.write_string(3, column, heading, formats["head" if column < len(REPORTED) else "added"])
    for number, row in enumerate(found.rows, start=4):
        for column, value in enumerate(row.cells()):
            if isinstance(value, int):
                sheet.write_number(number, column, value, formats["cell"])
            else:
                style = formats["missing" if value == NOT_RECORDED else "cell"]
                sheet.write_string(number, column, value, style)
    end = 4 + len(found.rows)
    sheet.write_string(end + 1, 0, f"Sumber: {found.source}", formats["small"])
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 3)
    if found.rows:
        sheet.autofilter(3, 0, end - 1, len(REPORTED) + len(ADDED) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    if example:
        sheet.set_header(f'&C&"Arial,Bold"{in_front()}DATA CONTOH')


def _notes(sheet: Worksheet, found: DesaBersinarList, formats: dict[str, Any], *, example: bool) -> None:
    sheet.set_column(0, 0, 110)
    lines = [
        found.title,
        "Dua belas kolom pertama sama dengan laporan satuan kerja BNN sekarang; lima kolom berikutnya tambahan.",
        f"“{NOT_RECORDED}” berarti belum ada catatannya di sini. Artinya bukan nol dan bukan tidak ada.",
        "Tanggal ditulis setepat yang diketahui: hari, bulan, tahun, atau “paling lambat”.",
        "Daftar ini tidak memuat kategori, nilai indikator, maupun nama orang.",
        f"Sumber: {found.source}",
    ]
    if example:
        sheet.write_string(0, 0, in_front() + EXAMPLE, formats["mark"])
    for number, text in enumerate(lines, start=1):
        sheet.write_string(number, 0, text, formats["title"] if number == 1 else None)
