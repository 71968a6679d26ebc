"""Words of the law about regions and offices, and states of imported borders."""

from __future__ import annotations

from enum import StrEnum


class RegencyKind(StrEnum):
    KABUPATEN = "KABUPATEN"
    KOTA = "KOTA"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class VillageKind(StrEnum):
    DESA = "DESA"
    KELURAHAN = "KELURAHAN"
    DESA_ADAT = "DESA_ADAT"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class OfficeKind(StrEnum):
    BNN = "BNN"
    BNNP = "BNNP"
    BNNK = "BNNK"

    @property
    def label(self) -> str:
        return self.value


class SetState(StrEnum):
    """A file of borders on its way."""

    MENUNGGU = "MENUNGGU"
    DITOLAK = "DITOLAK"
    TERBACA = "TERBACA"


class BoundaryMatch(StrEnum):
    """What led a shape to its village, or why it has none."""

    KODE = "KODE"
    KODE_LAMA = "KODE_LAMA"
    NAMA = "NAMA"
    ORANG = "ORANG"
    RAGU = "RAGU"
    TIDAK_ADA = "TIDAK_ADA"
    DILEWATI = "DILEWATI"

    @property
    def is_matched(self) -> bool:
        return self in (self.KODE, self.KODE_LAMA, self.NAMA, self.ORANG)


class MapKind(StrEnum):
    """What a map of villages is drawn from."""

    BATAS = "batas"
    SKEMATIK = "skematik"
