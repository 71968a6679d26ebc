"""The help door hands out how to trust, takes nothing, and refuses everything else in a sentence."""

import http.client
import socket
import threading

import pytest

from bersinar.upkeep.lan import help_door
from bersinar.upkeep.lan.help_door import HelpDoor, Shown

SHOWN = {
    "/": Shown("text/html", b"langkah"),
    "/bersinar.crt": Shown("application/x-x509-ca-cert", b"der", "bersinar.crt"),
}


@pytest.fixture
def port():
    otherwise = help_door.refusal("https://192.168.1.10:8443/")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    door = HelpDoor("127.0.0.1", free, SHOWN, otherwise)
    yield free
    door.close()


def ask(port, method, path, body=None):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, path, body)
    answer = line.getresponse()
    return answer.status, dict(answer.headers), answer.read()


def test_it_hands_out_the_steps_and_the_certificate(port):
    assert ask(port, "GET", "/")[::2] == (200, b"langkah")
    status, headers, content = ask(port, "GET", "/bersinar.crt")
    assert (status, content) == (200, b"der")
    assert headers["Content-Disposition"] == 'attachment; filename="bersinar.crt"'
    assert headers["X-Content-Type-Options"] == "nosniff" and "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path", ["/akun/masuk/", "/bersinar.crt/..", "/%2e%2e/secret_key", "/../secret_key", "/?a=1"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_it_refuses_everything_else(port, method, path):
    status, headers, content = ask(port, method, path, b"kata=sandi" if method == "POST" else None)
    assert status == 403
    if method != "HEAD":
        assert "https://192.168.1.10:8443/" in content.decode() and "[door.not_secure]" in content.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_it_knows_no_other_verb(port):
    assert ask(port, "DELETE", "/")[0] == 501


def test_silent_connections_take_places_and_never_threads_without_end(port):
    before = threading.active_count()
    silent = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
    # Those beyond the places are closed at once; a closed one reads as empty.
    closed = [one for one in silent[30:] if one.recv(1) == b""]
    assert len(closed) == 30
    assert threading.active_count() - before <= help_door._AT_ONCE
    for one in silent:
        one.close()
