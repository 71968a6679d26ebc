"""Every address and every form that a person's pages lead to, found by following links with Django's client."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve


@dataclass(frozen=True, slots=True)
class Address:
    """A page or a form of the product, with what stands in its address."""

    path: str
    method: str
    view: str
    given: tuple[tuple[str, Any], ...]

    @property
    def kind(self) -> tuple[str, str]:
        return self.view, self.method


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append((given["href"] or "", "get"))
        elif tag == "form":
            self.found.append((given.get("action") or "", (given.get("method") or "get").lower()))
        elif tag == "button" and given.get("formaction"):
            self.found.append((given["formaction"] or "", "post"))


def address_of(path: str, method: str) -> Address | None:
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    return Address(parts.path, method, match.view_name, tuple(sorted(match.kwargs.items())))


def reachable(client: Client, *, of_each_kind: int = 2, start: str = "/") -> list[Address]:
    """Breadth first from home; of pages that differ only in their number a few of each kind."""
    waiting, seen, kinds, found = deque([(start, "get")]), set(), Counter(), []
    while waiting:
        path, method = waiting.popleft()
        address = address_of(path, method)
        if address is None or (address.path, method) in seen or kinds[address.kind] >= of_each_kind:
            continue
        seen.add((address.path, method))
        kinds[address.kind] += 1
        found.append(address)
        if method != "get":
            continue
        answer = client.get(path)
        if answer.status_code in (301, 302):
            waiting.append((answer.headers["Location"], "get"))
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            links = _Links()
            links.feed(answer.content.decode())
            waiting.extend((urljoin(path, link), method) for link, method in links.found)
    return found
