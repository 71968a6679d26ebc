"""Cells of a file, with limits on what is accepted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from bersinar.mapping.sheet import Cell, SheetError

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200


def sheets_of(path: Path) -> list[tuple[str, Sequence[Sequence[Cell]]]]:
    """Every sheet of a workbook by name, or the one table of a text file."""
    if not path.is_file():
        raise SheetError(f"Berkas {path} tidak ada. Periksa nama dan foldernya.")
    if path.stat().st_size > MAX_BYTES:
        raise SheetError(
            f"Berkas lebih besar dari {MAX_BYTES // 1024 // 1024} MB. Bagi per kabupaten, lalu ulangi."
        )
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        return _workbook(path)
    if path.suffix.casefold() in (".csv", ".txt", ".tsv"):
        return [("", _text_table(path))]
    raise SheetError("Berkas harus xlsx atau csv. Simpan ulang dari Excel sebagai salah satunya.")


def _workbook(path: Path) -> list[tuple[str, Sequence[Sequence[Cell]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    broken = "Berkas xlsx tidak dapat dibuka. Buka di Excel, simpan ulang sebagai .xlsx, lalu coba lagi."
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise SheetError(broken) from error
    unpacked = sum(part.file_size for part in parts)
    # A small file that unpacks to gigabytes would take the whole memory of an office PC.
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 10_000):
        raise SheetError(
            "Isi berkas jauh lebih besar daripada berkasnya dan tidak dibaca. Simpan ulang dari Excel."
        )
    try:
        with CalamineWorkbook.from_path(path) as book:
            return [
                (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in book.sheet_names
            ]
    except (CalamineError, OSError) as error:
        raise SheetError(broken) from error


def _text_table(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise SheetError("Berkas ini bukan teks CSV. Simpan dari Excel sebagai CSV UTF-8, lalu coba lagi.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text[:20_000]
    delimiter = max((";", ",", "\t"), key=lambda mark: (head.count(mark), mark == ";"))
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise SheetError("Tanda petik di berkas CSV tidak berpasangan. Simpan ulang dari Excel.") from error
