"""It lets in only who may come by this shape, and believes only a proxy it was told to trust."""

import ipaddress

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bersinar.config.door import DoorMiddleware
from bersinar.config.shape import Shape, Standing

PROXY = ipaddress.ip_network("10.9.0.0/24")
SERVER = Standing(
    Shape.SERVER, "https://bersinar.example.id", ("127.0.0.1", "localhost", "bersinar.example.id"), (PROXY,)
)
OFFICE = Standing(
    Shape.OFFICE_NETWORK, "https://192.168.1.10:8443", ("127.0.0.1", "localhost", "192.168.1.10")
)
TOLD = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7",
    "HTTP_X_FORWARDED_HOST": "evil.example",
}


@pytest.fixture
def seen(settings):
    """`seen(standing, REMOTE_ADDR=…)`: the answer, and the request as the pages see it (None when refused)."""

    def through(standing, *, secure=False, **meta):
        settings.BERSINAR_STANDING = standing
        passed = []

        def view(request):
            passed.append(request)
            return HttpResponse("ok")

        answer = DoorMiddleware(view)(RequestFactory().get("/", secure=secure, **meta))
        return answer, passed[0] if passed else None

    return through


def test_a_trusted_proxy_tells_scheme_and_address(seen):
    _answer, request = seen(SERVER, REMOTE_ADDR="10.9.0.2", **TOLD)
    assert request.is_secure()
    assert request.META["REMOTE_ADDR"] == "198.51.100.7"


@pytest.mark.parametrize("peer", ["10.9.1.2", "203.0.113.1", "127.0.0.1", ""])
def test_nobody_else_is_believed(seen, peer):
    answer, request = seen(SERVER, REMOTE_ADDR=peer, **TOLD)
    assert request is None and answer.status_code == 403
    assert "door.not_secure" in answer.content.decode()
    assert "https://bersinar.example.id" in answer.content.decode()


def test_no_page_ever_sees_a_forwarded_header(seen):
    for peer in ("10.9.0.2", "127.0.0.1"):
        for standing in (SERVER, OFFICE, Standing(Shape.ONE_PC)):
            more = {
                "HTTP_FORWARDED": "host=evil",
                "HTTP_X_REAL_IP": "1.2.3.4",
                "HTTP_X_ORIGINAL_URL": "/admin",
            }
            _answer, request = seen(standing, secure=True, REMOTE_ADDR=peer, **TOLD, **more)
            if request is not None:
                told = [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]
                assert not told and "HTTP_X_ORIGINAL_URL" not in request.META


def test_a_proxy_that_came_by_plain_http_is_refused(seen):
    answer, request = seen(SERVER, REMOTE_ADDR="10.9.0.2", HTTP_X_FORWARDED_PROTO="http")
    assert request is None and answer.status_code == 403


@pytest.mark.parametrize("peer", ["192.168.1.77", "10.0.0.5", "172.20.1.1", "127.0.0.1"])
def test_the_office_network_lets_its_own_devices_in(seen, peer):
    assert seen(OFFICE, secure=True, REMOTE_ADDR=peer)[1] is not None


@pytest.mark.parametrize("peer", ["203.0.113.9", "8.8.8.8", "", "fe80::1", "tidak"])
def test_the_office_network_lets_nobody_else_in(seen, peer):
    answer, request = seen(OFFICE, secure=True, REMOTE_ADDR=peer)
    assert request is None and "door.outside" in answer.content.decode()


def test_plain_http_is_refused_beyond_one_pc(seen):
    assert seen(OFFICE, REMOTE_ADDR="192.168.1.77")[1] is None
    assert seen(Standing(Shape.ONE_PC), REMOTE_ADDR="127.0.0.1")[1] is not None


@pytest.mark.django_db
def test_a_foreign_host_and_a_forwarded_one_are_no_address_of_ours():
    """Corpus 35: no link to somebody else's machine can be made."""
    assert Client().get("/akun/masuk/", HTTP_HOST="evil.example").status_code == 400
    page = Client().get("/akun/masuk/", HTTP_X_FORWARDED_HOST="evil.example")
    assert page.status_code == 200 and "evil.example" not in page.content.decode()
