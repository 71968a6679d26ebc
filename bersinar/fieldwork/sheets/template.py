"""The template of a round: its villages, the indicators this person may fill, and how to fill them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bersinar.access import Actor
from bersinar.fieldwork import queries, sentences
from bersinar.fieldwork.models import Round
from bersinar.fieldwork.rules import template
from bersinar.fieldwork.rules.instrument import Indicator, Instrument
from bersinar.ui.marks import in_front

VillageLine = tuple[str, str, str, str]
FIRST = template.HEADER_ROW  # the row below the headings, counted from nought
_WIDTHS = (15, 26, 20, 22)


def template_name(round_: Round) -> str:
    """A file name that sorts by year."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in round_.title.casefold())
    return f"isian-{round_.year}-{'-'.join(part for part in kept.split('-') if part)[:60]}.xlsx"


def write_template(round_: Round, actor: Actor) -> bytes:
    """The workbook. Columns the actor may not see are not in it, so nobody types into them by mistake."""
    indicators = queries.enterable(round_, actor)
    instrument = queries.instrument_of(round_)
    villages = queries.villages_of_round(round_).values_list(
        "code", "name", "district__name", "district__regency__name"
    )
    stream = io.BytesIO()
    # Strings stay strings: a name that begins with "=" must not become a formula.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(stream, options) as book:
        formats = _formats(book)
        sheet = book.add_worksheet(template.SHEET)
        _head(sheet, round_, instrument, formats)
        _headings(sheet, indicators, formats)
        lines = list(villages)
        _villages(sheet, lines, len(indicators), formats)
        _checks(sheet, indicators, len(lines))
        _page(sheet, len(indicators), len(lines))
        _guide(book.add_worksheet(template.GUIDE_SHEET), round_, instrument, indicators, formats)
    return stream.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    line = {"border": 1, "border_color": "#C9D3D6", "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "small": book.add_format({"font_size": 9, "font_color": "#5B6B70"}),
        "contoh": book.add_format({"bold": True, "font_color": "#7A4B00", "bg_color": "#FFE7A8"}),
        "head": book.add_format(
            {**line, "bold": True, "text_wrap": True, "bg_color": "#0B4F5C", "font_color": "#FFFFFF"}
        ),
        "place": book.add_format({**line, "bg_color": "#EEF3F4", "num_format": "@"}),
        "open": book.add_format({**line, "locked": False}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
    }


def _head(sheet: Worksheet, round_: Round, instrument: Instrument, formats: dict[str, Format]) -> None:
    office = round_.office.name
    title = _("%(title)s %(year)d, %(office)s") % {
        "title": round_.title,
        "year": round_.year,
        "office": office,
    }
    sheet.write_string(0, 0, title, formats["title"])
    mark = template.mark_text(round_.pk, instrument.id, instrument.version)
    sheet.write_string(1, 0, mark, formats["small"])
    if round_.is_example:
        sheet.write_string(2, 0, in_front() + _("DATA CONTOH: bukan data sebenarnya"), formats["contoh"])
    else:
        sheet.write_string(2, 0, _("Cara mengisi ada di lembar Petunjuk."), formats["small"])


def _headings(sheet: Worksheet, indicators: Sequence[Indicator], formats: dict[str, Format]) -> None:
    titles = [*template.PLACES, *(template.heading(one) for one in indicators), template.REASON]
    sheet.set_row(template.HEADER_ROW - 1, 78)
    for column, title in enumerate(titles):
        sheet.write_string(template.HEADER_ROW - 1, column, title, formats["head"])


def _villages(
    sheet: Worksheet, lines: Sequence[VillageLine], indicators: int, formats: dict[str, Format]
) -> None:
    for at, line in enumerate(lines, start=FIRST):
        for column, text in enumerate(line):
            sheet.write_string(at, column, text, formats["place"])
        for column in range(len(line), len(line) + indicators + 1):
            sheet.write_blank(at, column, None, formats["open"])


def _checks(sheet: Worksheet, indicators: Sequence[Indicator], rows: int) -> None:
    for column, one in enumerate(indicators, start=len(template.PLACES)):
        cell = f"{template.letter(column)}{FIRST + 1}"
        low, high = f"{cell}>={one.minimum:g}", "" if one.maximum is None else f",{cell}<={one.maximum:g}"
        words = f'LEFT(LOWER({cell}),5)="belum"' + (f',LOWER({cell})="nihil"' if one.has_none else "")
        sheet.data_validation(
            FIRST,
            column,
            max(FIRST + rows - 1, FIRST),
            column,
            {
                "validate": "custom",
                "value": f"=OR(AND(ISNUMBER({cell}),{low}{high}),{words})",
                "error_title": _("Periksa isian"),
                "error_message": _("Tulis angka, nihil, atau belum: alasannya."),
                "input_title": one.id,
                "input_message": f"{one.name} ({one.unit})"[:250],
            },
        )


def _page(sheet: Worksheet, indicators: int, rows: int) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(len(_WIDTHS), len(_WIDTHS) + indicators - 1, 14)
    sheet.set_column(len(_WIDTHS) + indicators, len(_WIDTHS) + indicators, 32)
    sheet.freeze_panes(FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(template.HEADER_ROW - 1)
    # No password: it keeps codes from being overwritten by accident and is no secret.
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})


def _guide(
    sheet: Worksheet,
    round_: Round,
    instrument: Instrument,
    indicators: Sequence[Indicator],
    formats: dict[str, Format],
) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 88)
    sheet.set_column(2, 3, 18)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, _("Cara mengisi"), formats["title"])
    if round_.is_example:
        sheet.write_string(0, 1, in_front() + _("DATA CONTOH"), formats["contoh"])
    at = 2
    for term, text in _rules():
        sheet.write_string(at, 0, term, formats["bold"])
        sheet.write_string(at, 1, text, formats["wrap"])
        at += 1
    at += 1
    for column, title in enumerate((_("Indikator"), _("Nama"), _("Satuan"), _("Sumber yang lazim"))):
        sheet.write_string(at, column, title, formats["head"])
    for one in indicators:
        at += 1
        name = f"{one.name}. {one.note}" if one.note else one.name
        source = str(sentences.SOURCES[one.source_type])
        for column, text in enumerate((one.id, name, one.unit, source)):
            sheet.write_string(at, column, text, formats["wrap"])
    told = _("Instrumen: %(title)s. Sumber nama indikator: %(source)s. Satuan masih pengganti sementara.")
    facts = {"title": instrument.title, "source": instrument.source}
    sheet.write_string(at + 2, 1, told % facts, formats["wrap"])


def _rules() -> list[tuple[str, str]]:
    return [
        (_("angka"), _("Tulis angka saja, tanpa satuan dan tanpa titik ribuan. Pecahan memakai koma.")),
        ("nihil", _("Sudah dicari dan memang tidak ada. Angka 0 berarti sama.")),
        (_("kosong"), _("Belum diisi. Sel kosong tidak menghapus nilai yang sudah tersimpan.")),
        ("belum: …", _("Belum ada dan ini alasannya, misalnya belum: desa belum menjawab.")),
        (
            template.REASON,
            _("Satu alasan untuk semua sel kosong di baris itu yang belum punya nilai."),
        ),
        (
            _("jangan"),
            _("Jangan mengubah kode desa dan judul kolom. Jangan memakai rumus atau sel gabungan."),
        ),
        (_("sesudahnya"), _("Unggah di halaman Data. Kesalahan ditunjukkan dulu; belum ada yang disimpan.")),
    ]
