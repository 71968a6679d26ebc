"""It calls a village what it is called where it lies."""

import pytest

from bersinar.territory import words
from bersinar.territory.vocabulary import VillageKind

DESA, KELURAHAN, ADAT = VillageKind.DESA, VillageKind.KELURAHAN, VillageKind.DESA_ADAT


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        ("11.01.01.2001", DESA, "gampong"),
        ("13.01.01.2001", DESA, "nagari"),
        ("13.09.01.2001", DESA, "desa"),
        ("34.04.01.2001", DESA, "kalurahan"),
        ("34.71.01.1001", KELURAHAN, "kelurahan"),
        ("91.03.01.2001", DESA, "kampung"),
        ("91.03.01.3001", ADAT, "kampung adat"),
        ("19.02.04.2005", DESA, "desa"),
        ("19.02.01.1001", KELURAHAN, "kelurahan"),
        ("51.01.01.3001", ADAT, "desa adat"),
    ],
)
def test_village(code, kind, word):
    assert words.kind_word(code, kind) == word


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("91.03.01", "distrik"),
        ("34.04.01", "kapanewon"),
        ("34.71.01", "kemantren"),
        ("19.02.01", "kecamatan"),
    ],
)
def test_district(code, word):
    assert words.district_word(code) == word
