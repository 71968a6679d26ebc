"""It finds the heading row and suggests which column is what, with the reason."""

from bersinar.fieldwork.matching import columns
from bersinar.fieldwork.matching.columns import Reason, Shape

ROWS = (
    ("DATA DESA TAHUN 2024",),
    (),
    (
        "No",
        "Kode Desa",
        "Nama Desa",
        "Kecamatan",
        "Kab/Kota",
        "Jumlah kasus narkoba",
        "Karaoke",
        "Keterangan",
    ),
    (1.0, "19.02.01.2001", "Dukong", "Tanjung Pandan", "Belitung", 2.0, "Ada", "catatan satu"),
    (2.0, "19.02.01.2002", "Juru Seberang", "Tanjung Pandan", "Belitung", 0.0, "Tidak ada", "catatan dua"),
    (3.0, "19.02.01.2003", "Perawas", "Tanjung Pandan", "Belitung", 1.0, "Ada", None),
)
KNOWN = frozenset({"19.02.01.2001", "19.02.01.2002", "19.02.01.2003"})
INDICATORS = {
    "P1": "Kasus kejahatan narkoba",
    "D1": "Banyak lokasi hiburan",
    "D3": "Tingginya angka kemiskinan",
}


def suggested(rows=ROWS, known=KNOWN):
    heading = columns.heading_row(rows)
    found = columns.profiles(rows, heading)
    listed = columns.suggest(found, rows, heading, indicators=INDICATORS, known=known)
    return {one.target: one for one in listed}


def test_it_passes_over_titles_above_the_headings():
    assert columns.heading_row(ROWS) == 2


def test_it_suggests_columns_by_heading_and_by_content():
    found = suggested()
    assert {target: one.column for target, one in found.items()} == {
        "code": 1, "name": 2, "kecamatan": 3, "kabupaten": 4, "P1": 5, "D1": 6
    }  # fmt: skip
    assert found["code"].reason is Reason.CODES


def test_it_finds_codes_whatever_their_heading_says():
    rows = (*ROWS[:2], ("No", "Identitas", *ROWS[2][2:]), *ROWS[3:])
    assert suggested(rows)["code"].column == 1


def test_it_knows_our_own_marks_in_headings():
    rows = (("Kode", "Desa", "P1 Kasus (kasus)", "D3"), ("19.02.01.2001", "Dukong", 2.0, 10.0))
    found = suggested(rows)
    assert (found["P1"].column, found["D3"].column) == (2, 3)
    assert found["P1"].reason is Reason.MARK


def test_it_tells_what_stands_in_a_column():
    shapes = [one.shape for one in columns.profiles(ROWS, 2)]
    assert shapes[0] is Shape.NUMBERS
    assert shapes[6] is Shape.YES_NO
    assert shapes[7] is Shape.TEXT


def test_it_knows_a_file_again_by_its_headings():
    one = columns.fingerprint(columns.profiles(ROWS, 2))
    more_rows = (*ROWS, (4.0, "19.02.01.2004", "Paal Satu", "Tanjung Pandan", "Belitung", 5.0, "Ada", None))
    other_headings = (*ROWS[:2], (*ROWS[2][:7], "Catatan"), *ROWS[3:])
    assert columns.fingerprint(columns.profiles(more_rows, 2)) == one
    assert columns.fingerprint(columns.profiles(other_headings, 2)) != one
