"""It reads a foreign file as it stands, and refuses in a sentence what it must not read."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from bersinar.fieldwork.reading import limits, read_sheets
from bersinar.fieldwork.reading.errors import UnreadableFile
from bersinar.fieldwork.rules.cells import Formula

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
ONE_CELL = '<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>'


def packed(sheet=ONE_CELL, extra=(), book=None):
    """A workbook as Excel writes it, with one sheet of our own making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(lambda book, sheet: None))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    parts["xl/worksheets/sheet1.xml"] = SHEET.format(sheet).encode()
    if book:
        parts["xl/workbook.xml"] = book.encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in [*parts.items(), *extra]:
            made.writestr(name, content)
    return out.getvalue()


def workbook(write):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    write(book, book.add_worksheet("Data"))
    book.close()
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    def reading(content, name="data.xlsx"):
        path = tmp_path / "unggahan"
        path.write_bytes(content)
        return read_sheets(path, name=name)

    return reading


@pytest.fixture
def refused(read):
    def code(content, name="data.xlsx"):
        with pytest.raises(UnreadableFile) as told:
            read(content, name)
        sentence = str(told.value)
        assert sentence.endswith(".") and "{" not in sentence and "!" not in sentence
        return told.value.code.removeprefix("fieldwork.")

    return code


def test_it_keeps_the_kind_of_every_cell_and_the_letters_of_the_columns(read):
    def write(book, sheet):
        sheet.write(1, 1, "Dukong")
        sheet.write(1, 2, 4)
        sheet.write(1, 3, 2.5)
        sheet.write_boolean(1, 4, True)
        sheet.write_datetime(
            1,
            5,
            datetime.date(2024, 1, 2),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )

    (sheet,) = read(workbook(write))
    assert sheet.rows == ((), (None, "Dukong", 4.0, 2.5, True, datetime.date(2024, 1, 2)))


def test_it_tells_a_formula_and_never_takes_its_result(read):
    def write(book, sheet):
        sheet.write(0, 0, 1)
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(2, 1, '=WEBSERVICE("http://x")', None, "")

    (sheet,) = read(workbook(write))
    assert sheet.rows[1] == (Formula("1+1"),)
    assert sheet.rows[2] == (None, Formula('WEBSERVICE("http://x")'))


def test_it_tells_what_is_merged_or_hidden(read):
    def write(book, sheet):
        sheet.merge_range("A1:C1", "Judul")
        sheet.write_row(1, 0, ["a", "b", "c"])
        sheet.write_row(2, 0, [1, 2, 3])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", 9, None, {"hidden": True})
        book.add_worksheet("Rahasia").hide()

    data, hidden = read(workbook(write))
    assert data.merged == ((0, 0, 0, 2),)
    assert data.hidden_rows == {2}
    assert data.hidden_columns == {1}
    assert (data.is_hidden, hidden.is_hidden) == (False, True)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_it_finds_the_separator_of_a_text_table(read, separator):
    lines = [
        ["kode", "nama", "kasus"],
        ["19.02.01.2001", "Dukong", "2"],
        ["19.02.01.2002", "Juru Seberang", "0"],
    ]
    (sheet,) = read("\r\n".join(separator.join(line) for line in lines).encode(), "data.csv")
    assert [list(row) for row in sheet.rows] == lines


def test_it_keeps_a_decimal_comma_where_semicolons_part_the_cells(read):
    (sheet,) = read(b"nama;persen\nDukong;1,5\nPerawas;2,25\n", "data.csv")
    assert sheet.rows[1] == ("Dukong", "1,5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_reads_the_letters_office_programs_write(read, encoding):
    (sheet,) = read("nama;kasus\nDésa Café;1\n".encode(encoding), "data.csv")
    assert sheet.rows == (("nama", "kasus"), ("Désa Café", "1"))


def test_it_follows_the_separator_line_of_excel(read):
    (sheet,) = read(b"sep=;\na;b\n1,2;3,4\n", "data.csv")
    assert sheet.rows == (("a", "b"), ("1,2", "3,4"))


def test_it_reads_one_cell_of_a_sheet_that_claims_to_be_endless(read):
    (sheet,) = read(packed('<dimension ref="A1:XFD1048576"/>' + ONE_CELL))
    assert sheet.rows == ((7.0,),)


def test_it_ignores_names_that_lead_out_of_the_package_and_links_outside(read):
    extra = [("../../x.py", "raise"), ("C:\\x", "x"), ("xl/externalLinks/externalLink1.xml", "<a/>")]
    (sheet,) = read(packed(extra=extra))
    assert sheet.rows == ((7.0,),)


def test_it_reads_the_values_of_a_workbook_with_macros(read):
    (sheet,) = read(packed(extra=[("xl/vbaProject.bin", b"\x01\x02")]), "data.xlsm")
    assert sheet.rows == ((7.0,),)


BILLION_LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'
)


def far(reference):
    return f'<sheetData><row r="1"><c r="{reference}"><v>7</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("code", "content", "name"),
    [
        ("file_empty", b"", "data.xlsx"),
        ("file_empty", b" \n ", "data.csv"),
        ("nothing_in_it", packed("<sheetData/>"), "data.xlsx"),
        ("broken", packed()[:-200], "data.xlsx"),
        ("broken", b"PK\x03\x04" + b"x" * 500, "data.xlsx"),
        ("broken", b"nama;kasus\n", "data.xlsx"),
        ("old_excel", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "data.xls"),
        ("password", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "data.xlsx"),
        ("web_page", b"<html><table><tr><td>1</td></tr></table></html>", "data.xls"),
        ("pdf", b"%PDF-1.7 ...", "data.xlsx"),
        ("not_a_table", b"\x00\x01\x02binary", "data.csv"),
        ("not_a_table", b"nama;kasus\n", "data.docx"),
        ("package_unsafe", packed(extra=[("xl/sharedStrings.xml", BILLION_LAUGHS)]), "data.xlsx"),
        ("package_unsafe", packed(book=OUTSIDE), "data.xlsx"),
        ("package_unsafe", packed(extra=[("xl/sharedStrings.xml", "<sst/>".encode("utf-16"))]), "data.xlsx"),
        ("too_many_parts", packed(extra=[(f"x/{k}", "") for k in range(1100)]), "data.xlsx"),
        ("too_many_columns", packed(far("XFD1")), "data.xlsx"),
        ("too_many_rows", packed(far("A1048576")), "data.xlsx"),
        ("too_many_columns", (";".join("x" * 301) + "\n").encode(), "data.csv"),
        ("text_too_long", b"nama;kasus\n" + b"x" * 2001 + b";1\n", "data.csv"),
        ("line_too_long", b"nama;kasus\n" + b"x" * 1_100_000, "data.csv"),
        ("quotes", b'nama;kasus\n"Dukong;1\nPerawas;2\n', "data.csv"),
    ],
)  # fmt: skip
def test_it_refuses_with_a_sentence(refused, code, content, name):
    assert refused(content, name) == code


def other_package(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts:
            book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("not_a_workbook", other_package(("0.zip", "x"))),
        ("binary_excel", other_package(("xl/workbook.bin", "x"))),
        ("open_document", other_package(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"))),
    ],
)
def test_it_names_packages_that_are_something_else(refused, code, content):
    assert refused(content) == code


def test_it_refuses_a_file_that_is_too_large_before_reading_it(refused):
    assert refused(b"x" * (limits.MAX_BYTES + 1)) == "file_too_large"


def test_it_refuses_a_bomb_by_what_it_unpacks_to(refused):
    blank = " " * (limits.MAX_UNPACKED + 1)
    assert refused(packed(extra=[("xl/media/x.bin", blank)])) == "unpacked_too_large"
    assert refused(packed(blank[: 60 * 1024 * 1024])) == "unpacked_too_large"


def test_it_refuses_a_link_inside_the_package(refused):
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    assert refused(packed(extra=[(link, "/etc/passwd")])) == "package_unsafe"


def test_it_refuses_entries_that_share_their_bytes(refused):
    content = bytearray(packed())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    third = content.find(b"PK\x01\x02", second + 4)
    # The third entry now claims to start where the second does.
    content[third + 42 : third + 46] = content[second + 42 : second + 46]
    assert refused(bytes(content)) == "package_unsafe"


def test_it_refuses_a_formula_that_it_cannot_place(refused):
    assert (
        refused(packed("<sheetData><row><c><f>1+1</f><v>2</v></c></row></sheetData>")) == "formula_unplaced"
    )


def test_it_counts_the_rows_of_a_text_table(refused):
    assert refused(b"a;b\n" * (limits.MAX_ROWS + 1), "data.csv") == "too_many_rows"
