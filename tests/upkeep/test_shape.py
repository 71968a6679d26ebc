"""`doctor` and the page learn the shape in a sentence, and what is wrong with it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bersinar.config import shape as config
from bersinar.config.shape import Shape, Standing
from bersinar.upkeep import shape
from bersinar.upkeep.lan import addresses, authority, trust

NAMES = ["192.168.1.10", "kantor.local"]


@pytest.fixture
def network(settings, tmp_path, monkeypatch):
    """An installation that serves its office."""
    monkeypatch.setattr(addresses, "own_names", lambda: NAMES)
    authority.prepare(tmp_path / "jaringan", NAMES)
    kept = tmp_path / "jaringan" / "alamat.json"
    kept.write_text(json.dumps({"names": NAMES, "port": 8443}))
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_STANDING = config.office_network(kept)
    settings.ALLOWED_HOSTS = ["testserver", *NAMES]
    return tmp_path


def test_one_pc_says_what_it_cannot_do_and_what_to_do_instead(settings):
    settings.BERSINAR_STANDING = Standing(Shape.ONE_PC)
    told = shape.current()
    assert (told.shape, told.address, told.problems) == (Shape.ONE_PC, "", ())
    assert "bersinar start --lan" in told.sentence and "kertas" in told.sentence


def test_a_server_says_its_name(settings):
    settings.BERSINAR_STANDING = Standing(Shape.SERVER, "https://bersinar.example.id")
    assert "https://bersinar.example.id" in shape.current().sentence


def test_a_healthy_network_has_no_problem(network):
    told = shape.current()
    assert (told.shape, told.address, told.problems) == (
        Shape.OFFICE_NETWORK,
        "https://192.168.1.10:8443",
        (),
    )


@pytest.mark.parametrize(
    ("days", "told"), [(500, "Sertifikat server sudah habis"), (3500, "Otoritas sertifikat")]
)
def test_it_says_what_grows_old(network, days, told):
    later = datetime.now(UTC) + timedelta(days=days)
    assert any(told in problem for problem in shape.current(now=later).problems)


def test_it_says_when_the_address_is_gone(network, monkeypatch):
    monkeypatch.setattr(addresses, "own_names", lambda: ["192.168.1.77", "kantor.local"])
    (problem,) = shape.current().problems
    assert "192.168.1.10" in problem and "kantor.local" not in problem


@pytest.mark.django_db(databases=["default", "audit"])
def test_the_page_shows_the_fingerprint_and_two_codes(network, client_as):
    page = client_as("actor_p2m").get(reverse("lan:network"), secure=True, REMOTE_ADDR="192.168.1.5")
    shown = page.content.decode().replace("<wbr>", "")
    told = trust.told(network)
    assert told.fingerprint in shown and told.windows_fingerprint in shown
    assert shown.count('class="segno"') == 2
    assert "http://192.168.1.10:8444/" in shown and "https://192.168.1.10:8443/" in shown


@pytest.mark.django_db(databases=["default", "audit"])
def test_anybody_in_the_office_may_take_the_certificate(network, client):
    answer = client.get(reverse("lan:certificate"), secure=True, REMOTE_ADDR="192.168.1.5")
    assert answer.content == authority.as_file(authority.authority_of(network / "jaringan"))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="bersinar.crt"')


@pytest.mark.django_db(databases=["default", "audit"])
def test_on_one_pc_there_is_no_certificate_and_the_page_says_how_to_get_one(client, client_as):
    assert client.get(reverse("lan:certificate")).status_code == 404
    page = client_as("actor_p2m").get(reverse("lan:network")).content.decode()
    assert "bersinar start --lan" in page and "segno" not in page
