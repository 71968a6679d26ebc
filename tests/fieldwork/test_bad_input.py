"""It answers every bad file in a sentence that says what to do, stores nothing of it, and stays on its feet."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from bersinar import jobs
from bersinar.fieldwork import actions
from bersinar.fieldwork.models import Entry, Import
from bersinar.fieldwork.reading import limits
from bersinar.fieldwork.rules import stored
from bersinar.fieldwork.rules.lines import NOTHING
from bersinar.fieldwork.sheets import write_template
from bersinar.fieldwork.vocabulary import ImportState

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def client(client_as):
    return client_as("actor_p2m_cleared")


@pytest.fixture
def send(client, round_, actor_p2m_cleared):
    """`send(bytes, "a.xlsx")`: uploaded over the page; the page one lands on, after a large one was read."""

    def sent(content, name="isian.xlsx"):
        file = SimpleUploadedFile(name, content)
        address = reverse("fieldwork:upload", args=[round_.pk])
        answer = client.post(address, {"file": file}, follow=True)
        if not jobs.run_pending():
            return answer
        received = Import.objects.for_actor(actor_p2m_cleared).latest("pk")
        return client.get(reverse("fieldwork:import", args=[received.pk]))

    return sent


@pytest.fixture
def nothing_stored(actor_p2m_cleared):
    yield
    assert not Entry.objects.for_actor(actor_p2m_cleared).exists()


def bomb():
    """Small as a file, larger than allowed once it is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (limits.MAX_UNPACKED + 1))
    return out.getvalue()


def other_workbook():
    book = Workbook()
    book.active.append(["Nama", "Jumlah"])
    book.active.append(["Dukong", 3])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("isian.xlsx", b"", "kosong"),
        ("isian.xlsx", b"PK\x03\x04 terpotong", "simpan ulang sebagai .xlsx"),
        ("isian.xlsx", bomb(), "Salin tabelnya ke buku kerja baru"),
        ("isian.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "Excel lama"),
        ("isian.pdf", b"%PDF-1.7", "Minta tabel aslinya"),
        ("isian.csv", b'a;b\n"x;1\ny;2\n', "Tanda petik"),
        ("isian.xlsx", b"<html><table></table></html>", "halaman web"),
    ],
)
@pytest.mark.usefixtures("nothing_stored")
def test_it_says_why_a_file_cannot_be_read(send, name, content, told):
    assert told in send(content, name).content.decode()


@pytest.mark.usefixtures("nothing_stored")
def test_it_refuses_a_file_that_is_too_large_before_keeping_a_byte(send, monkeypatch, actor_p2m_cleared):
    monkeypatch.setattr(limits, "MAX_BYTES", 1000)
    answer = send(b"x" * 1001)
    assert answer.status_code == 400
    assert "lebih besar dari 20 MB" in answer.content.decode()
    assert not Import.objects.for_actor(actor_p2m_cleared).exists()


@pytest.mark.usefixtures("nothing_stored")
def test_it_leads_the_wrong_sheet_to_the_matching(send):
    page = send(other_workbook()).content.decode()
    assert "Ini bukan templat kami" in page
    assert "Cocokkan kolom" in page


@pytest.mark.usefixtures("nothing_stored")
def test_it_refuses_the_template_of_another_round(send, actor_p2m_cleared):
    other = actions.open_round(year=2022, title="Tahun lalu", by=actor_p2m_cleared)
    page = send(write_template(other, actor_p2m_cleared)).content.decode()
    assert "milik putaran lain" in page


@pytest.mark.usefixtures("nothing_stored")
def test_it_refuses_what_a_demo_or_a_rehearsal_gave(send, filled):
    def as_in_a_rehearsal(book):
        book["Isian"]["A3"] = "LATIHAN · DATA CONTOH: bukan data sebenarnya"

    assert "bertanda DATA CONTOH" in send(filled({"E5": 3}, edit=as_in_a_rehearsal)).content.decode()
    content = '"DATA CONTOH: bukan data sebenarnya"\nKode;Desa;P1\n19.02.04.2005;Tanjung Binga;3\n'
    assert "bertanda DATA CONTOH" in send(content.encode(), "contoh-2026-19.csv").content.decode()


CELLS = [
    ("a formula", {"E5": "=1+1"}, "E5: Sel ini berisi rumus"),
    ("a formula that would fetch", {"E5": '=WEBSERVICE("http://x")'}, "E5: Sel ini berisi rumus"),
    ("a date", {"E5": datetime.date(2023, 3, 12)}, "E5: Terbaca sebagai tanggal"),
    ("two meanings", {"E5": "1.234"}, "dapat berarti 1234 atau 1,234"),
    ("a unit", {"E5": "12 org"}, "tanpa “org”"),
    ("a negative number", {"E5": -3}, "tidak dapat kurang dari nol"),
    ("a yes", {"E5": True}, "Terbaca sebagai ya/tidak"),
    ("an identity number", {"E5": 3.27301e15}, "terlalu besar untuk satu desa"),
    ("a code that lost its points", {"A5": 19.02}, "berubah menjadi angka"),
    ("a code of nowhere", {"A5": "99.99.99.9999"}, "tidak ada di wilayah satuan kerja Anda"),
    ("a code of another office", {"A5": "19.01.01.2001"}, "tidak ada di wilayah satuan kerja Anda"),
    ("a missing code", {"A5": None, "E5": 3}, "Kode desa kosong"),
    ("a shifted name", {"B5": "Dukong"}, "Mungkin baris bergeser"),
]


@pytest.mark.parametrize(("cells", "told"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
@pytest.mark.usefixtures("nothing_stored")
def test_it_names_the_cell_and_what_to_do(send, filled, cells, told):
    assert told in send(filled(cells)).content.decode()


@pytest.mark.usefixtures("nothing_stored")
def test_it_holds_back_both_rows_of_a_village_that_stands_there_twice(send, filled, actor_p2m_cleared):
    def twice(book):
        sheet = book["Isian"]
        sheet["A6"], sheet["B6"] = sheet["A5"].value, sheet["B5"].value

    page = send(filled({"E5": 1, "E6": 2}, edit=twice)).content.decode()
    assert "sudah ada di baris 5" in page
    lines = Import.objects.for_actor(actor_p2m_cleared).get().cells["lines"]
    assert not {5, 6} & {row for row, *_rest in lines}
    assert all(said == NOTHING for _row, _village, *answers in lines for said in answers)


@pytest.mark.usefixtures("nothing_stored")
def test_it_names_merged_cells(send, filled):
    page = send(filled({"E5": 1}, edit=lambda book: book["Isian"].merge_cells("E5:E7"))).content.decode()
    assert "E5:E7 digabung" in page


@pytest.mark.usefixtures("nothing_stored")
def test_it_reads_hidden_rows_and_columns_and_says_so(send, filled):
    def hide(book):
        book["Isian"].row_dimensions[6].hidden = True
        book["Isian"].column_dimensions["F"].hidden = True

    page = send(filled({"E6": 2, "F6": 1}, edit=hide)).content.decode()
    assert "1 baris tersembunyi ikut dibaca: 6" in page
    assert "Kolom F tersembunyi" in page


@pytest.mark.usefixtures("nothing_stored")
def test_it_refuses_one_indicator_in_two_columns(send, filled):
    def twice(book):
        book["Isian"]["F4"] = book["Isian"]["E4"].value

    assert "P1 ada di dua kolom: E, F" in send(filled({}, edit=twice)).content.decode()


def as_csv(content, separator, encoding, decimal):
    """The filled template as an office program writes it into a text file."""
    rows = load_workbook(io.BytesIO(content))["Isian"].iter_rows(values_only=True)
    lines = []
    for row in rows:
        shown = ["" if cell is None else str(cell).replace(".", decimal, 1) if isinstance(cell, float) else str(cell)
                 for cell in row]  # fmt: skip
        lines.append(separator.join(f'"{one}"' if separator in one else one for one in shown))
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize(
    ("separator", "encoding", "decimal"),
    [(";", "utf-8-sig", ","), (";", "cp1252", ","), (",", "utf-8", "."), ("\t", "utf-16", ",")],
)
def test_it_reads_the_template_as_text_in_every_usual_form(
    send, filled, client, actor_p2m_cleared, separator, encoding, decimal
):
    content = as_csv(filled({"E5": 3, "J5": 2.5, "F5": "belum: ditanyakan"}), separator, encoding, decimal)
    page = send(content, "isian.csv").content.decode()
    assert "perlu diperbaiki" not in page
    received = Import.objects.for_actor(actor_p2m_cleared).get()
    client.post(reverse("fieldwork:apply", args=[received.pk]))
    stored = {one.indicator: one.value for one in Entry.objects.for_actor(actor_p2m_cleared)}
    assert stored == {"P1": 3, "P2": None, "P6": 2.5}


def test_it_takes_a_code_that_a_spreadsheet_made_a_whole_number(send, filled, actor_p2m_cleared, round_):
    code = load_workbook(io.BytesIO(write_template(round_, actor_p2m_cleared)))["Isian"]["A5"].value
    send(filled({"A5": int(code.replace(".", "")), "E5": 3}))
    received = Import.objects.for_actor(actor_p2m_cleared).get()
    assert (received.state, len(stored.unpacked(received.cells))) == (ImportState.TERBACA, 1)


@pytest.mark.parametrize("danger", ['=HYPERLINK("http://x","klik")', "@SUM(1)", "+62812", "\t=1", "＝1"])
def test_it_gives_dangerous_text_back_as_text(send, filled, client, actor_p2m_cleared, danger):
    def write_as_text(book):
        cell = book["Isian"]["Q7"]
        cell.value = danger
        cell.data_type = "s"

    send(filled({"E7": "12 org"}, edit=write_as_text))
    received = Import.objects.for_actor(actor_p2m_cleared).get()
    back = client.get(reverse("fieldwork:marked", args=[received.pk]))
    sheet = load_workbook(io.BytesIO(back.content))["Isian"]
    assert sheet["Q7"].data_type == "s"
    assert "Tulis angka saja" in sheet["E7"].comment.text


def test_it_writes_a_title_that_looks_like_a_formula_as_text(actor_p2m_cleared):
    round_ = actions.open_round(year=2024, title="=HYPERLINK(1)", by=actor_p2m_cleared)
    sheet = load_workbook(io.BytesIO(write_template(round_, actor_p2m_cleared)))["Isian"]
    assert sheet["A1"].data_type == "s"
    assert sheet["A1"].value.startswith("=HYPERLINK")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "${7*7}", "{% load x %}"])
def test_it_shows_text_of_a_file_as_text(send, filled, text):
    page = send(filled({"E5": text})).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "49" not in page.split("bukan angka")[0][-40:]
    assert "bukan angka" in page


@pytest.mark.parametrize("box", ["v-1-P1", "v-x-P1-0", "v-1-P1-0-1", "", "v-99999999999999999999-P1-0"])
def test_it_refuses_a_box_that_is_none(client, round_, box):
    fields = {"box": box, "text": "3", "key": "a" * 32}
    assert client.post(reverse("fieldwork:cell", args=[round_.pk]), fields).status_code == 400


def test_it_does_not_find_villages_and_indicators_of_elsewhere(client, round_, regions, actor_p2m_cleared):
    for box in ("v-123456789-P1-0", "v-1-P99-0", "v-1-Z1-0"):
        fields = {"box": box, "text": "3", "key": "a" * 32}
        assert client.post(reverse("fieldwork:cell", args=[round_.pk]), fields).status_code in (400, 404)
    assert not Entry.objects.for_actor(actor_p2m_cleared).exists()
