"""It lets nobody of an office in by the password alone, and takes each code once."""

import re
import time

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from bersinar.access import Level
from bersinar.access.urls import patterns
from bersinar.accounts.models import AuthenticatorApp, RecoveryCode, User
from bersinar.audit.models import Event
from tests.support.doors import STEP, code_of, enter, first_step, give_app, second_step
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ENROL, SECOND, LOGIN = (reverse(f"accounts:{name}") for name in ("enrol", "second_step", "login"))


def is_in(client):
    return client.get("/").status_code == 200


def secret_on(page):
    return re.search(r"secret=(\w+)", page.content.decode())[1]


def set_up(client, username="p2m"):
    """Whoever has nothing yet: the password, the QR, the first code."""
    first_step(client, username, target="/surat/")
    secret = secret_on(client.get(ENROL))
    return secret, client.post(ENROL, {"code": code_of(secret)})


def test_the_password_alone_opens_no_page_of_personal_data(client, actor_p2m):
    """T-18, at every address that asks for a right."""
    for has_app in (False, True):
        if has_app:
            give_app("p2m")
        assert first_step(client, "p2m").headers["Location"] == (SECOND if has_app else ENROL)
        for where, pattern in patterns():
            rule = pattern.callback.access_rule
            if rule.right is not None and rule.level >= Level.L1:
                address = "/" + re.sub(r"<(?:\w+:)?\w+>", "1", where).replace("\\Z", "")
                for method in ("get", "post"):
                    answer = getattr(client, method)(address)
                    assert answer.status_code in (302, 404), address
                    assert answer.status_code == 404 or answer.headers["Location"].startswith(LOGIN), address


def test_a_session_without_a_second_factor_ends_at_the_next_page(client, actor_p2m):
    """As sessions from before the second step do, or any that another way had made."""
    client.force_login(User.objects.get(pk=actor_p2m.user_id))
    assert is_in(client)
    session = client.session
    del session["faktor"]
    session.save()
    assert client.get("/surat/").headers["Location"] == LOGIN + "?next=/surat/"
    assert "dua langkah" in client.get(LOGIN).content.decode()
    assert not is_in(client)


def test_it_sets_up_an_application_and_shows_codes_for_paper_once(client, actor_p2m):
    _secret, answer = set_up(client)
    page = client.get(answer.headers["Location"]).content.decode()
    codes = re.findall(r"<code>([\w-]{19})</code>", page)
    assert len(set(codes)) == 10 and 'href="/surat/"' in page
    assert client.get(answer.headers["Location"]).status_code == 302
    stored = {row.digest for row in RecoveryCode.objects.for_actor(actor_p2m)}
    assert len(stored) == 10 and not stored & set(codes)


def test_it_keeps_the_secret_sealed(client, actor_p2m):
    secret, _answer = set_up(client)
    assert secret not in AuthenticatorApp.objects.for_actor(actor_p2m).get().sealed_secret


def test_the_qr_stays_the_same_until_it_is_used(client, actor_p2m):
    first_step(client, "p2m")
    assert secret_on(client.get(ENROL)) == secret_on(client.post(ENROL, {"code": "000000"}))


def test_whoever_has_an_application_cannot_set_up_another_at_the_door(client, actor_p2m):
    give_app("p2m")
    first_step(client, "p2m")
    assert client.get(ENROL).headers["Location"] == SECOND
    assert client.post(ENROL, {"code": "123456"}).headers["Location"] == SECOND


def test_two_tabs_that_set_up_at_once_leave_one_application(actor_p2m):
    one, other = Client(), Client()
    for tab in (one, other):
        first_step(tab, "p2m")
    secrets = [secret_on(tab.get(ENROL)) for tab in (one, other)]
    one.post(ENROL, {"code": code_of(secrets[0])})
    other.post(ENROL, {"code": code_of(secrets[1])})
    assert is_in(one) and not is_in(other)


def test_it_signs_in_with_a_code_and_says_how_in_the_audit(client, actor_p2m):
    assert enter(client, "p2m", target="/surat/").headers["Location"] == "/surat/"
    assert is_in(client)
    event = Event.objects.unscoped("test").filter(verb="accounts.signed_in").get()
    assert event.facts == {"how": "aplikasi"}


def test_a_code_opens_once(actor_p2m):
    secret = give_app("p2m")
    code = code_of(secret)
    for expected in (True, False):
        client = Client()
        first_step(client, "p2m")
        second_step(client, code)
        assert is_in(client) is expected


def test_an_older_code_than_the_last_one_opens_nothing(client, actor_p2m):
    secret = give_app("p2m")
    first_step(client, "p2m")
    second_step(client, code_of(secret, later=STEP))
    other = Client()
    first_step(other, "p2m")
    second_step(other, code_of(secret))
    assert is_in(client) and not is_in(other)


@pytest.mark.parametrize("later", [-10 * 60, -3 * STEP, 3 * STEP, 10 * 60])
def test_a_wrong_clock_opens_nothing_and_the_page_tells_the_time_here(client, actor_p2m, later):
    secret = give_app("p2m")
    first_step(client, "p2m")
    page = second_step(client, code_of(secret, later=later)).content.decode()
    assert not is_in(client)
    # The same sentence as for any wrong code: otherwise it would tell a guesser which code opens later.
    assert page.count("Jam sistem ini") and page.count("Jam sistem ini") == second_step(
        client, "000000"
    ).content.decode().count("Jam sistem ini")


@pytest.mark.parametrize(
    "minutes, word", [(10, "lebih cepat sekitar 10 menit"), (-7, "lebih lambat sekitar 7 menit")]
)
def test_setting_up_says_which_way_the_clock_is_wrong(client, actor_p2m, minutes, word):
    first_step(client, "p2m")
    code = code_of(secret_on(client.get(ENROL)), later=minutes * 60)
    assert word in client.post(ENROL, {"code": code}).content.decode()
    assert not AuthenticatorApp.objects.for_actor(actor_p2m).exists()


def test_five_wrong_codes_close_the_step_for_five_minutes(client, actor_p2m):
    secret = give_app("p2m")
    first_step(client, "p2m")
    pages = [second_step(client, "000000").content.decode() for _try in range(5)]
    assert not any("Terlalu banyak" in page for page in pages)
    page = second_step(client, code_of(secret)).content.decode()
    assert "Terlalu banyak kode keliru. Coba lagi sesudah 5 menit" in page and not is_in(client)


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "１２３４５６", "abcdef", "0" * 39, "1 2 3", "\x00"]
)
def test_what_is_no_code_opens_nothing(client, actor_p2m, typed):
    give_app("p2m")
    first_step(client, "p2m")
    assert second_step(client, typed).status_code == 200
    assert not is_in(client)


def test_a_code_from_paper_opens_once_however_it_is_spelled(actor_p2m):
    client = Client()
    _secret, answer = set_up(client)
    code = re.findall(r"<code>([\w-]{19})</code>", client.get(answer.headers["Location"]).content.decode())[0]
    for typed, expected in ((code.upper().replace("-", " "), True), (code, False)):
        other = Client()
        first_step(other, "p2m")
        second_step(other, typed)
        assert is_in(other) is expected
    assert RecoveryCode.objects.for_actor(actor_p2m).filter(used_at=None).count() == 9


def test_a_code_of_somebody_else_opens_nothing(client, actor_p2m, actor_head):
    give_app("p2m")
    secret = give_app("kepala")
    first_step(client, "p2m")
    second_step(client, code_of(secret))
    assert not is_in(client)


def test_the_second_step_must_follow_within_ten_minutes(client, actor_p2m):
    secret = give_app("p2m")
    first_step(client, "p2m")
    session = client.session
    session["setengah"] = session["setengah"] | {"since": int(time.time()) - 601}
    session.save()
    assert second_step(client, code_of(secret)).headers["Location"] == LOGIN


def test_a_password_that_changes_meanwhile_closes_the_half_open_door(client, actor_p2m):
    secret = give_app("p2m")
    first_step(client, "p2m")
    user = User.objects.get(pk=actor_p2m.user_id)
    user.set_password("empat kata acak baru")
    user.save()
    assert second_step(client, code_of(secret)).headers["Location"] == LOGIN


def test_an_account_that_is_closed_meanwhile_does_not_come_in(client, actor_p2m):
    secret = give_app("p2m")
    first_step(client, "p2m")
    User.objects.filter(pk=actor_p2m.user_id).update(is_active=False)
    assert second_step(client, code_of(secret)).headers["Location"] == LOGIN


def test_nobody_comes_to_the_second_step_without_the_first(client, actor_p2m):
    give_app("p2m")
    for address in (SECOND, ENROL):
        assert client.get(address).headers["Location"] == LOGIN
        assert client.post(address, {"code": "123456"}).headers["Location"] == LOGIN


def test_the_key_of_the_session_changes_with_each_step(client, actor_p2m):
    """A key somebody planted into the browser is worth nothing afterwards."""
    client.get(LOGIN)
    keys = [client.session.session_key]
    secret = give_app("p2m")
    for step in (lambda: first_step(client, "p2m"), lambda: second_step(client, code_of(secret))):
        step()
        keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_people_of_villages_need_no_second_step(client, actor_kades):
    assert first_step(client, "kades").headers["Location"] == "/"
    assert is_in(client)


@override_settings(BERSINAR_DEMO=True)
def test_invented_people_of_a_demo_need_none(client, actor_p2m):
    assert first_step(client, "p2m", password=PASSWORD).headers["Location"] == "/"
    assert is_in(client)


def test_a_demo_session_is_worth_nothing_in_a_real_office(client, actor_p2m):
    with override_settings(BERSINAR_DEMO=True):
        first_step(client, "p2m")
        assert is_in(client)
    assert not is_in(client)


def test_another_key_of_the_installation_is_told_and_paper_still_opens(client, actor_p2m, settings):
    secret, answer = set_up(client)
    paper = re.findall(r"<code>([\w-]{19})</code>", client.get(answer.headers["Location"]).content.decode())[
        0
    ]
    settings.SECRET_KEY = "kunci lain " * 5
    other = Client()
    first_step(other, "p2m")
    assert (
        "kunci instalasi ini bukan yang dulu"
        in second_step(other, code_of(secret, later=STEP)).content.decode()
    )
    second_step(other, paper)
    assert is_in(other)
