"""What a village or district is called where it lies: gampong, nagari, kalurahan, kampung, distrik."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from bersinar.territory.vocabulary import VillageKind

_GENERAL = {kind.value: kind.label.lower() for kind in VillageKind} | {"KECAMATAN": "kecamatan"}


def kind_word(code: str, kind: str) -> str:
    """The local word for a village of this kind.

    >>> kind_word("11.01.01.2001", VillageKind.DESA), kind_word("19.02.01.1001", VillageKind.KELURAHAN)
    ('gampong', 'kelurahan')
    """
    return _word(code, str(kind))


def district_word(code: str) -> str:
    """The local word for a kecamatan."""
    return _word(code, "KECAMATAN")


@lru_cache(maxsize=1)
def table() -> tuple[str, dict[tuple[str, str], str]]:
    """The version of the list, and its words by code prefix and kind."""
    data = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    return data["version"], {(one["prefix"], one["kind"]): one["word"] for one in data["words"]}


def _word(code: str, kind: str) -> str:
    words = table()[1]
    for length in (8, 5, 2):
        found = words.get((code[:length], kind))
        if found:
            return found
    return _GENERAL[kind]
