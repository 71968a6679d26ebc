"""It leads shapes to villages: by code, by an old code, by name; what is doubtful waits."""

import pytest

from bersinar.territory.borders.matching import match_features
from bersinar.territory.borders.reader import Feature
from bersinar.territory.errors import BordersRefused
from bersinar.territory.matching.villages import Place
from bersinar.territory.vocabulary import BoundaryMatch
from tests.territory.invented import square

KODE, LAMA, NAMA, RAGU = BoundaryMatch.KODE, BoundaryMatch.KODE_LAMA, BoundaryMatch.NAMA, BoundaryMatch.RAGU
PLACES = [
    Place(1, "19.02.04.2005", "Tanjung Binga", "Sijuk", "Kabupaten Belitung", False),
    Place(2, "19.02.01.2007", "Dukong", "Tanjungpandan", "Kabupaten Belitung", False),
    Place(3, "19.06.07.2004", "Dukong", "Simpang Pesak", "Kabupaten Belitung Timur", False),
]


def shape(number, code="", name="", district="", regency=""):
    return Feature(number, code, name, district, regency, [square(number)])


def verdicts(*features, former=()):
    found = match_features(features, PLACES, prefixes=("19.02", "19.06"), former=dict(former))
    return [(one.match, one.village_id) for one in found.kept]


@pytest.mark.parametrize(
    ("feature", "verdict"),
    [
        (shape(1, "19.02.04.2005", "Tanjung Binga"), (KODE, 1)),
        (shape(1, "19.02.04.2005"), (KODE, 1)),
        (shape(1, "19.02.04.2005", "Tanjong Binge"), (KODE, 1)),
        (shape(1, "", "Tanjung Binga", "Sijuk", "Belitung"), (NAMA, 1)),
        (shape(1, "", "DUKONG", "Kec. Simpang Pesak", "Belitung Timur"), (NAMA, 3)),
        (shape(1, "", "Dukong"), (RAGU, None)),
        (shape(1, "19.02.04.2005", "Dukong", "Tanjungpandan", "Belitung"), (RAGU, None)),
        (shape(1, "19.02.04.2077", "Tanjung Binga", "Sijuk", "Belitung"), (RAGU, None)),
    ],
)
def test_verdict(feature, verdict):
    assert verdicts(feature) == [verdict]


def test_an_old_code_leads_to_the_village_it_became():
    old = shape(1, "19.02.09.2001", "Tanjung Binga")
    assert verdicts(old, former={"19.02.09.2001": 1}) == [(LAMA, 1)]


def test_rows_of_one_village_become_one_shape():
    rows = [shape(1, "19.02.04.2005", "Tanjung Binga"), shape(2, "19.02.04.2005", "TANJUNG BINGA")]
    found = match_features(rows, PLACES, prefixes=("19.02",), former={})
    assert found.joined == 1
    assert len(found.kept[0].feature.polygons) == 2


def test_one_code_under_two_names_is_decided_by_a_person():
    rows = [shape(1, "19.02.04.2005", "Tanjung Binga"), shape(2, "19.02.04.2005", "Tanjung Bingaa Baru")]
    assert [match for match, _ in verdicts(*rows)] == [RAGU, RAGU]


def test_shapes_of_other_regions_are_only_counted():
    rows = [shape(1, "19.02.04.2005", "Tanjung Binga"), shape(2, "33.01.01.2001", "Tambakreja")]
    found = match_features(rows, PLACES, prefixes=("19.02",), former={})
    assert (len(found.kept), found.elsewhere) == (1, 1)


def test_codes_of_the_statistics_agency_are_refused():
    rows = [shape(n, f"19.02.0{n}.0010", "Desa") for n in range(1, 5)]
    with pytest.raises(BordersRefused) as caught:
        verdicts(*rows)
    assert caught.value.code == "territory.bps_codes"
    assert "BPS" in str(caught.value)


def test_a_file_of_another_region_is_refused():
    with pytest.raises(BordersRefused) as caught:
        verdicts(shape(1, "33.01.01.2001", "Tambakreja"))
    assert caught.value.code == "territory.none_ours"
