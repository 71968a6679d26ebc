"""It asks nobody outside: no part that answers a request holds a client of the network."""

import ast
import socket
from pathlib import Path

import pytest

from tests.support.no_network import OutboundRefused

PRODUCT = Path(__file__).resolve().parents[2] / "bersinar"
CLIENTS = {
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "socketserver",
}
# At set-up, before anybody asks: packages, fonts, and whether the port is taken.
AT_SETUP = {PRODUCT / "upkeep", PRODUCT / "ui" / "build.py"}
FILES = [path for path in sorted(PRODUCT.rglob("*.py")) if not AT_SETUP & {path, *path.parents}]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PRODUCT)))
def test_it_holds_no_client_of_the_network(path):
    assert not CLIENTS & set(imported(path))


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_whoever_asks_outside_while_tests_run_is_stopped(host):
    """The guard over this whole suite (tests/support/no_network.py) bites."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as line, pytest.raises(OutboundRefused):
        line.connect((host, 9))


def test_not_even_a_name_is_looked_up():
    with pytest.raises(OutboundRefused):
        socket.getaddrinfo("bersinar.example.id", 443)
