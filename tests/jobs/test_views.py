"""It shows how far a job is, asks again by itself while it runs, and keeps offices apart."""

import pytest

from bersinar import jobs
from bersinar.access import Actor
from bersinar.jobs import actions, registry
from bersinar.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(monkeypatch, actor_p2m):
    work = registry.Handler("test.page", "Membaca berkas uji", lambda job: "/hasil/")
    monkeypatch.setitem(registry._handlers, "test.page", work)
    return jobs.enqueue("test.page", by=actor_p2m, key="a")


def change(job, **values):
    Job.objects.unscoped("test").filter(pk=job.pk).update(**values)


def test_asks_again_while_the_job_waits_or_runs(job, client_as):
    client = client_as("actor_p2m")
    page = client.get(f"/pekerjaan/{job.pk}/")
    assert page.headers["Refresh"] == "2"
    assert "boleh ditutup" in page.content.decode()
    actions._claim(job.pk)
    change(job, done=26, total=88)
    page = client.get(f"/pekerjaan/{job.pk}/")
    assert page.headers["Refresh"] == "2"
    assert "26 dari 88" in page.content.decode()


def test_links_to_the_result_and_stops_asking(job, client_as):
    jobs.run_pending()
    page = client_as("actor_p2m").get(f"/pekerjaan/{job.pk}/")
    assert "Refresh" not in page.headers
    assert 'href="/hasil/"' in page.content.decode()


def test_offers_no_result_that_leads_away(job, client_as):
    jobs.run_pending()
    change(job, result_url="https://contoh.example/")
    assert "contoh.example" not in client_as("actor_p2m").get(f"/pekerjaan/{job.pk}/").content.decode()


def test_says_why_it_failed(job, client_as):
    change(job, state="GAGAL", error_code="test.bad", error_sentence="Berkas kosong. Pilih berkas lain.")
    page = client_as("actor_p2m").get(f"/pekerjaan/{job.pk}/").content.decode()
    assert "Berkas kosong. Pilih berkas lain." in page
    assert "test.bad" in page


def test_is_not_there_for_another_office(job, client_as):
    client = client_as("actor_elsewhere")
    assert client.get(f"/pekerjaan/{job.pk}/").status_code == 404
    assert "Membaca berkas uji" not in client.get("/pekerjaan/").content.decode()


def test_lists_the_jobs_of_the_office(job, client_as, django_assert_max_num_queries):
    client = client_as("actor_head")
    assert "Membaca berkas uji" in client.get("/pekerjaan/").content.decode()
    for number in range(20):
        jobs.enqueue("test.page", by=Actor(name="x", office_id=job.office_id), key=str(number))
    with django_assert_max_num_queries(8):
        client.get("/pekerjaan/")


@pytest.mark.parametrize("who", ["actor_rehab", "actor_admin"])
def test_tells_colleagues_outside_the_work_neither_whose_it_is_nor_how_large(job, client_as, actor_p2m, who):
    actions._claim(job.pk)
    change(job, done=1333, total=3999, actor_name="Peminta Uji")
    for address in (f"/pekerjaan/{job.pk}/", "/pekerjaan/"):
        page = client_as(who).get(address).content.decode()
        assert (
            "33 dari 100" in page and "Peminta Uji" not in page and "3.999" not in page and "3999" not in page
        )
        seen = client_as("actor_p2m").get(address).content.decode()
        assert "Peminta Uji" in seen and "1.333 dari 3.999" in seen


def test_tells_why_it_failed_to_the_one_who_asked(job, client_as):
    change(job, state="GAGAL", error_code="test.bad", error_sentence="17 sel sudah berubah.")
    address = f"/pekerjaan/{job.pk}/"
    assert "17 sel" in client_as("actor_p2m").get(address).content.decode()
    for who in ("actor_rehab", "actor_head"):
        page = client_as(who).get(address).content.decode()
        assert "17 sel" not in page and "test.bad" in page
