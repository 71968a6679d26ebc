"""It finds the village a row means, and says so when it cannot know."""

import pytest

from bersinar.territory.matching import names
from bersinar.territory.matching.villages import By, Place, Row, Verdict, Why, match_rows

PLACES = [
    Place(1, "19.02.01.2001", "Air Raya", "Tanjung Pandan", "Kabupaten Belitung", False),
    Place(2, "19.02.01.1002", "Parit", "Tanjung Pandan", "Kabupaten Belitung", True),
    Place(3, "19.02.01.2003", "Parit", "Tanjung Pandan", "Kabupaten Belitung", False),
    Place(4, "19.02.04.2004", "Lassar", "Membalong", "Kabupaten Belitung", False),
    Place(5, "19.02.04.2005", "Lempur 1", "Membalong", "Kabupaten Belitung", False),
    Place(6, "19.02.04.2006", "Lempur 2", "Membalong", "Kabupaten Belitung", False),
    Place(7, "19.06.01.2001", "Lassar", "Manggar", "Kabupaten Belitung Timur", False),
    Place(8, "19.06.01.2002", "Kurnia Jaya", "Manggar", "Kabupaten Belitung Timur", False),
]


def one(code="", name="", kecamatan="", kabupaten=""):
    (match,) = match_rows([Row(2, code, name, kecamatan, kabupaten)], PLACES)
    return match


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("Desa Aik Raya", "Air Raya"),
        ("SUKA MAJU", "Sukamadju"),
        ("Soengai Gelam", "Sei Gelam"),
        ("Tungkal IV Kota", "Tungkal Empat Kota"),
        ("T I N T I N G", "Tinting"),
        ("Pulau Salak", "P. Salak"),
        ("Kel. Pa’al Satu", "Paal Satu"),
    ],
)
def test_it_takes_spellings_of_one_name_for_the_same(written, ours):
    assert names.key(written) == names.key(ours)


@pytest.mark.parametrize(("one_name", "other"), [("Lempur I", "Lempur II"), ("Air Raya", "Air Jaya")])
def test_it_keeps_different_names_apart(one_name, other):
    assert names.key(one_name) != names.key(other)


def test_it_trusts_a_code_whose_name_agrees():
    match = one("19.02.04.2004", "LASAR")
    assert (match.verdict, match.by, match.place_id) == (Verdict.PASTI, By.CODE, 4)


def test_it_doubts_a_code_whose_name_contradicts():
    match = one("19.02.04.2004", "Kurnia Jaya", "Manggar", "Belitung Timur")
    assert (match.verdict, match.why) == (Verdict.RAGU, Why.NAME_CONTRADICTS_CODE)
    assert {candidate.place_id for candidate in match.candidates} >= {4, 8}


def test_it_finds_a_name_inside_its_kecamatan():
    match = one(name="LASSAR", kecamatan="Kec. Manggar", kabupaten="BELITUNG TIMUR")
    assert (match.verdict, match.by, match.place_id) == (Verdict.PASTI, By.NAME, 7)


def test_it_does_not_choose_between_namesakes_of_two_kecamatan():
    match = one(name="Lassar")
    assert (match.verdict, match.why) == (Verdict.RAGU, Why.NO_KECAMATAN)
    assert [candidate.place_id for candidate in match.candidates][:2] == [4, 7]


def test_it_tells_desa_and_kelurahan_of_one_name_apart_only_when_told():
    assert one(name="Parit", kecamatan="Tanjung Pandan").why is Why.SEVERAL
    assert one(name="Kelurahan Parit", kecamatan="Tanjung Pandan").place_id == 2
    assert one(name="Desa Parit", kecamatan="Tanjung Pandan").place_id == 3


def test_it_never_takes_one_numeral_for_another():
    assert one(name="Lempur II", kecamatan="Membalong").place_id == 6
    assert one(name="Lempur 3", kecamatan="Membalong").verdict is not Verdict.PASTI


def test_it_doubts_a_name_that_lies_in_another_kecamatan():
    match = one(name="Kurnia Jaya", kecamatan="Membalong", kabupaten="Belitung")
    assert match.verdict is not Verdict.PASTI


def test_it_doubts_a_code_it_does_not_know_even_when_the_name_fits():
    match = one("19.09.01.2001", "Air Raya", "Tanjung Pandan", "Belitung")
    assert (match.verdict, match.why) == (Verdict.RAGU, Why.CODE_UNKNOWN)


def test_it_says_that_nothing_was_found():
    assert one(name="Zzz", kecamatan="Manggar").verdict is Verdict.TIDAK_ADA
    assert one("19.09.01.2001").why is Why.CODE_UNKNOWN
    assert one().why is Why.NO_NAME


def test_it_never_leads_two_rows_to_one_village():
    rows = [
        Row(2, "", "Lassar", "Membalong"),
        Row(3, "19.02.04.2004", "Lassar"),
        Row(4, "", "Air Raya", "Tanjung Pandan"),
    ]
    by_name, by_code, other = match_rows(rows, PLACES)
    assert (by_name.verdict, by_name.why) == (Verdict.RAGU, Why.TWO_ROWS)
    assert by_code.place_id == 4
    assert other.place_id == 1


def test_it_lets_both_rows_wait_when_both_carry_the_code():
    rows = [Row(2, "19.02.04.2004", "Lassar"), Row(3, "19.02.04.2004", "Lassar")]
    assert {match.why for match in match_rows(rows, PLACES)} == {Why.TWO_ROWS}
