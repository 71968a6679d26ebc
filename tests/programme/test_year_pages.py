"""It lets an officer enrol, record, show and take back on pages, and says what to do when it refuses."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bersinar.programme import actions, queries
from bersinar.programme.models import Evidence, StageEvent
from bersinar.programme.vocabulary import MoneySource, Origin, Stage
from bersinar.territory.queries import villages_of_office
from tests.programme.conftest import plan
from tests.programme.decided import decide

pytestmark = pytest.mark.django_db
RAKOR = {"on": "2023-02-13", "precision": "HARI", "origin": "UNIT"}


@pytest.fixture
def village(belitung):
    return villages_of_office(belitung.pk)[0]


@pytest.fixture
def year(village, actor_p2m):
    return actions.enrol_village(
        village_id=village.pk,
        year=2023,
        money_source=MoneySource.DIPA,
        origin=Origin.PERS,
        source="https://contoh.id/berita",
        reason="Ditetapkan sebelum sistem ini dipakai.",
        by=actor_p2m,
    )


@pytest.fixture
def officer(client_as):
    return client_as("actor_p2m")


@pytest.fixture
def url(year):
    return lambda name, stage="RAKOR": reverse(f"programme:{name}", args=[year.pk, stage])


def test_it_enrols_the_villages_of_a_decision(belitung, village, officer, actor_p2m):
    decide(belitung, 2023, [village])
    answer = officer.post(
        reverse("programme:enrol"), {"bagian": "putusan", "tahun": "2023", "putusan-decided_on": "2023-02-13"}
    )
    assert answer.status_code == 302
    (row,) = queries.programme_years(actor_p2m)
    assert (row.village_id, row.stage_when) == (village.pk, "13 Februari 2023")


def test_it_leads_to_the_rakor_and_not_past_it(village, officer, actor_p2m, year):
    actions.record_stage(year.pk, stage=Stage.PENETAPAN, on=date(2023, 2, 1), by=actor_p2m)
    page = reverse("programme:year", args=[year.pk])

    assert officer.get(page).context["following"] == {
        "url": f"{reverse('programme:plan_meeting')}?tahun=2023",
        "label": "Rencanakan rakor",
    }
    planned = plan([year], actor_p2m)
    assert officer.get(page).context["following"] == {
        "url": reverse("programme:meeting", args=[planned.pk]),
        "label": "Buka rapat",
    }
    actions.record_stage(year.pk, stage=Stage.RAKOR, on=date(2023, 2, 13), by=actor_p2m)
    assert officer.get(page).context["following"]["url"].endswith("/catat/")


def test_it_enrols_an_earlier_village_by_its_name(village, officer, actor_p2m):
    data = {
        "bagian": "desa",
        "desa-village": f"{village.name}, {village.district.name} ({village.code})",
        "desa-year": "2021",
        "desa-money_source": "NON_DIPA",
        "desa-origin": "PERS",
        "desa-source": "Tribun Belitung, 28 September 2021",
        "desa-reason": "Percontohan 2021.",
    }
    assert officer.post(reverse("programme:enrol"), data).status_code == 302
    (row,) = queries.programme_years(actor_p2m)
    assert (row.year, row.money_source, row.origin) == (2021, MoneySource.NON_DIPA, Origin.PERS)
    refused = officer.post(reverse("programme:enrol"), data)
    assert refused.status_code == 400
    assert "sudah terdaftar" in refused.content.decode()


@pytest.mark.parametrize(
    "typed, told",
    [("Tidak Ada", "Periksa ejaannya"), ("Dukong", "Tulis kode desanya"), ("19.01.01.2001", "Tidak ada")],
)
def test_it_asks_again_which_village_is_meant(belitung, officer, typed, told):
    page = officer.post(
        reverse("programme:enrol"),
        {
            "bagian": "desa",
            "desa-village": typed,
            "desa-year": "2021",
            "desa-source": "x",
            "desa-reason": "y",
        },
    )
    assert page.status_code == 400
    assert told in page.content.decode()


def test_it_records_a_stage_with_a_file_and_offers_to_undo(year, url, officer, actor_p2m):
    file = SimpleUploadedFile("notulen.pdf", b"%PDF-1.7 isi", "application/pdf")
    answer = officer.post(url("record_stage"), RAKOR | {"berkas_notulen": file, "rujukan_undangan": "B/12"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#tahap-RAKOR")
    event = StageEvent.objects.for_actor(actor_p2m).get()
    assert {row.item for row in Evidence.objects.for_actor(actor_p2m)} == {"notulen", "undangan"}
    undo = reverse("programme:undo_stage", args=[event.pk])
    assert undo in officer.get(reverse("programme:year", args=[year.pk])).content.decode()
    officer.post(undo)
    assert queries.programme_year(year.pk, actor_p2m).stage is Stage.PENETAPAN


def test_it_refuses_a_file_that_is_not_what_its_name_says(url, officer, actor_p2m):
    for name, content, told in (
        ("notulen.pdf", b"MZ program", "bukan PDF"),
        ("notulen.exe", b"MZ program", "Unggah PDF"),
    ):
        file = SimpleUploadedFile(name, content)
        answer = officer.post(url("record_stage"), RAKOR | {"berkas_notulen": file})
        assert answer.status_code == 400
        assert told in answer.content.decode()
    assert not StageEvent.objects.for_actor(actor_p2m).exists()


def test_it_asks_for_the_reason_of_an_exception(url, officer, actor_p2m):
    address = url("record_stage", "PELATIHAN")
    assert "Alasan pengecualian" not in officer.get(address).content.decode()
    refused = officer.post(address, RAKOR)
    assert refused.status_code == 400
    assert "Rapat koordinasi belum dicatat" in refused.content.decode()
    assert "Alasan pengecualian" in refused.content.decode()
    assert officer.post(address, RAKOR | {"exception": "Rakor kecamatan."}).status_code == 302
    assert StageEvent.objects.for_actor(actor_p2m).get().exception == "Rakor kecamatan."


def test_it_shows_the_second_officer_who_was_first(year, url, client_as, actor_p2m):
    actions.record_stage(year.pk, stage=Stage.RAKOR, on=date(2023, 2, 13), by=actor_p2m)
    answer = client_as("actor_p2m_cleared").post(url("record_stage"), RAKOR | {"on": "2023-02-14"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "sudah dicatat: 13 Februari 2023, oleh Uji p2m" in page
    assert 'value="2023-02-14"' in page


def test_it_takes_days_as_indonesians_write_them(url, officer, actor_p2m):
    assert officer.post(url("record_stage"), RAKOR | {"on": "13/02/2023"}).status_code == 302
    assert StageEvent.objects.for_actor(actor_p2m).get().date == date(2023, 2, 13)


def test_it_wants_the_source_of_what_the_press_says(url, officer):
    answer = officer.post(url("record_stage"), RAKOR | {"origin": "PERS"})
    assert answer.status_code == 400
    assert "Tulis sumbernya" in answer.content.decode()


def test_it_adds_and_takes_back_evidence(year, url, officer, actor_p2m):
    officer.post(url("add_evidence"), RAKOR | {"item": "notulen", "reference": "Map rakor 2023"})
    (row,) = Evidence.objects.for_actor(actor_p2m)
    page = officer.get(reverse("programme:year", args=[year.pk])).content.decode()
    assert "Map rakor 2023" not in page[: page.index('id="bukti"')]
    answer = officer.post(reverse("programme:withdraw_evidence", args=[row.pk]), {"reason": "Map salah."})
    assert answer.status_code == 302
    assert "notulen" not in queries.steps.given(year, actor_p2m)


def test_it_wants_evidence_that_can_be_found(url, officer):
    answer = officer.post(url("add_evidence"), RAKOR | {"item": "notulen"})
    assert answer.status_code == 400
    assert "Unggah berkasnya" in answer.content.decode()


def test_it_plans_a_stage_and_takes_the_plan_back(year, url, officer, actor_p2m):
    officer.post(url("plan_stage"), {"on": "2030-02-13", "note": "Aula camat"})
    assert queries.programme_year(year.pk, actor_p2m).next_planned == date(2030, 2, 13)
    assert 'value="2030-02-13"' in officer.get(url("record_stage")).content.decode()
    officer.post(url("plan_stage"), {"on": ""})
    assert queries.programme_year(year.pk, actor_p2m).next_planned is None


def test_it_takes_back_a_stage_and_the_enrolment_with_reasons(year, officer, actor_p2m):
    event = actions.record_stage(year.pk, stage=Stage.RAKOR, on=date(2023, 2, 13), by=actor_p2m)
    enrolment = reverse("programme:withdraw_year", args=[year.pk])
    assert "sudah berisi" in officer.post(enrolment, {"reason": "Salah desa."}).content.decode()
    officer.post(reverse("programme:withdraw_stage", args=[event.pk]), {"reason": "Salah desa."})
    assert officer.post(enrolment, {"reason": "Salah desa."}).headers["Location"] == reverse("programme:home")
    assert officer.get(reverse("programme:year", args=[year.pk])).status_code == 404


def test_it_shows_the_page_to_the_head_without_buttons_to_record(year, client_as):
    page = client_as("actor_head").get(reverse("programme:year", args=[year.pk]))
    assert page.status_code == 200
    assert "/catat/" not in page.content.decode()
    assert "data pers" in page.content.decode()


def test_it_says_that_the_decision_was_replaced(belitung, village, officer, actor_p2m):
    first = decide(belitung, 2024, [village])
    (enrolled,) = actions.enrol_chosen(2024, by=actor_p2m)
    decide(belitung, 2024, [villages_of_office(belitung.pk)[1]], supersedes=first)
    page = officer.get(reverse("programme:year", args=[enrolled.pk])).content.decode()
    assert "penggantinya tidak menyebut desa ini" in page


@pytest.mark.parametrize("stage", ["TIDAK_ADA", "rakor", "<script>"])
def test_it_has_no_page_for_a_stage_that_does_not_exist(url, officer, stage):
    assert officer.get(url("record_stage", stage)).status_code == 404


def test_it_hides_years_of_other_offices(year, url, client_as):
    stranger = client_as("actor_elsewhere")
    assert stranger.get(reverse("programme:year", args=[year.pk])).status_code == 404
    assert stranger.post(url("record_stage"), RAKOR).status_code == 404
