"""Words of letters and files that rules and models share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A closed list of words; what comes from an address or a code may be none of them."""

    @classmethod
    def read(cls, text: str) -> Self | None:
        return next((word for word in cls if word.value == text), None)


class DocumentKind(Word):
    """What a paper is."""

    SK_PENETAPAN = "SK_PENETAPAN"
    UNDANGAN = "UNDANGAN"
    NOTULEN = "NOTULEN"
    DAFTAR_HADIR = "DAFTAR_HADIR"
    SURAT = "SURAT"

    @property
    def is_sheet(self) -> bool:
        """A sheet people fill in by hand: no number, no issue, ready to print as soon as it is made."""
        return self is DocumentKind.DAFTAR_HADIR

    @property
    def label(self) -> str:
        return {
            "SK_PENETAPAN": "SK penetapan Desa Bersinar",
            "UNDANGAN": "Undangan",
            "NOTULEN": "Notulen",
            "DAFTAR_HADIR": "Daftar hadir",
            "SURAT": "Surat",
        }[self.value]


class LetterState(Word):
    """Where a letter stands; always computed, never stored."""

    RANCANGAN = "RANCANGAN"
    SIAP_CETAK = "SIAP_CETAK"
    TERBIT = "TERBIT"
    DIGANTIKAN = "DIGANTIKAN"
    BATAL = "BATAL"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Origin(StrEnum):
    """Whose number a letter carries: the office's own series, or the one read from a signed paper."""

    SERI_UNIT = "SERI_UNIT"
    NASKAH_BERTANDA_TANGAN = "NASKAH_BERTANDA_TANGAN"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, by office. A name only where the office typed one; `own` says whose number series applies."""

    position: str
    name: str = ""
    own: bool = True
