"""It leads a file that is not our template to stored values, and keeps every choice on the way."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bersinar.fieldwork import actions
from bersinar.fieldwork.models import ColumnMatch, Entry, ForeignFile, Import
from bersinar.fieldwork.rules import stored
from bersinar.fieldwork.vocabulary import ImportState
from bersinar.territory.actions import change_code
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def round_(actor_p2m):
    return actions.open_round(year=2025, title="Pemetaan", by=actor_p2m)


@pytest.fixture
def villages(belitung):
    return list(villages_of_office(belitung.pk)[:6])


@pytest.fixture
def client(client_as):
    return client_as("actor_p2m")


def table(villages, heading=("Kode", "Desa", "Kecamatan", "Kabupaten", "Jumlah kasus narkoba", "Karaoke")):
    rows = [["DATA SEKTORAL"], [], list(heading)]
    for at, village in enumerate(villages):
        district = village.district
        code = village.code if at < 3 else ""
        name = village.name if at < 5 else f"{village.name}x"
        rows.append([code, name, district.name, district.regency.name, at, "Ada" if at % 2 else "Tidak ada"])
    return rows


def csv_file(rows, name="sektoral.csv"):
    text = "\r\n".join(";".join(str(cell) for cell in row) for row in rows)
    return SimpleUploadedFile(name, text.encode("utf-8-sig"), content_type="text/csv")


def upload(client, round_, rows):
    return client.post(reverse("fieldwork:wizard_start", args=[round_.pk]), {"file": csv_file(rows)})


def address(step, file):
    return reverse(f"fieldwork:wizard_{step}", args=[file.pk])


def the_file(actor):
    return ForeignFile.objects.for_actor(actor).get()


def to_villages(client, actor):
    file = the_file(actor)
    assert client.post(address("sheet", file), {"sheet": 0, "heading": 3}).status_code == 302
    columns = {"code": 0, "name": 1, "kecamatan": 2, "kabupaten": 3, "P1": 4, "D1": 5}
    assert client.post(address("columns", file), columns).status_code == 302
    return file


FEEDS = {
    "source_type": "ADMINISTRASI",
    "P1_how": "ANGKA",
    "P1_factor": "1",
    "D1_how": "YA_TIDAK",
    "D1_factor": "1",
}


def to_import(client, actor):
    file = to_villages(client, actor)
    assert client.post(address("feeds", file), FEEDS).status_code == 302
    assert client.post(address("check", file)).status_code == 302
    return Import.objects.for_actor(actor).get()


def test_it_stores_what_was_matched_and_takes_it_back(client, round_, villages, actor_p2m):
    assert upload(client, round_, table(villages)).status_code == 302
    received = to_import(client, actor_p2m)
    assert received.state == ImportState.TERBACA
    assert not Entry.objects.for_actor(actor_p2m).exists()
    actions.apply_import(received.pk, by=actor_p2m)
    stored = {
        (entry.village_id, entry.indicator): (entry.state, entry.value, entry.row, entry.column)
        for entry in Entry.objects.for_actor(actor_p2m)
    }
    assert stored[villages[0].pk, "P1"] == ("NIHIL", 0, 4, "E")
    assert stored[villages[4].pk, "P1"] == ("TERISI", 4, 8, "E")
    assert stored[villages[1].pk, "D1"] == ("TERISI", 1, 5, "F")
    assert {entry.source_type for entry in Entry.objects.for_actor(actor_p2m)} == {"ADMINISTRASI"}
    actions.withdraw_import(received.pk, reason="salah berkas", by=actor_p2m)


def test_it_opens_each_page_with_what_was_chosen(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = the_file(actor_p2m)
    for step in ("sheet", "columns", "villages", "feeds"):
        assert client.get(address(step, file), follow=True).status_code == 200
    to_villages(client, actor_p2m)
    page = client.get(address("columns", file)).content.decode()
    assert '<option value="4" selected>' in page
    client.post(address("feeds", file), FEEDS)
    assert "Karaoke" in client.get(address("check", file)).content.decode()
    waiting = client.get(reverse("fieldwork:wizard_start", args=[round_.pk])).content.decode()
    assert "sektoral.csv" in waiting


def test_it_asks_about_a_doubtful_name_and_keeps_the_answer(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    doubtful = 9
    page = client.get(address("villages", file)).content.decode()
    assert f"Baris {doubtful}" in page
    decision = {f"row_{doubtful}": str(villages[5].pk), f"code_{doubtful}": ""}
    assert client.post(address("villages", file), decision).status_code == 302
    assert the_file(actor_p2m).choices["villages"] == {str(doubtful): villages[5].pk}
    client.post(address("feeds", file), FEEDS)
    client.post(address("check", file))
    received = Import.objects.for_actor(actor_p2m).get()
    assert villages[5].pk in {cell.village_id for cell in stored.unpacked(received.cells)}


def test_it_leaves_a_row_out_on_request(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    client.post(address("villages", file), {"row_9": "0", "code_9": ""})
    client.post(address("feeds", file), FEEDS)
    client.post(address("check", file))
    received = Import.objects.for_actor(actor_p2m).get()
    assert {cell.row for cell in stored.unpacked(received.cells)} == {4, 5, 6, 7, 8}


def test_it_takes_a_code_typed_by_hand_and_refuses_one_of_elsewhere(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    refused = client.post(address("villages", file), {"row_9": "", "code_9": "19.01.01.2001"})
    assert refused.status_code == 400
    assert "tidak ada di wilayah Anda" in refused.content.decode()
    client.post(address("villages", file), {"row_9": "", "code_9": villages[5].code})
    assert the_file(actor_p2m).choices["villages"] == {"9": villages[5].pk}


def test_it_lets_both_rows_wait_when_a_choice_names_a_village_twice(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    client.post(address("villages", file), {"row_9": "", "code_9": villages[0].code})
    client.post(address("feeds", file), FEEDS)
    client.post(address("check", file))
    received = Import.objects.for_actor(actor_p2m).get()
    assert villages[0].pk not in {cell.village_id for cell in stored.unpacked(received.cells)}


def test_it_remembers_the_match_for_the_next_file(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    client.post(address("villages", file), {"row_9": str(villages[5].pk), "code_9": ""})
    client.post(address("feeds", file), FEEDS)
    client.post(address("check", file))
    assert ColumnMatch.objects.for_actor(actor_p2m).count() == 1
    again = table(villages)
    again[3][4] = 7
    upload(client, round_, again)
    newest = ForeignFile.objects.for_actor(actor_p2m).exclude(pk=file.pk).get()
    client.post(address("sheet", newest), {"sheet": 0, "heading": 3})
    page = client.get(address("columns", newest)).content.decode()
    assert "Pilihan Anda yang dulu" in page
    columns = {"code": 0, "name": 1, "kecamatan": 2, "kabupaten": 3, "P1": 4, "D1": 5}
    client.post(address("columns", newest), columns)
    assert "keputusan Anda yang dulu" in client.get(address("villages", newest)).content.decode()


def test_it_gives_each_word_its_number(client, round_, villages, actor_p2m):
    rows = table(villages)
    for at, row in enumerate(rows[3:]):
        row[5] = "banyak" if at % 2 else "sedikit"
    upload(client, round_, rows)
    file = to_villages(client, actor_p2m)
    words = {**FEEDS, "D1_how": "KATEGORI", "D1_word_0": "3", "D1_word_1": "1"}
    assert client.post(address("feeds", file), words).status_code == 302
    client.post(address("check", file))
    received = Import.objects.for_actor(actor_p2m).get()
    assert {
        f"{cell.reading.value:f}" for cell in stored.unpacked(received.cells) if cell.indicator == "D1"
    } == {"1.0000", "3.0000"}


def test_it_asks_for_numbers_when_words_were_chosen(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = to_villages(client, actor_p2m)
    answer = client.post(address("feeds", file), {**FEEDS, "D1_how": "KATEGORI"})
    assert answer.status_code == 400
    assert "paling sedikit satu kata" in answer.content.decode()


def test_it_does_not_offer_closed_indicators(client, round_, villages, actor_p2m):
    rows = table(villages, ("Kode", "Desa", "Kecamatan", "Kabupaten", "Jumlah kasus narkoba", "Jumlah kurir"))
    for row in rows[3:]:
        row[5] = 1
    upload(client, round_, rows)
    file = the_file(actor_p2m)
    client.post(address("sheet", file), {"sheet": 0, "heading": 3})
    page = client.get(address("columns", file)).content.decode()
    assert 'name="P8"' not in page
    assert "memerlukan hak khusus" in page
    client.post(address("columns", file), {"code": 0, "name": 1, "P1": 4, "P8": 5})
    assert "P8" not in the_file(actor_p2m).choices["columns"]


def test_it_names_codes_of_bps_and_matches_by_name(client, round_, villages, actor_p2m):
    rows = table(villages)
    for at, row in enumerate(rows[3:]):
        row[0] = f"1902010{at + 1:03}"
    upload(client, round_, rows)
    file = to_villages(client, actor_p2m)
    page = client.get(address("villages", file)).content.decode()
    assert "kode BPS" in page


def test_it_refuses_two_uses_of_one_column(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = the_file(actor_p2m)
    client.post(address("sheet", file), {"sheet": 0, "heading": 3})
    answer = client.post(address("columns", file), {"code": 0, "name": 1, "P1": 4, "D1": 4})
    assert answer.status_code == 400
    assert "sudah dipakai" in answer.content.decode()


def test_it_shows_nothing_to_other_people(client, client_as, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = the_file(actor_p2m)
    for other in ("actor_p2m_cleared", "actor_elsewhere"):
        for step in ("sheet", "columns", "villages", "feeds", "check"):
            assert client_as(other).get(address(step, file)).status_code == 404


def bomb():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write(0, 400, 1)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("data.xlsx", b"PK\x03\x04 rusak", "tidak dapat dibuka"),
        ("data.xlsx", bomb(), "lebih dari 300 kolom"),
        ("data.pdf", b"%PDF-1.7", "berkas PDF"),
        ("data.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "Excel lama"),
        ("data.csv", b'a;b\n"x;1\ny;2\n', "Tanda petik"),
    ],
)
def test_it_refuses_a_bad_file_in_a_sentence_and_stores_no_value(
    client, round_, actor_p2m, name, content, told
):
    answer = client.post(
        reverse("fieldwork:wizard_start", args=[round_.pk]), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not ForeignFile.objects.for_actor(actor_p2m).exists()
    assert not Entry.objects.for_actor(actor_p2m).exists()


def moved(village, actor, new="19.02.01.2099"):
    """The village has another code since yesterday; the file of an office still has the old one."""
    old = village.code
    change_code(village.pk, new_code=new, from_date=date(2025, 7, 1), source="Keputusan uji", by=actor)
    return old


def test_it_matches_a_village_by_the_code_it_had_before(client, round_, villages, actor_p2m):
    rows = table(villages)
    rows[4][1:4] = ["", "", ""]  # only the code tells which village it is
    old = moved(villages[1], actor_p2m)
    assert rows[4][0] == old
    upload(client, round_, rows)
    received = to_import(client, actor_p2m)
    assert {cell.row: cell.village_id for cell in stored.unpacked(received.cells)}[5] == villages[1].pk
    assert "tidak dikenal" not in str(received.report)


def test_it_takes_a_former_code_typed_by_hand(client, round_, villages, actor_p2m):
    rows = table(villages)
    old = moved(villages[5], actor_p2m)
    upload(client, round_, rows)
    file = to_villages(client, actor_p2m)
    assert client.post(address("villages", file), {"row_9": "", "code_9": old}).status_code == 302
    assert the_file(actor_p2m).choices["villages"] == {"9": villages[5].pk}


def test_a_code_that_another_village_has_today_is_that_villages(client, round_, villages, actor_p2m):
    """The first village moves on, and its old code is given to another one."""
    old = moved(villages[0], actor_p2m)
    moved(villages[4], actor_p2m, new=old)
    rows = table(villages)
    rows[3][:2] = [old, villages[4].name]
    upload(client, round_, rows[:4])
    received = to_import(client, actor_p2m)
    assert {cell.village_id for cell in stored.unpacked(received.cells)} == {villages[4].pk}


def test_it_offers_no_yes_for_a_percentage(client, round_, villages, actor_p2m):
    upload(client, round_, table(villages))
    file = the_file(actor_p2m)
    client.post(address("sheet", file), {"sheet": 0, "heading": 3})
    client.post(address("columns", file), {"code": 0, "name": 1, "kecamatan": 2, "kabupaten": 3, "D3": 5})
    page = client.get(address("feeds", file)).content.decode()
    assert 'value="KATEGORI" selected' in page and "YA_TIDAK" not in page
    yes = {"source_type": "ADMINISTRASI", "D3_how": "YA_TIDAK", "D3_factor": "1"}
    assert client.post(address("feeds", file), yes).status_code == 400
