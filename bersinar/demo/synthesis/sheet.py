"""The file a province's values of one year came in: every value stored later points to its cell here."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from bersinar.demo.generator.counts import INDICATORS, Array

MARK = "DATA CONTOH: bukan data sebenarnya"
_BEFORE = ("Kode", "Desa/Kelurahan")
FIRST_ROW = 3
COLUMNS = tuple(ascii_uppercase[len(_BEFORE) : len(_BEFORE) + len(INDICATORS)])


def content(villages: Sequence[tuple[str, str]], seen: Array) -> bytes:
    """`villages`: code and name, one a row of `seen`. An empty cell is belum diisi; nihil is written out."""
    lines = [f'"{MARK}"', ";".join((*_BEFORE, *INDICATORS))]
    for (code, name), row in zip(villages, seen.tolist(), strict=True):
        quoted = name.replace('"', '""')
        lines.append(f'{code};"{quoted}";{";".join(map(_cell, row))}')
    return ("\n".join(lines) + "\n").encode()


def _cell(value: float) -> str:
    if value != value:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "nihil"
