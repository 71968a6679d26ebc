"""It ends a session with the browser, after an idle hour and after a working day, and says so."""

import pytest
from django.conf import settings
from django.urls import reverse

from bersinar.accounts import clock
from bersinar.accounts.middleware import IDLE, LONGEST, SEEN, SINCE
from bersinar.accounts.models import Session
from bersinar.accounts.sealing import digest
from tests.support.doors import enter

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def browser(client_as):
    client = client_as("actor_p2m")
    client.get("/")
    return client


def move(browser, **seconds):
    """Let the session be older than it is."""
    session = browser.session
    for name, ago in seconds.items():
        session[{"seen": SEEN, "since": SINCE}[name]] = clock.seconds() - ago
    session.save()


def door(browser, address="/surat/", **sent):
    answer = browser.post(address, **sent) if sent else browser.get(address)
    assert answer.status_code == 302
    return answer.headers["Location"], browser.get(answer.headers["Location"]).content.decode()


def test_it_lasts_while_somebody_works(browser):
    move(browser, seen=IDLE - 5, since=LONGEST - 5)
    assert browser.get("/surat/").status_code == 200
    assert clock.seconds() - browser.session[SEEN] < 5


def test_it_ends_after_an_idle_hour_and_keeps_the_address(browser):
    move(browser, seen=IDLE)
    address, page = door(browser, "/surat/?hal=2")
    assert address == "/akun/masuk/?next=/surat/%3Fhal%3D2"
    assert "satu jam tidak ada kegiatan" in page and "kembali ke halaman yang tadi" in page
    assert enter(browser, "p2m", target="/surat/?hal=2").headers["Location"] == "/surat/?hal=2"
    assert "satu jam" not in browser.get(reverse("accounts:login")).content.decode()


def test_it_ends_after_a_working_day_however_busy(browser):
    move(browser, seen=0, since=LONGEST)
    _address, page = door(browser)
    assert "sudah 12 jam" in page


def test_it_says_that_what_was_sent_is_not_stored(browser):
    move(browser, seen=IDLE)
    address, page = door(browser, "/akun/sandi/", data={}, headers={"referer": f"{HERE}/surat/?hal=2"})
    assert address == "/akun/masuk/?next=/surat/%3Fhal%3D2"
    assert "belum tersimpan" in page


@pytest.mark.parametrize("referer", ["https://example.org/a", "", "javascript:x", f"{HERE}.example.org/a"])
def test_it_goes_home_where_the_form_came_from_elsewhere(browser, referer):
    move(browser, seen=IDLE)
    address, _page = door(browser, "/akun/sandi/", data={}, headers={"referer": referer})
    assert address == "/akun/masuk/?next=/"


def test_an_ended_session_is_gone_from_the_store(browser):
    key = browser.session.session_key
    assert Session.objects.unscoped("test").filter(session_key=digest(key)).exists()
    move(browser, seen=IDLE)
    browser.get("/surat/")
    assert not Session.objects.unscoped("test").filter(session_key=digest(key)).exists()
    assert browser.get("/surat/").status_code == 302


def test_the_browser_forgets_it_when_it_closes(client, actor_p2m):
    enter(client, "p2m")
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_reading_pages_does_not_write_each_time(browser):
    before = browser.session[SEEN]
    browser.get("/surat/")
    assert browser.session[SEEN] == before
