"""It leads from data to a released map on pages, and shows each reader no more than they may see."""

import pytest
from django.urls import reverse

from bersinar import jobs
from bersinar.mapping import actions, queries, views
from bersinar.mapping.models import MappingRun, Objection, StoredRule
from bersinar.mapping.rules import parse_rule
from bersinar.methods.categories import Status
from tests.mapping.conftest import fill

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def page(browser, name, *args, query="", status=200):
    response = browser.get(reverse(f"mapping:{name}", args=args) + query)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


@pytest.fixture
def browser(client_as):
    return client_as("actor_p2m_cleared")


@pytest.fixture
def clerk_browser(client_as, clerk):
    return client_as("actor_p2m")


def calculate(browser, round_, rule="terbit"):
    return browser.post(reverse("mapping:start"), {"round": round_.pk, "rule": rule})


def test_it_calculates_at_once_and_says_it_is_provisional(browser, round_, officer):
    response = calculate(browser, round_)
    made = MappingRun.objects.for_actor(officer).get()
    assert response.headers["Location"] == reverse("mapping:run", args=[made.pk])
    assert "sementara" in page(browser, "run", made.pk)


def test_it_hands_many_villages_to_the_background(browser, round_, officer, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 10)
    response = calculate(browser, round_)
    assert "/pekerjaan/" in response.headers["Location"]
    assert not MappingRun.objects.for_actor(officer).exists()
    jobs.run_pending()
    assert "SELESAI" in browser.get(response.headers["Location"]).content.decode().upper()
    assert MappingRun.objects.for_actor(officer).count() == 1


def test_it_shows_counts_and_the_square_only_to_those_with_the_right(browser, clerk_browser, run):
    code = "19.02.01.1001"
    mine, theirs = (page(one, "village", run.pk, code) for one in (browser, clerk_browser))
    assert "8 dari 8 indikator pokok" in mine and 'class="you"' in mine
    assert "indikator pokok dan" not in theirs and 'class="you"' not in theirs
    assert "berhak melihat nilai dari penindakan" in theirs
    assert "Periksa lagi" in page(browser, "table", run.pk)
    table = page(clerk_browser, "table", run.pk, query="?kategori=PERIKSA&urut=pokok")
    assert "Periksa lagi" not in table and "8 + " not in table


def test_it_marks_the_picture_of_made_up_values_in_a_demo(browser, run, settings):
    where = (run.pk, "19.02.01.1001")
    assert "DATA CONTOH</text>" not in page(browser, "village", *where)
    settings.BERSINAR_DEMO = True
    assert "DATA CONTOH</text>" in page(browser, "village", *where)


def test_it_never_shows_another_offices_run(client_as, run, actor_elsewhere):
    browser = client_as("actor_elsewhere")
    for name in ("run", "table", "release", "objections", "table_xlsx"):
        page(browser, name, run.pk, status=404)


def test_it_shows_an_office_above_everything_but_the_buttons(client_as, run, actor_province):
    browser = client_as("actor_province")
    assert "BNNK Belitung" in page(browser, "run", run.pk)
    assert 'type="submit" class="btn btn--go"' not in page(browser, "release", run.pk)
    response = browser.post(reverse("mapping:release", args=[run.pk]), {"note": ""})
    assert response.status_code == 403 and not queries.is_released(run.pk, actor_province)


def test_it_releases_once_though_pressed_twice(browser, run, officer):
    address = reverse("mapping:release", args=[run.pk])
    for _press in range(2):
        response = browser.post(address, {"note": "Dibahas"})
        assert response.headers["Location"] == reverse("mapping:run", args=[run.pk])
    assert queries.run_summary(run.pk, officer).release_note == "Dibahas"
    assert browser.get(reverse("mapping:table_csv", args=[run.pk])).status_code == 200


def test_it_offers_no_download_before_release(browser, run):
    assert "kategori.xlsx" not in page(browser, "run", run.pk)
    assert browser.get(reverse("mapping:table_xlsx", args=[run.pk])).status_code == 409


def test_it_records_and_answers_an_objection(browser, run, officer):
    address = reverse("mapping:objections", args=[run.pk])
    said = {
        "village": "Tanjung Binga",
        "raised_by": "kepala desa",
        "raised_on": "2023-01-20",
        "text": "Salah",
    }
    namesakes = browser.post(address, said | {"village": "dukong"})
    assert namesakes.status_code == 400
    told = "Ada 2 desa bernama Dukong. Tulis kodenya: 19.02.01.2007 (Kec. Tanjungpandan); 19.06."
    assert told in namesakes.content.decode()
    unknown = browser.post(address, said | {"village": "Dukonk"})
    assert unknown.status_code == 400 and "Periksa ejaannya" in unknown.content.decode()
    assert browser.post(address, said | {"raised_on": "2999-01-01"}).status_code == 400
    assert browser.post(address, said).status_code == 302
    refused = browser.post(reverse("mapping:release", args=[run.pk]), {"note": ""})
    assert refused.status_code == 400 and "belum dijawab" in refused.content.decode()
    objection = Objection.objects.for_actor(officer).get()
    answer = reverse("mapping:answer", args=[objection.pk])
    assert browser.post(answer, {"outcome": "DITOLAK", "text": "Sudah benar"}).status_code == 302
    again = browser.post(answer, {"outcome": "DITERIMA", "text": "Lain"})
    assert again.status_code == 400 and "sudah dijawab" in again.content.decode()


def test_it_stores_own_lines_and_thresholds_and_leaves_the_rest_provisional(browser, officer):
    typed = {
        "title": "Garis unit",
        "document": "Pedoman 2023",
        "waspada_main": "4",
        "waspada_combine": "and",
        "waspada_supporting": "2",
        "siaga_combine": "and",
        "aman_combine": "and",
        "op_D3": ">",
        "limit_D3": "12,5",
        **{
            f"op_{name}": ">="
            for name in ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "D1", "D2", "D4", "D5")
        },
    }
    address = reverse("mapping:rules")
    for change, words in (
        ({"siaga_main": "2"}, "Isi kedua jumlah"),
        ({"limit_P1": "0"}, "nihil pun dianggap ada"),
        ({"waspada_main": "", "waspada_supporting": "", "limit_D3": ""}, "satu garis atau satu batas"),
    ):
        response = browser.post(address, typed | change)
        assert response.status_code == 400 and words in response.content.decode()
    assert browser.post(address, typed).status_code == 302
    rule = parse_rule(StoredRule.objects.for_actor(officer).get().text)
    assert (rule.presence["D3"].op, rule.presence["D3"].threshold) == (">", 12.5)
    assert {n for n, limit in rule.presence.items() if limit.status is Status.OWN} == {"D3"}
    shown = page(browser, "rules")
    assert "milik unit" in shown and "12 sementara" in shown and 'value="12,5"' in shown


def test_it_says_that_data_changed_or_were_withdrawn(browser, run, round_, answers, officer):
    assert "Data sudah berubah" not in page(browser, "run", run.pk)
    fill(round_, answers)
    assert "Data sudah berubah" in page(browser, "run", run.pk)


@pytest.mark.parametrize(
    "query",
    [
        "?hal=abc",
        "?hal=99999999999",
        "?urut=n_main",
        "?kategori=%00",
        "?cari=%25",
        "?cari=a%00&kecamatan=%00",
    ],
)
def test_it_bears_any_address(browser, run, query):
    page(browser, "table", run.pk, query=query)


def test_it_teaches_the_next_step_while_there_is_nothing(browser):
    assert "Isi data dulu" in page(browser, "home")
    assert "Belum ada data untuk dihitung" in page(browser, "start")


def test_it_lists_what_waits_and_what_counts(browser, run, officer):
    assert "Pemetaan 2023 menunggu" in page(browser, "home")
    actions.release_run(run.pk, by=officer)
    home = page(browser, "home")
    assert "Yang berlaku: 2023" in home and "Jumlah cocok" in home and "menunggu</h2>" not in home


def test_it_says_beside_the_counts_how_many_thresholds_are_stand_ins(browser, run, officer):
    actions.release_run(run.pk, by=officer)
    for told in (page(browser, "home"), page(browser, "run", run.pk)):
        assert told.count("Batas “ada” sementara: 13 dari 13") == 1
