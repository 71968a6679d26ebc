"""Every parameter the pages of one person offer: what stands behind question marks and in forms."""

from __future__ import annotations

import re
import urllib.parse
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.support.web import Web

_MOST_PAGES = 150
# These end the session or the account everything else is tried with.
_LEFT_OUT = ("/akun/keluar/", "/akun/sandi/", "/akun/masuk/")
_NUMBER = re.compile(r"\d[\d.]*")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request with parameters, and the page it stands on."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    page: str

    def data(self) -> str:
        return urllib.parse.urlencode([*self.fields, ("csrfmiddlewaretoken", "x")])


@dataclass(slots=True)
class _Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[_Form] = []
        self._form: _Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self._form = _Form(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None and _is_control(tag, given):
            self._form.fields.setdefault(given["name"], given.get("value", "") or "1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def _is_control(tag: str, given: dict[str, str]) -> bool:
    named = tag in ("input", "select", "textarea", "button") and bool(given.get("name"))
    return named and given.get("type") != "file"


def survey(web: Web, *, most: int) -> list[Ask]:
    """Breadth first from home; of requests that differ only in their numbers one of each kind."""
    waiting, pages, found = deque(["/"]), set(), {}
    while waiting and len(pages) < _MOST_PAGES:
        path = waiting.popleft()
        where = urllib.parse.urlsplit(path)
        if _kind("page", path) in pages or where.path in _LEFT_OUT:
            continue
        pages.add(_kind("page", path))
        answer = web.get(path)
        if answer.status != 200 or b"<html" not in answer.content[:400]:
            continue
        page = _Page()
        page.feed(answer.content.decode("utf-8", "replace"))
        for link in page.links:
            whole = urllib.parse.urljoin(path, link)
            if whole.startswith("/") and not whole.startswith("//"):
                waiting.append(whole.partition("#")[0])
        for ask in _asks(path, page):
            found.setdefault(_kind(ask.method, ask.path, *(name for name, _value in ask.fields)), ask)
    return list(found.values())[:most]


def _asks(path: str, page: _Page) -> list[Ask]:
    here = urllib.parse.urlsplit(path)
    found = []
    if here.query:
        found.append(Ask("get", path, tuple(urllib.parse.parse_qsl(here.query)), path))
    elif re.search(r"/\d\d\.\d\d", here.path):
        # A code in the path is a parameter too; sqlmap puts its text where the star stands.
        found.append(Ask("get", re.sub(r"(\d\d\.[\d.]+)", r"\1*", here.path, count=1), (("kode", ""),), path))
    for form in page.forms:
        action = urllib.parse.urljoin(here.path, form.action or here.path)
        fields = tuple((name, value) for name, value in form.fields.items() if name != "csrfmiddlewaretoken")
        if action.startswith(_LEFT_OUT) or not fields:
            continue
        if form.method == "get":
            found.append(Ask("get", f"{action}?{urllib.parse.urlencode(fields)}", fields, path))
        else:
            found.append(Ask("post", action, fields, path))
    return found


def _kind(method: str, path: str, *names: str) -> str:
    parts = urllib.parse.urlsplit(path)
    keys = sorted(name for name, _value in urllib.parse.parse_qsl(parts.query))
    return (
        f"{method} {_NUMBER.sub('N', parts.path)} {keys} {sorted(_NUMBER.sub('N', name) for name in names)}"
    )
