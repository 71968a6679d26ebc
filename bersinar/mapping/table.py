"""The released categories as CSV and workbook, safe to open and safe to send.

No value, no count of indicators and nothing that tells one: promise 7 holds for whoever gets the file.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.mapping.queries.result_rows import ResultRow
from bersinar.mapping.queries.run_rows import RunSummary
from bersinar.mapping.vocabulary import OPEN
from bersinar.mapping.words import category_word, limits_word, line_word, possible_words, status_word
from bersinar.methods.categories import CountRule
from bersinar.territory.vocabulary import VillageKind
from bersinar.ui.marks import in_front
from bersinar.ui.writing import day

# What a spreadsheet takes for the start of a formula; the wide signs too, which some turn into the plain ones.
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class FileKind(StrEnum):
    """Shapes the table comes in."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        if self is FileKind.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file ready to be handed out, and how many villages stand in it."""

    name: str
    kind: FileKind
    content: bytes
    villages: int


def headings() -> tuple[str, ...]:
    return (
        _("Kode"),
        _("Jenis"),
        _("Desa/kelurahan"),
        _("Kecamatan"),
        _("Kabupaten/kota"),
        _("Kategori"),
        _("Kategori yang masih mungkin"),
        _("Status garis"),
        _("Status batas “ada”"),
        _("Status data"),
    )


def table_file(run: RunSummary, rule: CountRule, results: Iterable[ResultRow], kind: FileKind) -> TableFile:
    """One row a village in the order of the codes. Rows are written as they come: a nation takes no more memory
    than a regency, beside the finished file."""
    told, limits = data_status(run), limits_word(rule)
    rows = _Counted(cells(result, limits, told) for result in results)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kategori"
        write = _csv if kind is FileKind.CSV else _xlsx
        write(path, rows, notes(run, rule))
        content = path.read_bytes()
    return TableFile(f"pemetaan-{run.year}-{run.id}.{kind.value}", kind, content, rows.count)


class _Counted:
    """Rows that pass by, and how many they were."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self._rows:
            self.count += 1
            yield row


def data_status(run: RunSummary) -> str:
    """What a reader must know of the data, in every row, so that it survives copying."""
    told = []
    if settings.BERSINAR_DEMO or run.data_is_example:
        told.append(in_front() + _("DATA CONTOH"))
    if run.withdrawn:
        told.append(_("dibuat dari data yang ditarik"))
    return "; ".join(told) or _("data unit")


def notes(run: RunSummary, rule: CountRule) -> list[str]:
    """Where the table comes from and how sure its lines are."""
    told = [
        _("%(office)s, pemetaan %(year)d. %(status)s.")
        % {"office": run.office_name, "year": run.year, "status": data_status(run)},
        _("Data: %(title)s. Instrumen: %(instrument)s.")
        % {"title": run.round_title, "instrument": run.instrument},
        _("Aturan: %(title)s, versi %(version)s (%(status)s). %(document)s")
        % {
            "title": rule.title,
            "version": rule.version,
            "status": status_word(rule.status),
            "document": rule.document,
        },
    ]
    told += [
        f"{category_word(line.category.value)}: {line_word(line.status)}. {line.source}".rstrip()
        for line in rule.lines
    ]
    if limits := limits_word(rule):
        told.append(
            _("%(limits)s. Kategori dapat berubah bila batas resminya lain.")
            % {"limits": limits.capitalize()}
        )
    if run.released_at is not None:
        told.append(
            _("Dirilis %(by)s, %(day)s.")
            % {"by": run.released_by, "day": day(timezone.localtime(run.released_at))}
        )
    told.append(_("Sidik data %(sha)s.") % {"sha": run.input_fingerprint})
    told.append(_("Sidik hasil %(sha)s.") % {"sha": run.result_fingerprint})
    told += [f"{category_word(value)}: {count}" for value, count in run.counts.items()]
    told.append(_("Jumlah: %(total)d desa dan kelurahan.") % {"total": sum(run.counts.values())})
    told.append(_("Belum dapat ditentukan bukan Aman. Nilai indikator tidak dimuat dalam berkas ini."))
    return told


def cells(result: ResultRow, limits: str, status: str) -> tuple[str, ...]:
    """One row of the file."""
    still = result.category is None and not result.unmatched
    return (
        result.code,
        str(VillageKind(result.kind).label),
        result.name,
        result.district,
        result.regency,
        category_word(result.category.value if result.category else OPEN),
        possible_words(result.possible, open_end=result.open_end) if still else "",
        line_word(result.line_status),
        limits,
        status,
    )


def _csv(path: Path, rows: Iterable[Sequence[str]], told: Sequence[str]) -> None:
    """UTF-8 with a mark, so that Excel reads it; a cell that starts like a formula does not become one."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(headings())
        writer.writerows([safe(cell) for cell in row] for row in rows)


def _xlsx(path: Path, rows: Iterable[Sequence[str]], told: Sequence[str]) -> None:
    import xlsxwriter

    # constant_memory: each row goes to the disk when the next begins.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, {"constant_memory": True, **options}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(_("Kategori"))
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, 4, 18)
        sheet.set_column(5, 9, 28)
        sheet.write_row(0, 0, headings(), bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
        sheet.autofilter(0, 0, number, len(headings()) - 1)
        page = book.add_worksheet(_("Keterangan"))
        page.set_column(0, 0, 110)
        for number, text in enumerate(told):
            page.write_string(number, 0, text)


def safe(text: str) -> str:
    return "'" + text if text.startswith(_RISKY) else text
