"""It reads a sheet of villages and tells every cell that cannot be meant."""

from datetime import date

import numpy as np
import pytest

from bersinar.mapping.sheet import INDICATORS, SheetError, read_sheet, village_code

HEADER = ["Kode", "Desa/Kelurahan", "Kecamatan", "P1 kasus narkoba", "P6", "D3. kemiskinan (%)", "D5"]


def one(*cells):
    sheet = read_sheet([["Pemetaan 2023"], [], HEADER, ["19.02.04.2005", "Tanjung Binga", "Sijuk", *cells]])
    return sheet.values[0][
        [INDICATORS.index(name) for name in ("P1", "P6", "D3", "D5")]
    ].tolist(), sheet.problems


def test_it_finds_the_header_below_a_title():
    sheet = read_sheet(
        [["Pemetaan 2023"], [], HEADER, ["19.02.04.2005", "Tanjung Binga", "Sijuk", 3, 0, 6.5, 2]]
    )
    village = sheet.villages[0]
    assert (village.row, village.code, village.name, village.kecamatan) == (
        4,
        "19.02.04.2005",
        "Tanjung Binga",
        "Sijuk",
    )
    assert sheet.states[0].tolist() == [1, -1, -1, -1, -1, 0, -1, -1, -1, -1, 1, -1, 1]


@pytest.mark.parametrize(
    "cell, value",
    [
        (3, 3),
        ("3", 3),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("Nihil", 0),
        (0, 0),
    ],
)
def test_it_reads_numbers_as_indonesians_write_them(cell, value):
    values, problems = one(1, cell, 6, 2)
    assert values[1] == value and not problems


@pytest.mark.parametrize("cell", [None, "", "  ", "belum diisi", "?", "belum: desa belum menjawab"])
def test_it_never_reads_an_empty_cell_as_none(cell):
    values, problems = one(cell, 0, 6, 2)
    assert np.isnan(values[0]) and not problems


@pytest.mark.parametrize(
    "cells, words",
    [
        (("12 org", 0, 6, 2), "Baris 4, kolom D (P1): Tulis angka saja, tanpa “org”"),
        ((-1, 0, 6, 2), "tidak dapat kurang dari nol"),
        (("1.234", 0, 6, 2), "dapat berarti 1234 atau 1,234"),
        ((date(2023, 1, 2), 0, 6, 2), "Terbaca sebagai tanggal"),
        ((True, 0, 6, 2), "ya/tidak"),
        ((1, 0, 120, 2), "di luar batas 0 sampai 100"),
        ((1, 0, 6, 7), "di luar batas 1 sampai 5"),
        ((1, 0, 6, "nihil"), "tidak mengenal nihil"),
        ((float("inf"), 0, 6, 2), "“inf” bukan angka"),
        (("0,5", 0, 6, 2), "0,5 bukan bilangan bulat, padahal satuannya kasus"),
        ((1e308, 0, 6, 2), "terlalu besar untuk satu desa"),
        ((1, 0, 0.12, 2), "0,12 dapat berarti 12 % atau 0,12 %"),
        (("=A1*2", 0, 6, 2), "berisi rumus"),
        ((1, 1e308, 6, 2), "kolom E (P6): isinya tidak mungkin"),
        ((1, -91827, 6, 2), "kolom E (P6): isinya tidak mungkin"),
        ((1, "9,183", 6, 2), "kolom E (P6): angkanya dapat dibaca dengan dua cara"),
        ((1, "91827 gram", 6, 2), "kolom E (P6): isinya bukan angka"),
    ],
)
def test_it_tells_a_bad_cell_by_row_and_column_and_leaves_it_unanswered(cells, words):
    values, problems = one(*cells)
    assert len(problems) == 1 and words in str(problems[0])
    assert np.isnan(values).sum() == 1


def test_it_takes_named_columns():
    rows = [["kelurahan", "cases"], ["Dukong", 2]]
    sheet = read_sheet(rows, columns={"P1": "cases"})
    assert sheet.values[0, 0] == 2 and sheet.villages[0].code == ""
    with pytest.raises(SheetError, match="tidak ditemukan: kasus"):
        read_sheet([["desa", "P2"], ["Dukong", 2]], columns={"P1": "kasus"})
    with pytest.raises(SheetError, match="P9 tidak dikenal"):
        read_sheet(rows, columns={"P9": "cases"})


def test_it_rejects_rows_that_name_no_village_or_one_twice():
    rows = [
        HEADER,
        ["19.02.04.2005", "A", "", 1],
        ["1902042005", "B", "", 1],
        ["", "", "", 1],
        ["19.2", "C", "", 1],
    ]
    sheet = read_sheet(rows)
    assert len(sheet.villages) == 2 and sheet.rejected == 2
    assert [str(problem)[:8] for problem in sheet.problems] == ["Baris 3,", "Baris 4:", "Baris 5,"]


def test_it_keeps_a_village_whose_code_cannot_be_read_without_a_code():
    sheet = read_sheet([HEADER, ["19.2", "C", "", 1]])
    assert sheet.villages[0].code == "" and sheet.rejected == 0
    assert "bukan kode desa" in str(sheet.problems[0])


def test_it_refuses_a_sheet_without_a_header():
    with pytest.raises(SheetError, match="--column"):
        read_sheet([["a", "b"], [1, 2]])


@pytest.mark.parametrize("cell", [1902042005, 1902042005.0, "1902042005", " 19.02.04.2005 "])
def test_it_repairs_codes_that_a_spreadsheet_made_a_number_of(cell):
    assert village_code(cell) == "19.02.04.2005"


def test_it_reads_a_percent_sign_as_the_upload_does():
    values, problems = one(1, 0, "12%", 2)
    assert values[2] == 12 and not problems
