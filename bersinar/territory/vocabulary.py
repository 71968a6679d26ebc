"""Words of the law about regions and offices."""

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
