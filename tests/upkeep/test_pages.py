"""The administrator of the highest office keeps the installation; others see how it stands; late copies are said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bersinar import jobs
from bersinar.audit.models import Event
from bersinar.jobs.models import Job
from bersinar.upkeep import actions, queries, reminder, tasks
from bersinar.upkeep.backup import keys, places, standing
from bersinar.upkeep.errors import NotTheKeeper

pytestmark = pytest.mark.django_db
HOME = "/perawatan/"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.BERSINAR_DATA = tmp_path
    standing.forget()
    yield tmp_path
    standing.forget()


def events():
    return set(Event.objects.unscoped("a test").values_list("verb", flat=True))


def installed(monkeypatch, *, days, printed=True):
    """An installation that has stood for some days without a copy."""
    since = timezone.now() - timedelta(days=days)
    monkeypatch.setattr(standing, "look", lambda: standing.Standing(None, since, printed, "abcd"))
    standing.forget()


def test_the_administrator_prints_the_words_and_types_some_back(client_as):
    admin = client_as("actor_admin")
    page = admin.get(reverse("upkeep:key")).content.decode()
    words = keys.unprinted_words()
    assert all(f">{word}</li>" in page for word in words)
    answer = {f"word_{number}": words[number - 1] for number in keys.asked_numbers()}
    wrong = admin.post(reverse("upkeep:key"), {**answer, f"word_{keys.asked_numbers()[0]}": "zzzz"})
    assert wrong.status_code == 200 and "ejaan" in wrong.content.decode()
    assert admin.post(reverse("upkeep:key"), answer).status_code == 302
    page = admin.get(reverse("upkeep:key")).content.decode()
    assert not any(f">{word}</li>" in page for word in words)
    assert "upkeep.recovery_key_printed" in events()


def test_the_words_are_on_no_page_of_the_head(client_as, actor_admin):
    head = client_as("actor_head")
    assert head.get(reverse("upkeep:key")).status_code == 403
    page = head.get(HOME)
    assert page.status_code == 200 and "Cetak kunci pemulihan" not in page.content.decode()
    assert head.post(reverse("upkeep:make_copy")).status_code == 403


def test_a_lower_office_sees_and_does_not_touch(client_as, actor_admin, province):
    admin = client_as("actor_admin")
    page = admin.get(HOME).content.decode()
    assert "Diurus oleh administrator BNNP Kepulauan Bangka Belitung" in page
    assert admin.get(reverse("upkeep:key")).headers["Location"] == HOME
    with pytest.raises(NotTheKeeper, match="BNNP"):
        actions.request_copy(actor_admin)
    assert admin.post(reverse("upkeep:second_folder"), {"folder": "/tmp"}).status_code == 302
    assert places.second() is None


def test_a_copy_is_asked_for_as_a_job(client_as, actor_admin, monkeypatch):
    made = []
    monkeypatch.setattr(tasks.making, "make", lambda reason, progress: made.append(reason))
    admin = client_as("actor_admin")
    answer = admin.post(reverse("upkeep:make_copy"))
    job = Job.objects.for_actor(actor_admin).get()
    assert answer.headers["Location"] == reverse("jobs:job", args=[job.pk])
    jobs.run_pending()
    job.refresh_from_db()
    assert made == ["diminta"] and job.state == "SELESAI" and job.result_url == HOME


def test_the_second_folder_must_be_there(client_as, tmp_path):
    admin = client_as("actor_admin")
    told = admin.post(reverse("upkeep:second_folder"), {"folder": "/tidak/ada"}, follow=True)
    assert "folder itu tidak ada" in told.content.decode() and places.second() is None
    inside = tmp_path / "dalam"
    inside.mkdir()
    admin.post(reverse("upkeep:second_folder"), {"folder": str(inside)})
    assert places.second() is None


@pytest.mark.parametrize("who", ["actor_admin", "actor_head"])
def test_the_doctor_and_the_bundle_open_for_those_who_look_after_it(client_as, who):
    browser = client_as(who)
    page = browser.get(reverse("upkeep:doctor")).content.decode()
    assert "doctor.no_second_copy" in page and "->" not in page
    bundle = browser.post(reverse("upkeep:bundle"))
    assert bundle.content.startswith(b"PK") and "bersinar-bantuan-" in bundle.headers["Content-Disposition"]


@pytest.mark.parametrize("who", ["actor_p2m", "actor_rehab", "actor_kades"])
def test_others_have_no_such_page(client_as, who):
    assert client_as(who).get(HOME).status_code == 403


def test_words_that_do_not_fit_start_no_test(client_as, monkeypatch):
    monkeypatch.setattr(queries.copies, "last_verified", lambda place: None)
    admin = client_as("actor_admin")
    told = admin.post(reverse("upkeep:drill"), {"words": "abandon " * 24})
    assert told.status_code == 200 and "upkeep.restore_tested" not in events()


@pytest.mark.parametrize(
    "days, who, path, mood",
    [
        (1, "actor_admin", "/", None),
        (3, "actor_admin", "/", "amber"),
        (3, "actor_head", "/", "amber"),
        (3, "actor_p2m", "/", None),
        (3, "actor_admin", "/akun/orang/", None),
        (8, "actor_admin", "/akun/orang/", "red"),
        (8, "actor_p2m", "/data/", "red"),
        (8, "actor_rehab", "/", "red"),
        (8, "actor_kades", "/", None),
    ],
)
def test_who_is_reminded_where(request, monkeypatch, days, who, path, mood):
    installed(monkeypatch, days=days)
    found = reminder.reminder(request.getfixturevalue(who), path)
    assert (found.mood if found else None) == mood


def test_the_reminder_stands_on_the_page(client_as, monkeypatch):
    installed(monkeypatch, days=9)
    page = client_as("actor_p2m").get("/pekerjaan/").content.decode()
    assert "Sudah 9 hari tidak ada cadangan" in page and "Beri tahu administrator" in page
    installed(monkeypatch, days=0, printed=False)
    home = client_as("actor_admin").get("/").content.decode()
    assert "Kunci pemulihan belum dicetak" in home


def test_a_demo_is_not_reminded(actor_admin, monkeypatch, settings):
    installed(monkeypatch, days=30)
    settings.BERSINAR_DEMO = True
    assert reminder.reminder(actor_admin, "/") is None


def test_a_folder_that_cannot_be_read_breaks_no_page(client_as, monkeypatch):
    def broken():
        raise PermissionError(13, "x")

    monkeypatch.setattr(standing, "look", broken)
    assert client_as("actor_admin").get("/").status_code == 200


NOON = timezone.datetime(2026, 11, 25, 12, 40, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    "now, hours_ago, due",
    [
        (NOON, None, True),
        (NOON, 24, True),
        (NOON, 19, False),
        (NOON, 20, True),
        (NOON - timedelta(hours=3), 20, False),
        (NOON - timedelta(hours=3), 24, True),
        (NOON, -5, True),
    ],
)
def test_when_the_daily_copy_is_due(now, hours_ago, due):
    last = None if hours_ago is None else now - timedelta(hours=hours_ago)
    assert tasks.is_due(now, last) is due


def test_the_daily_copy_is_queued_once_an_hour(actor_admin, monkeypatch):
    monkeypatch.setattr(tasks, "_tried", None)
    tasks.back_up_when_due()
    tasks.back_up_when_due()
    job = Job.objects.for_actor(actor_admin).get()
    assert job.kind == "upkeep.backup" and job.payload == {"reason": "harian"}
    assert "upkeep.backup_when_due" in {chore.name for chore in jobs.registry.chores()}
