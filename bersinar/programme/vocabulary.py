"""Words of the law about forming a Desa Bersinar, shared by rules and tables; no Django."""

from __future__ import annotations

from enum import StrEnum

from bersinar.targeting.vocabulary import MoneySource

__all__ = [
    "CommitmentStatus",
    "Element",
    "Gives",
    "MeetingKind",
    "MoneySource",
    "Origin",
    "Precision",
    "Reach",
    "Stage",
    "Zone",
]


class Stage(StrEnum):
    """The stages BNN units report; their order and what each asks for live in the stage template."""

    PEMETAAN = "PEMETAAN"
    PENETAPAN = "PENETAPAN"
    RAKOR = "RAKOR"
    PEMBENTUKAN = "PEMBENTUKAN"
    PENCANANGAN = "PENCANANGAN"
    PELATIHAN = "PELATIHAN"
    PELAKSANAAN = "PELAKSANAAN"
    MONEV = "MONEV"
    KEMANDIRIAN = "KEMANDIRIAN"
    PERLUASAN = "PERLUASAN"


class Element(StrEnum):
    """The parts of society whose commitment a rakor asks for."""

    KADES = "KADES"
    SEKDES = "SEKDES"
    BABINSA = "BABINSA"
    BHABINKAMTIBMAS = "BHABINKAMTIBMAS"
    TOKOH_AGAMA = "TOKOH_AGAMA"
    TOKOH_ADAT = "TOKOH_ADAT"
    TOKOH_PEMUDA = "TOKOH_PEMUDA"
    BPD = "BPD"
    PKK = "PKK"
    PUSKESMAS = "PUSKESMAS"
    KESBANGPOL = "KESBANGPOL"
    DPMD = "DPMD"
    CAMAT = "CAMAT"

    @property
    def label(self) -> str:
        return _ELEMENT_WORDS[self]


_ELEMENT_WORDS = {
    Element.KADES: "Kepala desa",
    Element.SEKDES: "Sekretaris desa",
    Element.BABINSA: "Babinsa",
    Element.BHABINKAMTIBMAS: "Bhabinkamtibmas",
    Element.TOKOH_AGAMA: "Tokoh agama",
    Element.TOKOH_ADAT: "Tokoh adat",
    Element.TOKOH_PEMUDA: "Tokoh pemuda",
    Element.BPD: "BPD",
    Element.PKK: "PKK",
    Element.PUSKESMAS: "Puskesmas",
    Element.KESBANGPOL: "Kesbangpol",
    Element.DPMD: "DPMD",
    Element.CAMAT: "Camat",
}


class Reach(StrEnum):
    """Of what there is one: one kades a village, one camat a kecamatan, one Kesbangpol a kabupaten."""

    DESA = "DESA"
    KECAMATAN = "KECAMATAN"
    KABUPATEN = "KABUPATEN"


class Gives(StrEnum):
    """Evidence this system holds already, so that nobody has to hand it in twice."""

    RELEASE = "release"
    DECREE = "decree"
    INVITATION = "invitation"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"
    COMMITMENT = "commitment"


class CommitmentStatus(StrEnum):
    DIJANJIKAN = "DIJANJIKAN"
    BERJALAN = "BERJALAN"
    SELESAI = "SELESAI"
    DIBATALKAN = "DIBATALKAN"

    @property
    def is_open(self) -> bool:
        return self in (CommitmentStatus.DIJANJIKAN, CommitmentStatus.BERJALAN)

    @property
    def label(self) -> str:
        # People say that a promise is kept, not that it is finished.
        return "ditepati" if self is CommitmentStatus.SELESAI else self.value.lower()


class MeetingKind(StrEnum):
    RAKOR = "RAKOR"

    @property
    def label(self) -> str:
        return "Rapat koordinasi"


class Precision(StrEnum):
    """How exactly a day is known. The press often names only a month, a year, or a day before which it was."""

    HARI = "HARI"
    SEKITAR = "SEKITAR"
    PALING_LAMBAT = "PALING_LAMBAT"
    BULAN = "BULAN"
    TAHUN = "TAHUN"

    @property
    def label(self) -> str:
        return {
            Precision.HARI: "tepat pada hari itu",
            Precision.SEKITAR: "sekitar hari itu",
            Precision.PALING_LAMBAT: "paling lambat hari itu",
            Precision.BULAN: "hanya bulannya",
            Precision.TAHUN: "hanya tahunnya",
        }[self]


class Origin(StrEnum):
    """Who says so: the office's own record, the press, or the generator of the demo."""

    UNIT = "UNIT"
    PERS = "PERS"
    CONTOH = "CONTOH"

    @property
    def label(self) -> str:
        return {Origin.UNIT: "catatan unit", Origin.PERS: "data pers", Origin.CONTOH: "data contoh"}[self]


class Zone(StrEnum):
    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def label(self) -> str:
        return self.value

    @property
    def key(self) -> str:
        return {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}[self]


class FileKind(StrEnum):
    """What a file of a meeting shows."""

    FOTO = "FOTO"
    DAFTAR_HADIR = "DAFTAR_HADIR"
    LAINNYA = "LAINNYA"

    @property
    def label(self) -> str:
        return {
            FileKind.FOTO: "Foto",
            FileKind.DAFTAR_HADIR: "Daftar hadir yang ditandatangani",
            FileKind.LAINNYA: "Berkas lain",
        }[self]


class MeetingState(StrEnum):
    """Where a meeting stands on a day; always computed."""

    DIRENCANAKAN = "DIRENCANAKAN"
    HARI_INI = "HARI_INI"
    BELUM_DITUTUP = "BELUM_DITUTUP"
    SELESAI = "SELESAI"
    DIBATALKAN = "DIBATALKAN"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").lower()
