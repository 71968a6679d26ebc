"""It takes a key that signed our challenge under our name, and nothing that only looks like it."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from bersinar.accounts.models import AuthenticatorApp, Passkey, RecoveryCode
from tests.support.doors import code_of, first_step, give_app
from tests.support.keys import SoftKey

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ADD, SECOND, SECURITY = (reverse(f"accounts:{name}") for name in ("add_passkey", "second_step", "security"))


def options_on(page):
    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    return json.loads(html.unescape(found[1])) if found else None


def add(client, key, **sent):
    options = options_on(client.get(ADD))
    return client.post(ADD, {"name": "PC kantor", "passkey": key.create(options)} | sent)


def enter(key, **more):
    """A new browser: the password, then the key."""
    client = Client()
    first_step(client, "p2m")
    options = options_on(client.get(SECOND))
    client.post(SECOND, {"passkey": key.get(options, **more)})
    return client


def is_in(client):
    return client.get("/").status_code == 200


@pytest.fixture
def key(client_as):
    """A key of the officer, who has an application as well."""
    client, made = client_as("actor_p2m"), SoftKey()
    give_app("p2m")
    assert add(client, made).headers["Location"] == SECURITY
    return made


def test_it_adds_a_key_and_signs_in_with_it(key, actor_p2m):
    client = enter(key)
    assert is_in(client) and client.session["faktor"] == "kunci"
    assert "PC kantor" in client.get(SECURITY).content.decode()
    assert Passkey.objects.for_actor(actor_p2m).get().used_at is not None


def test_a_first_factor_that_is_a_key_comes_with_codes_for_paper(client_as, actor_p2m):
    client = client_as("actor_p2m")
    assert add(client, SoftKey()).headers["Location"] == reverse("accounts:recovery_codes")
    assert RecoveryCode.objects.for_actor(actor_p2m).count() == 10
    assert first_step(Client(), "p2m").headers["Location"] == SECOND


def test_a_key_of_another_site_is_refused(client_as, actor_p2m):
    for made in (
        SoftKey(site="example.org"),
        SoftKey(origin="https://example.org"),
        SoftKey(origin="http://testserver"),
    ):
        assert "tidak dikenali" in add(client_as("actor_p2m"), made).content.decode()
    assert not Passkey.objects.for_actor(actor_p2m).exists()


@pytest.mark.parametrize(
    "answer",
    ["{}", "[]", "x", "null", '{"id":1}', '{"rawId":"!","response":{}}', "{" * 30_000, "\x00", '"' * 3],
)
def test_an_answer_that_is_none_is_refused_with_a_sentence(key, answer):
    client = Client()
    first_step(client, "p2m")
    client.get(SECOND)
    assert "tidak dikenali" in client.post(SECOND, {"passkey": answer}).content.decode()
    assert not is_in(client)


def test_a_challenge_is_good_for_one_answer(key):
    client = Client()
    first_step(client, "p2m")
    options = options_on(client.get(SECOND))
    answer = key.get(options)
    client.get(SECOND)  # another challenge takes its place
    assert "tidak dikenali" in client.post(SECOND, {"passkey": answer}).content.decode()
    assert not is_in(client)


def test_a_copy_of_a_key_that_counts_is_refused(key):
    assert is_in(enter(key))
    assert not is_in(enter(key, count=1))
    assert is_in(enter(key, count=2))


def test_the_key_of_another_person_opens_nothing(key, client_as, actor_head):
    other = SoftKey()
    add(client_as("actor_head"), other)
    assert not is_in(enter(other))


def test_wrong_keys_are_slowed_like_wrong_codes(key):
    client = Client()
    first_step(client, "p2m")
    client.get(SECOND)
    pages = [client.post(SECOND, {"passkey": "{}"}).content.decode() for _try in range(6)]
    assert ["Terlalu banyak kode" in page for page in pages] == [False] * 5 + [True]


def test_the_last_factor_stays(client_as, actor_p2m):
    client = client_as("actor_p2m")
    add(client, SoftKey())
    address = reverse("accounts:remove_passkey", args=[Passkey.objects.for_actor(actor_p2m).get().pk])
    assert client.post(address).status_code == 409
    give_app("p2m")
    assert client.post(address).status_code == 302
    assert not Passkey.objects.for_actor(actor_p2m).exists()


def test_a_key_of_somebody_else_is_not_there_to_remove(key, client_as, actor_p2m, actor_head):
    pk = Passkey.objects.for_actor(actor_p2m).get().pk
    assert client_as("actor_head").post(reverse("accounts:remove_passkey", args=[pk])).status_code == 404
    assert Passkey.objects.for_actor(actor_p2m).exists()


def test_an_address_that_is_a_number_has_no_keys_and_says_what_to_do(key, client_as, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = client_as("actor_p2m").get(ADD, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "http://localhost:8000/" in page and "data-options" not in page
    client = Client()
    first_step(client, "p2m")
    page = client.get(SECOND, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "data-options" not in page and "alamat yang berupa nomor" in page


def test_people_of_villages_have_no_such_pages(client_as):
    client = client_as("actor_kades")
    for name in ("add_passkey", "replace_app"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 403
    assert "Aplikasi kode" not in client.get(SECURITY).content.decode()


def test_a_new_phone_takes_the_place_of_the_old_one(client_as, actor_p2m):
    give_app("p2m")
    client = client_as("actor_p2m")
    before = AuthenticatorApp.objects.for_actor(actor_p2m).get().sealed_secret
    secret = re.search(r"secret=(\w+)", client.get(reverse("accounts:replace_app")).content.decode())[1]
    client.post(reverse("accounts:replace_app"), {"code": code_of(secret)})
    assert AuthenticatorApp.objects.for_actor(actor_p2m).get().sealed_secret != before
