"""It keeps the budgets of bytes: 120 kB for the first page with all it needs, 30 kB for each page after it.

Counted over HTTP from a server started as a person starts it, as a browser with an empty cache would fetch it. Pages
with a map are measured without their budget: a map is a picture, not a page.
"""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from bersinar.access.urls import patterns
from tests.support.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("page weight")]

FIRST_PAGE, LATER_PAGE = 120_000, 30_000
NAMED = re.compile(rb'(?:href|src)="(/static/[^"]+)"|url\("?([^")]+\.woff2)')


class Reader:
    """A browser as far as bytes go: it keeps cookies and files, and adds up what came over the line."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kept: set[str] = set()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def page(self, path: str) -> tuple[int, bytes]:
        """How many bytes the page and its new files took, and the page."""
        weight, text = self._fetch(path)
        for name in sorted(self._named(text, path) - self.kept):
            self.kept.add(name)
            weight += self._fetch(name)[0]
        return weight, text

    def log_in(self, username: str, password: str) -> None:
        _weight, door = self._fetch("/akun/masuk/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', door)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1].decode(), "username": username, "password": password}
        request = urllib.request.Request(self.address + "/akun/masuk/", urlencode(fields).encode())
        request.add_header("Referer", self.address)
        with self._open(request, timeout=60) as answer:
            assert answer.url != self.address + "/akun/masuk/", "not logged in"

    def _named(self, text: bytes, path: str) -> set[str]:
        names = {found[0].decode() for found in NAMED.findall(text) if found[0]}
        for sheet in [name for name in names if name.endswith(".css")]:
            folder = sheet.rpartition("/")[0]
            inside = NAMED.findall(self._fetch(sheet)[1])
            names |= {f"{folder}/{found[1].decode()}" for found in inside if found[1]}
        return {name.partition("#")[0] for name in names}

    def _fetch(self, path: str) -> tuple[int, bytes]:
        request = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "gzip"})
        with self._open(request, timeout=60) as answer:
            sent = answer.read()
            return len(sent) + len(str(answer.headers)), _unpacked(answer, sent)


def _unpacked(answer: HTTPResponse, sent: bytes) -> bytes:
    return gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent


def pages() -> list[str]:
    """Every address that needs no argument."""
    return sorted({f"/{where}" for where, _pattern in patterns() if "<" not in where})


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("weight")).start()
    yield running
    running.stop()


@pytest.fixture
def reader(server):
    return Reader(server.url)


@pytest.fixture
def officer(reader, server):
    """A P2M officer with an empty cache."""
    passwords = server.passwords()
    name = next(name for name in passwords if "p2m" in name)
    reader.log_in(name, passwords[name])
    return reader


def test_the_door_stays_within_the_budget_of_a_first_page(reader):
    weight, _page = reader.page("/akun/masuk/")
    assert 20_000 < weight <= FIRST_PAGE


def test_home_stays_within_the_budget_of_a_first_page(officer):
    weight, _page = officer.page("/")
    assert 20_000 < weight <= FIRST_PAGE


def test_every_other_page_stays_within_the_budget_of_a_later_page(officer):
    officer.page("/")
    heavy, seen = {}, 0
    for path in pages():
        try:
            weight, page = officer.page(path)
        except urllib.error.HTTPError as refused:
            # Not this person's, nothing there yet, or an address that only takes a form.
            if refused.code not in (403, 404, 405):
                raise
            continue
        if page[:15].lower() == b"<!doctype html>":
            seen += 1
            if weight > LATER_PAGE:
                heavy[path] = weight
    assert heavy == {}
    assert seen > 10


def test_the_page_of_a_village_stays_within_the_budget_of_a_later_page(officer):
    officer.page("/")
    weight, _page = officer.page(reverse("reporting:village", args=["19.02.04.2005"]))
    assert weight <= LATER_PAGE
