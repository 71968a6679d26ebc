"""It tells people where they are signed in, and lets them end it; a stolen table opens nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from bersinar.accounts import actions, clock
from bersinar.accounts.models import Device, Session, User
from bersinar.accounts.sealing import digest
from tests.support.doors import code_of, enter, first_step, give_app, second_step
from tests.support.people import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SECURITY = reverse("accounts:security")
PHONE = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
}


def is_in(client):
    return client.get("/").status_code == 200


def end_address(actor, client):
    key = digest(client.session.session_key)
    assert Session.objects.for_actor(actor).filter(pk=key).exists()
    return reverse("accounts:end_session", args=[key])


def test_the_key_in_the_table_is_not_the_key_of_the_browser(client_as, actor_p2m):
    client = client_as("actor_p2m")
    row = Session.objects.for_actor(actor_p2m).get()
    assert (
        client.cookies["sessionid"].value != row.pk
        and client.cookies["sessionid"].value not in row.session_data
    )
    thief = Client()
    thief.cookies["sessionid"] = row.pk
    assert not is_in(thief)


def test_it_lists_browsers_by_name_and_ends_one(client_as, actor_p2m):
    here, phone = client_as("actor_p2m"), Client(**PHONE)
    enter(phone, "p2m")
    page = here.get(SECURITY).content.decode()
    assert "Chrome · Android" in page and "kata sandi dan aplikasi kode" in page and "perangkat ini" in page
    assert end_address(actor_p2m, phone) in page and end_address(actor_p2m, here) not in page
    here.post(end_address(actor_p2m, phone))
    assert is_in(here) and not is_in(phone)


def test_it_ends_all_others_at_once(client_as, actor_p2m):
    here, others = client_as("actor_p2m"), [client_as("actor_p2m") for _browser in range(3)]
    here.post(reverse("accounts:end_other_sessions"))
    assert is_in(here) and not any(is_in(other) for other in others)


def test_nobody_ends_the_session_of_another(client_as, actor_p2m, actor_head, actor_elsewhere):
    browser = client_as("actor_p2m")
    address = end_address(actor_p2m, browser)
    for who in ("actor_head", "actor_elsewhere", "actor_admin"):
        assert client_as(who).post(address).status_code == 404
    assert is_in(browser)


def test_the_administrator_signs_people_of_the_office_out(client_as, actor_p2m, actor_elsewhere):
    mine, strange, admin = client_as("actor_p2m"), client_as("actor_elsewhere"), client_as("actor_admin")
    for actor in (actor_p2m, actor_elsewhere):
        admin.post(reverse("accounts:sign_out_person", args=[actor.user_id]))
    assert not is_in(mine) and is_in(strange)


@pytest.mark.parametrize("how", ["closed", "password"])
def test_a_closed_account_and_a_new_password_end_everything(client_as, actor_admin, actor_p2m, how):
    browser = client_as("actor_p2m")
    if how == "closed":
        actions.close_account(actor_p2m.user_id, by=actor_admin)
    else:
        actions.give_new_password(actor_p2m.user_id, "empat kata acak baru", by=actor_admin)
    assert not Session.objects.for_actor(actor_admin).filter(user_id=actor_p2m.user_id).exists()
    assert not is_in(browser)


def test_what_takes_data_home_asks_again_after_a_quarter_of_an_hour(client_as, actor_p2m):
    client, export = client_as("actor_p2m"), reverse("reporting:list_xlsx")
    assert client.get(export).status_code == 200
    session = client.session
    session["terbukti"] -= 15 * 60
    session.save()
    proof = client.get(export + "?tahun=semua").headers["Location"]
    assert proof == reverse("accounts:prove") + "?next=%2Flaporan%2Fdesa-bersinar.xlsx%3Ftahun%3Dsemua"
    secret = give_app("p2m")
    assert client.post(proof, {"code": "000000"}).status_code == 200
    assert client.get(export).status_code == 302
    assert client.post(proof, {"code": code_of(secret)}).headers["Location"] == export + "?tahun=semua"
    assert client.get(export).status_code == 200


def test_after_a_proof_nobody_is_led_to_another_site(client_as, actor_p2m):
    secret = give_app("p2m")
    answer = client_as("actor_p2m").post(
        reverse("accounts:prove") + "?next=//evil.example/", {"code": code_of(secret)}
    )
    assert answer.headers["Location"] == "/"


def test_a_known_browser_is_not_shut_out_by_a_guesser_elsewhere(actor_p2m):
    """The brake counts the browsers a person signed in with apart from all others."""
    own = Client()
    secret = give_app("p2m")
    first_step(own, "p2m")
    second_step(own, code_of(secret))
    assert Device.objects.for_actor(actor_p2m).count() == 1
    own.post(reverse("accounts:logout"))
    for _try in range(6):
        page = Client().post(reverse("accounts:login"), {"username": "p2m", "password": "keliru sekali ini"})
    assert "Terlalu banyak" in page.content.decode()
    assert first_step(own, "p2m").headers["Location"] == reverse("accounts:second_step")
    # And the guesser gains nothing by a mark he made up.
    stranger = Client()
    stranger.cookies["perangkat"] = "x" * 43
    assert "Terlalu banyak" in first_step(stranger, "p2m").content.decode()


def test_a_known_browser_is_slowed_too(actor_p2m):
    own = Client()
    enter(own, "p2m")
    own.post(reverse("accounts:logout"))
    pages = [first_step(own, "p2m", password="keliru sekali ini").content.decode() for _try in range(6)]
    assert "Terlalu banyak" in pages[-1] and "Terlalu banyak" not in pages[4]


@pytest.mark.parametrize(
    "name, password", [("tidak.ada", PASSWORD), ("p2m", "keliru sekali ini"), ("tutup", PASSWORD)]
)
def test_a_name_nobody_has_costs_what_a_wrong_password_costs(
    actor_p2m, actor_head, name, password, monkeypatch, django_assert_num_queries
):
    """The same words, the same number of password hashes and the same questions to the database."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    User.objects.filter(username="kepala").update(username="tutup", is_active=False)
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    client = Client()
    client.get(reverse("accounts:login"))
    with django_assert_num_queries(9):
        page = first_step(client, name, password=password).content.decode()
    assert "Nama pengguna atau kata sandi keliru" in page and len(hashed) == 1


def test_a_fixed_session_id_is_not_taken_over(client, actor_p2m):
    client.cookies["sessionid"] = "a" * 32
    enter(client, "p2m")
    assert client.cookies["sessionid"].value != "a" * 32 and is_in(client)


def test_an_old_session_opens_nothing_after_signing_out(client_as):
    client = client_as("actor_p2m")
    old = client.cookies["sessionid"].value
    client.post(reverse("accounts:logout"))
    thief = Client()
    thief.cookies["sessionid"] = old
    assert not is_in(thief)


@pytest.mark.parametrize(
    "sent",
    [
        {"username": "' OR 1=1 --", "password": "' OR 1=1 --"},
        {"username": "p2m\x00", "password": PASSWORD},
        {"username": "p2m", "password": PASSWORD + "\x00"},
        {"username": "p2m", "password": "x" * 1_000_000},
        {"username": "x" * 100_000, "password": PASSWORD},
        {"username": "ｐ２ｍ", "password": PASSWORD},
        {"username": ["p2m", "kepala"], "password": ["", ""]},
        {"username": "", "password": ""},
    ],
    ids=[
        "sql",
        "nul in the name",
        "nul in the password",
        "1 MB",
        "long name",
        "wide letters",
        "twice",
        "nothing",
    ],
)
def test_it_refuses_bad_input_at_the_door_with_a_sentence(client, actor_p2m, sent):
    page = client.post(reverse("accounts:login"), sent)
    assert page.status_code == 200 and 'class="errs"' in page.content.decode()
    assert not is_in(client)


def test_sessions_neither_end_nor_live_on_when_the_clock_is_moved(client_as, monkeypatch):
    """A day both ways, twenty times: the counter of the machine tells how long it was."""
    client = client_as("actor_p2m")
    real = clock.time.time
    for jump in (86_400, -86_400) * 10:
        monkeypatch.setattr(clock.time, "time", lambda jump=jump: real() + jump)
        assert client.get("/surat/").status_code == 200


def test_the_counter_goes_on(monkeypatch):
    before = clock.seconds()
    counted = clock._counter()
    monkeypatch.setattr(clock, "_counter", lambda: counted + 3_600)
    assert 3_599 <= clock.seconds() - before <= 3_601
