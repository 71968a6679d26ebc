"""It hands out categories that add up, and nothing that tells a value, a count or a formula."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bersinar import jobs
from bersinar.jobs.models import Job
from bersinar.mapping import actions, queries, views
from bersinar.mapping.table import FileKind
from bersinar.territory.models import Village

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def released(run, officer):
    actions.release_run(run.pk, by=officer)
    return run


def csv_rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet_rows(content):
    book = load_workbook(io.BytesIO(content))
    return [[cell.value or "" for cell in row] for row in book.worksheets[0].iter_rows()]


def everything(content):
    book = load_workbook(io.BytesIO(content))
    return [str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row]


@pytest.fixture
def both(released, officer):
    made = {kind: actions.export_table(released.pk, kind=kind, by=officer).content for kind in FileKind}
    return {"csv": csv_rows(made[FileKind.CSV]), "xlsx": sheet_rows(made[FileKind.XLSX])}


def test_it_says_the_same_in_both_shapes(both):
    assert both["csv"] == both["xlsx"] and len(both["csv"]) == 89


def test_it_adds_up_to_the_villages(both, officer, released):
    words = [row[5] for row in both["csv"][1:]]
    assert words.count("Bahaya") == 1 and words.count("Belum dapat ditentukan") == 87
    assert {row[7] for row in both["csv"][1:] if row[5] == "Bahaya"} == {"garis dilaporkan"}


def test_it_holds_no_value_and_no_count_whoever_asks(both, released, officer, clerk):
    assert both["csv"][0] == [
        "Kode",
        "Jenis",
        "Desa/kelurahan",
        "Kecamatan",
        "Kabupaten/kota",
        "Kategori",
        "Kategori yang masih mungkin",
        "Status garis",
        "Status batas “ada”",
        "Status data",
    ]
    theirs = actions.export_table(released.pk, kind=FileKind.XLSX, by=clerk)
    mine = actions.export_table(released.pk, kind=FileKind.XLSX, by=officer)
    assert sheet_rows(theirs.content) == sheet_rows(mine.content)
    told = " ".join(everything(mine.content))
    assert "pokok" not in told and "pendukung" not in told and "P3" not in told


def test_it_lets_no_name_become_a_formula(released, officer):
    row = queries.all_results(released.pk, officer)[3]
    Village.objects.for_actor(officer).filter(pk=row.village_id).update(name="=HYPERLINK(1)")
    text = actions.export_table(released.pk, kind=FileKind.CSV, by=officer).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text and ",=HYPERLINK" not in text
    content = actions.export_table(released.pk, kind=FileKind.XLSX, by=officer).content
    cell = load_workbook(io.BytesIO(content)).worksheets[0].cell(row=5, column=3)
    assert cell.value == "=HYPERLINK(1)" and cell.data_type == "s"


def test_it_carries_its_warnings_in_every_row(released, officer, settings):
    settings.BERSINAR_DEMO = True
    made = actions.export_table(released.pk, kind=FileKind.CSV, by=officer)
    assert {row[-1] for row in csv_rows(made.content)[1:]} == {"DATA CONTOH"}
    assert any(
        "DATA CONTOH" in text
        for text in everything(actions.export_table(released.pk, kind=FileKind.XLSX, by=officer).content)
    )


def test_it_says_beside_every_category_how_many_thresholds_are_stand_ins(both, released, officer):
    assert {row[8] for row in both["csv"][1:]} == {"batas “ada” sementara: 13 dari 13"}
    content = actions.export_table(released.pk, kind=FileKind.XLSX, by=officer).content
    notes = [str(row[0].value) for row in load_workbook(io.BytesIO(content))["Keterangan"].iter_rows()]
    assert any(text.startswith("Batas “ada” sementara: 13 dari 13.") for text in notes)


def test_it_writes_a_large_table_in_the_background(released, officer, client_as, monkeypatch):
    monkeypatch.setattr(views, "FILE_AT_ONCE", 10)
    client, address = client_as("actor_p2m_cleared"), reverse("mapping:table_xlsx", args=[released.pk])
    answer = client.get(address)
    jobs.run_pending()
    assert client.get(address).headers["Location"] == answer.headers["Location"]
    job = Job.objects.for_actor(officer).get(kind="mapping.export")
    kept = client.get(job.result_url)
    assert sheet_rows(kept.content) == sheet_rows(
        actions.export_table(released.pk, kind=FileKind.XLSX, by=officer).content
    )


def test_a_large_table_is_not_written_before_its_release(run, client_as, monkeypatch):
    monkeypatch.setattr(views, "FILE_AT_ONCE", 10)
    answer = client_as("actor_p2m_cleared").get(reverse("mapping:table_xlsx", args=[run.pk]))
    assert answer.status_code == 409 and not Job.objects.unscoped("a test").exists()
