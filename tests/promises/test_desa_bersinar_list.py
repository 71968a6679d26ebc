"""It keeps the shape in which units report their Desa Bersinar, the same bytes for the same data, and no secret."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bersinar.audit.models import Event
from bersinar.programme import actions
from bersinar.programme.vocabulary import MoneySource, Precision, Stage
from bersinar.reporting import sheets
from bersinar.reporting.queries.listing import ALL, desa_bersinar_list
from bersinar.territory.queries import villages_of_office
from tests.reporting.conftest import SECRETS, formed, mapped, own_folder, promise, released

__all__ = ["formed", "mapped", "own_folder", "promise", "released"]
pytestmark = pytest.mark.django_db
# As the units' own application asks for it. A change here breaks what an office hands on.
COLUMNS = [
    "Satuan kerja",
    "Anggaran pembentukan",
    "Nama desa/kelurahan",
    "Kecamatan",
    "Kabupaten/kota",
    "Tanggal pencanangan",
    "Bulan pelaksanaan",
    "Jumlah penggiat P4GN",
    "Keberadaan IBM",
    "Nama penanggung jawab",
    "Nomor HP",
    "Link kelengkapan dan dokumentasi",
]


def workbook(client, address="/laporan/desa-bersinar.xlsx?tahun=2023"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer, load_workbook(BytesIO(answer.content))


def rows_of(book) -> list[dict[str, object]]:
    sheet = book["Desa Bersinar"]
    headings = [cell.value for cell in sheet[4]]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    return [dict(zip(headings, row, strict=True)) for row in listed if row[1]]


def test_it_keeps_the_reported_columns_in_their_order(client_as, formed):
    _, book = workbook(client_as("actor_p2m"))
    assert [cell.value for cell in book["Desa Bersinar"][4]][: len(COLUMNS)] == COLUMNS


def test_it_reports_each_village_as_it_is_known(client_as, formed):
    _, book = workbook(client_as("actor_p2m"))
    dukong, binga = rows_of(book)
    assert binga["Nama desa/kelurahan"] == "Desa Tanjung Binga" and binga["Kode desa"] == "19.02.04.2005"
    assert binga["Anggaran pembentukan"] == "DIPA" and binga["Kecamatan"] == "Sijuk"
    assert binga["Tanggal pencanangan"] == "26 Oktober 2023" and binga["Asal tanggal"] == "data pers"
    assert binga["Sumber tanggal"] == "Harian Uji, 27 Oktober 2023"
    assert dukong["Tanggal pencanangan"] == "belum dicatat"


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        (Precision.HARI, "Oktober 2023"),
        (Precision.BULAN, "Oktober 2023"),
        (Precision.PALING_LAMBAT, "paling lambat Oktober 2023"),
        (Precision.SEKITAR, "sekitar Oktober 2023"),
        (Precision.TAHUN, "belum dicatat"),
    ],
)
def test_it_knows_the_month_of_the_work_no_better_than_was_told(
    client_as, formed, actor_p2m, precision, told
):
    actions.record_stage(
        formed.tanjung_binga.pk, stage=Stage.PELAKSANAAN, on=date(2023, 10, 26), precision=precision,
        exception="uji", by=actor_p2m,
    )  # fmt: skip
    _, book = workbook(client_as("actor_p2m"))
    assert rows_of(book)[1]["Bulan pelaksanaan"] == told


def test_it_writes_money_as_units_do(client_as, actor_p2m, belitung):
    village = villages_of_office(belitung.pk).get(code="19.02.04.2005")
    actions.enrol_village(
        village_id=village.pk,
        year=2023,
        money_source=MoneySource.NON_DIPA,
        source="Uji",
        reason="Uji",
        by=actor_p2m,
    )
    _, book = workbook(client_as("actor_p2m"))
    assert rows_of(book)[0]["Anggaran pembentukan"] == "NON DIPA"


def test_what_nobody_recorded_is_neither_empty_nor_nought(client_as, formed):
    _, book = workbook(client_as("actor_p2m"))
    for row in rows_of(book):
        for column in ("Jumlah penggiat P4GN", "Keberadaan IBM", "Nomor HP"):
            assert row[column] == "belum dicatat"


def test_the_same_list_gives_the_same_bytes(client_as, formed, actor_p2m):
    client = client_as("actor_p2m")
    first, second = (workbook(client)[0].content for _ in range(2))
    assert first == second
    years = (date(2023, 12, 1), date(2030, 1, 1))
    made = {sheets.workbook(desa_bersinar_list(actor_p2m, year=2023, on=day), example=False) for day in years}
    assert made == {first}, "and the day it is made on does not stand in it"


def test_the_audit_knows_who_took_it_away(client_as, formed, actor_p2m):
    workbook(client_as("actor_p2m"))
    event = Event.objects.unscoped("test").get(verb="reporting.list_exported")
    assert (event.actor_name, event.facts["year"]) == (actor_p2m.name, 2023)


def test_a_name_that_starts_like_a_formula_stays_a_text(client_as, formed, actor_p2m):
    village = formed.dukong.village
    village.name = "=HYPERLINK(1)"
    village.save()
    answer, _ = workbook(client_as("actor_p2m"))
    assert b"<f>" not in answer.content
    found = desa_bersinar_list(actor_p2m, year=2023, on=date(2023, 12, 1))
    sheet = load_workbook(BytesIO(sheets.workbook(found, example=False)))["Desa Bersinar"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_it_holds_no_category_no_value_and_no_persons_name(client_as, released, formed, promise):
    promise("Papan nama")
    _, book = workbook(client_as("actor_p2m_cleared"), "/laporan/desa-bersinar.xlsx?tahun=semua")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    told = " ".join(cells).casefold()
    assert not any(word in told for word in ("waspada", "bahaya", "siaga", "kepala desa (uji)", "uji p2m"))
    assert not {str(secret) for secret in SECRETS} & set(cells)


def test_the_year_stands_in_the_address(client_as, formed):
    client = client_as("actor_p2m")
    assert rows_of(workbook(client, "/laporan/desa-bersinar.xlsx?tahun=2022")[1]) == []
    assert len(rows_of(workbook(client, "/laporan/desa-bersinar.xlsx?tahun=semua")[1])) == 2
    assert len(rows_of(workbook(client, "/laporan/desa-bersinar.xlsx?tahun=besok")[1])) == 2


def test_a_demo_says_so_on_every_sheet(client_as, formed, settings):
    settings.BERSINAR_DEMO = True
    _, book = workbook(client_as("actor_p2m"))
    for sheet in book:
        assert any("DATA CONTOH" in str(cell.value) for row in sheet.iter_rows() for cell in row), sheet.title


def test_another_offices_villages_are_not_in_it(client_as, formed):
    _, book = workbook(client_as("actor_elsewhere"), "/laporan/desa-bersinar.xlsx?tahun=semua")
    assert rows_of(book) == []


def test_the_page_and_the_file_show_the_same_villages(client_as, formed, actor_p2m):
    page = client_as("actor_p2m").get("/laporan/?tahun=2023").content.decode()
    for row in desa_bersinar_list(actor_p2m, year=ALL, on=date(2023, 12, 1)).rows:
        assert row.code in page and row.name in page
    assert "2 desa, 1 sudah dicanangkan" in page


def test_more_villages_cost_no_more_queries(client_as, formed, actor_p2m, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.programme.conftest import enrol

    client = client_as("actor_p2m")
    client.get("/laporan/?tahun=2023")
    with CaptureQueriesContext(connection) as few:
        client.get("/laporan/?tahun=2023")
    for name in ("Sijuk", "Terong", "Air Seruk"):
        enrol(name, actor_p2m)
    with django_assert_num_queries(len(few)):
        client.get("/laporan/?tahun=2023")
