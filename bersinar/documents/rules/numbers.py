"""How a number of the office's own series reads."""

from __future__ import annotations

import re
from datetime import date

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KNOWN = {"nomor", "nomor3", "bulan", "tahun", "kantor"}
# No classification code: the agency's own codes are not published, so each office types its own pattern.
DEFAULT = "{nomor}/{kantor}/{bulan}/{tahun}"
DEMO = "CONTOH-{nomor}/{kantor}/{bulan}/{tahun}"


def usual(*, example: bool) -> str:
    """What an office uses until it types a pattern of its own."""
    return DEMO if example else DEFAULT


class PatternError(Exception):
    """A sentence that says what is wrong with a pattern."""


def check_pattern(pattern: str, *, example: bool) -> None:
    """Raise for a pattern whose numbers could meet twice, or could be taken for real in the demo."""
    names = re.findall(r"{([^{}]*)}", pattern)
    if unknown := sorted(set(names) - KNOWN):
        raise PatternError(
            f"bagian {{{unknown[0]}}} tidak dikenal. Yang dikenal: {', '.join(sorted(KNOWN))}."
        )
    if re.search(r"[{}]", re.sub(r"{[^{}]*}", "", pattern)):
        raise PatternError("kurung kurawal tidak lengkap.")
    if not {"nomor", "nomor3"} & set(names) or "tahun" not in names:
        raise PatternError("pola harus memuat {nomor} dan {tahun}.")
    if len(pattern) > 100 or not pattern.isprintable():
        raise PatternError("pola paling panjang 100 huruf dalam satu baris.")
    if example and "CONTOH" not in pattern:
        raise PatternError("pola di peragaan harus memuat kata CONTOH.")


def number_text(pattern: str, *, sequence: int, office: str, on: date) -> str:
    """The number as it stands on the paper."""
    parts = {
        "nomor": str(sequence),
        "nomor3": f"{sequence:03d}",
        "bulan": ROMAN[on.month - 1],
        "tahun": str(on.year),
        "kantor": office,
    }
    return re.sub(r"{(\w+)}", lambda found: parts[found[1]], pattern)
