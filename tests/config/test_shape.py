"""It knows its shape from the folder or the settings, and refuses what contradicts itself."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from bersinar.config import shape
from bersinar.config.shape import Shape


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("BERSINAR_PUBLIC_URL", "BERSINAR_TRUSTED_PROXIES", "BERSINAR_HSTS_DAYS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def network(tmp_path):
    (tmp_path / "jaringan").mkdir()
    told = {"names": ["192.168.1.10", "kantor.local"], "port": 8443}
    (tmp_path / "jaringan" / "alamat.json").write_text(json.dumps(told))
    return shape.read(tmp_path)


def test_without_a_choice_it_is_one_pc(tmp_path):
    one = shape.read(tmp_path)
    assert (one.shape, one.address, one.hosts) == (Shape.ONE_PC, "", ("127.0.0.1", "localhost"))
    assert shape.cookie_name("sessionid", one) == "sessionid"


def test_the_office_network_is_what_the_start_left_in_the_folder(network):
    assert network.shape is Shape.OFFICE_NETWORK
    assert network.address == "https://192.168.1.10:8443"
    assert set(network.hosts) == {"127.0.0.1", "localhost", "192.168.1.10", "kantor.local"}
    assert shape.cookie_name("sessionid", network) == "__Host-sessionid"


def test_a_server_is_named_and_outranks_the_folder(tmp_path, network, monkeypatch):
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://bersinar.example.id")
    monkeypatch.setenv("BERSINAR_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/24")
    server = shape.read(tmp_path)
    assert (server.shape, server.address) == (Shape.SERVER, "https://bersinar.example.id")
    assert [str(one) for one in server.proxies] == ["127.0.0.1/32", "10.0.0.0/24"]
    assert "192.168.1.10" not in server.hosts


@pytest.mark.parametrize(
    "public",
    ["http://bersinar.example.id", "bersinar.example.id", "https://x/bersinar", "https://a@x", "https://"],
)
def test_it_refuses_an_address_that_is_none(tmp_path, monkeypatch, public):
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", public)
    with pytest.raises(ImproperlyConfigured, match="https://nama.server"):
        shape.read(tmp_path)


@pytest.mark.parametrize("proxies", ["*", "proxy.local", "10.0.0.1/24"])
def test_it_refuses_proxies_that_are_no_addresses(tmp_path, monkeypatch, proxies):
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://bersinar.example.id")
    monkeypatch.setenv("BERSINAR_TRUSTED_PROXIES", proxies)
    with pytest.raises(ImproperlyConfigured, match="BERSINAR_TRUSTED_PROXIES"):
        shape.read(tmp_path)


def test_it_trusts_no_proxy_without_a_public_name(tmp_path, monkeypatch):
    monkeypatch.setenv("BERSINAR_TRUSTED_PROXIES", "127.0.0.1")
    with pytest.raises(ImproperlyConfigured, match="BERSINAR_PUBLIC_URL"):
        shape.read(tmp_path)


@pytest.mark.parametrize(
    ("debug", "demo", "told"), [(True, False, "BERSINAR_DEBUG=1"), (False, True, "berisi contoh")]
)
def test_it_shows_neither_the_program_nor_a_demo_to_other_machines(network, debug, demo, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        shape.check(network, debug=debug, demo=demo)


def test_only_a_server_asks_browsers_to_refuse_plain_http(network, tmp_path, monkeypatch):
    assert shape.hsts_seconds(network) == 0
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://bersinar.example.id")
    server = shape.read(tmp_path)
    assert shape.hsts_seconds(server) == 7 * 24 * 3600
    monkeypatch.setenv("BERSINAR_HSTS_DAYS", "365")
    assert shape.hsts_seconds(server) == 365 * 24 * 3600
    monkeypatch.setenv("BERSINAR_HSTS_DAYS", "setahun")
    with pytest.raises(ImproperlyConfigured, match="BERSINAR_HSTS_DAYS"):
        shape.hsts_seconds(server)


def test_on_one_pc_both_may_be_shown(tmp_path):
    shape.check(shape.read(tmp_path), debug=True, demo=True)
