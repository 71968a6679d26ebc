"""Which attribute of a shape is its code and which are the names: as agencies and offices call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bersinar.territory.borders import limits
from bersinar.territory.codes import dotted

# In the order of trust. KDEPUM and WADM* are the words of the national mapping agency.
_CODES = (
    "kdepum", "kode_kemendagri", "kode_desa", "kodedesa", "kode_kd", "kd_desa", "kddesa", "village_code", "kode",
    "code", "id_desa", "kode_wilayah", "kode_dagri", "kode_kel", "adm4_code",
)  # fmt: skip
_NAMES = (
    "wadmkd", "nama_desa", "namadesa", "nm_desa", "nmdesa", "desa", "kelurahan", "desa_kel", "village", "namobj",
    "nama", "name", "adm4_en", "nama_kel",
)  # fmt: skip
_DISTRICTS = ("wadmkc", "nama_kec", "nm_kec", "nmkec", "kecamatan", "district", "distrik", "adm3_en")
_REGENCIES = (
    "wadmkk", "nama_kab", "nm_kab", "nmkab", "kabupaten", "kab_kota", "kabkota", "kabkot", "regency", "adm2_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a shape says of itself; empty where it says nothing."""

    code: str
    name: str
    district: str
    regency: str


def facts_of(attributes: Mapping[str, object]) -> Facts:
    """The code with points when one can be read, and names as written.

    >>> facts_of({"KDEPUM": "1902042005", "WADMKD": "Tanjung Binga"}).code
    '19.02.04.2005'
    """
    lower = {str(key).casefold().replace(" ", "_"): value for key, value in attributes.items()}
    code = next((found for key in _CODES if (found := dotted(lower.get(key)))), "")
    if not code:
        # A code with its points is unmistakable whatever its column is called, unless it says BPS.
        code = next(
            (
                value
                for key, value in lower.items()
                if isinstance(value, str)
                and value.count(".") == 3
                and dotted(value) == value
                and "bps" not in key
            ),
            "",
        )
    return Facts(code, _text(lower, _NAMES), _text(lower, _DISTRICTS), _text(lower, _REGENCIES))


def _text(attributes: Mapping[str, object], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = attributes.get(key)
        if isinstance(value, str) and value.strip():
            printable = "".join(letter for letter in value if letter.isprintable())
            return " ".join(printable.split())[: limits.MAX_TEXT]
    return ""
