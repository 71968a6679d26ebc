"""Every page that an officer, the head and the administrator can reach from home, on a phone and on a desktop.

Links are followed as a person would follow them. Of pages that differ only in their number (88 villages, 3 years)
one is opened, and one more with something chosen in its filters.
"""

from __future__ import annotations

from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OF_EACH_KIND = 1
WIDTHS = {"phone": 390, "desktop": 1280}


def kind_of(address: str) -> tuple[str, bool] | None:
    """Which page an address is, whatever its number, and whether something is chosen in its filters."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found.view_name, bool(parts.query)


def addresses_on(page) -> list[str]:
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    home = urlsplit(page.url).netloc
    found = []
    for link in links:
        parts = urlsplit(urljoin(page.url, link))
        if parts.scheme.startswith("http") and parts.netloc == home:
            found.append(parts._replace(fragment="", scheme="", netloc="").geturl())
    return found


def walk(page, look) -> Counter:
    """Open pages breadth first; `look` says what is wrong with the one that stands open."""
    waiting, known, opened = deque(["/"]), {"/"}, Counter()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or opened[kind] >= OF_EACH_KIND:
            continue
        answer = page.request.get(address, max_redirects=0)
        if answer.status in (301, 302):
            waiting.appendleft(answer.headers["location"])
            continue
        opened[kind] += 1
        if not answer.headers.get("content-type", "").startswith("text/html"):
            assert answer.ok, (address, answer.status)
            continue
        page.goto(address, wait_until="load")
        look(address, answer.status)
        for link in addresses_on(page):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return opened


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("username", ["p2m.khusus", "kepala", "admin"])
def test_every_page_is_accessible_in_place_and_quiet(person, username, size):
    from axe_playwright_python.sync_playwright import Axe

    page, axe, wrong = person(username, size), Axe(), []

    def look(address, status):
        if status != 200:
            wrong.append(f"{address}: {status}")
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
        wrong.extend(f"{address}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in found)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > WIDTHS[size]:
            wrong.append(f"{address}: {wide} px lebar")
        if "contoh" not in page.inner_text("body").casefold():
            wrong.append(f"{address}: does not say that it is a demo")
        wrong.extend(f"{address}: {complaint}" for complaint in page.complaints)
        page.complaints.clear()

    opened = walk(page, look)
    assert not wrong, "\n".join(wrong)
    # Somebody who reaches next to nothing would pass all of the above.
    assert len(opened) >= (4 if username == "admin" else 20), opened


@pytest.mark.parametrize("username", ["penindakan", "rehabilitasi"])
def test_other_sections_reach_their_own_pages_only(person, username):
    page, wrong = person(username, "phone"), []
    opened = walk(page, lambda address, status: status == 200 or wrong.append(f"{address}: {status}"))
    assert not wrong, "\n".join(wrong)
    assert not {
        kind for kind, _query in opened if kind.startswith(("targeting:", "programme:", "documents:"))
    }
