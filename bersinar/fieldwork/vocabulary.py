"""Words of the collecting stage that rules and models share."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What is known about one indicator of one village. An empty cell is BELUM, never NIHIL."""

    TERISI = "TERISI"
    NIHIL = "NIHIL"
    BELUM = "BELUM"


class MissingReason(StrEnum):
    """Why a value is not there yet."""

    BELUM_DITANYAKAN = "BELUM_DITANYAKAN"
    DESA_BELUM_MENJAWAB = "DESA_BELUM_MENJAWAB"
    MENUNGGU_INSTANSI = "MENUNGGU_INSTANSI"
    TIDAK_BERSEDIA = "TIDAK_BERSEDIA"
    TIDAK_DIKETAHUI = "TIDAK_DIKETAHUI"
    LAINNYA = "LAINNYA"


class SourceType(StrEnum):
    """Where a value comes from."""

    PENINDAKAN = "PENINDAKAN"
    KESEHATAN = "KESEHATAN"
    SURVEI = "SURVEI"
    ADMINISTRASI = "ADMINISTRASI"
    MASYARAKAT = "MASYARAKAT"


class Origin(StrEnum):
    """How a value reached us."""

    BERKAS = "BERKAS"
    DIKETIK = "DIKETIK"


class ImportState(StrEnum):
    """How far an uploaded file has come. A withdrawal is a row of its own and changes nothing here."""

    MENUNGGU = "MENUNGGU"
    TERBACA = "TERBACA"
    DITOLAK = "DITOLAK"
    DITERAPKAN = "DITERAPKAN"
