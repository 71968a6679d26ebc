"""The shared parts in a real browser, under the real content policy: accessible, in place, and alive."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from bersinar.access import ANONYMOUS
from tests.ui.pages import sample

pytestmark = pytest.mark.browser

ERROR = {"status": 404, "code": "not_found", "sentence": "Halaman ini tidak ada.", "can": {}, "river": []}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


class Site:
    """Answers the browser from memory; anything it does not know is a miss."""

    def __init__(self) -> None:
        self.pages = {
            "/contoh/": sample("kategori=WASPADA"),
            "/galat/": render_to_string("ui/error.html", {**ERROR, "actor": ANONYMOUS}),
            "/kedaluwarsa/": render_to_string("ui/error.html", {**ERROR, "code": "csrf", "actor": ANONYMOUS}),
        }
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        self.policy = "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())
        self.files: dict[str, tuple[bytes, str]] = {}
        self.misses: list[str] = []
        self.posts: list[str] = []
        for name in {name for page in self.pages.values() for name in re.findall(r'"(/static/[^"]+)"', page)}:
            answer = Client().get(name)
            self.files[name] = (b"".join(answer), answer.headers["Content-Type"])

    def answer(self, route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.posts.append(path)
            route.abort()
        elif path in self.pages:
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": self.policy}
            route.fulfill(body=self.pages[path], headers=headers)
        elif path in self.files:
            body, kind = self.files[path]
            route.fulfill(body=body, content_type=kind)
        else:
            self.misses.append(path)
            route.fulfill(status=404)


@pytest.fixture(scope="module")
def site() -> Site:
    return Site()


@pytest.fixture
def open_page(chromium, site):
    contexts = []

    def opened(path, *, size="desktop", scheme="light"):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", site.answer)
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"http://bersinar.test{path}", wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/contoh/", "/galat/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_has_no_barrier_that_axe_finds(open_page, site, path, scheme, size):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(path, size=size, scheme=scheme)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert page.complaints == []
    assert site.misses == []


def test_it_closes_a_message(open_page):
    page = open_page("/contoh/")
    page.locator(".toast--error").get_by_role("button", name="Tutup").click()
    assert page.locator(".toast--error").count() == 0


def test_it_sorts_nihil_as_zero_and_missing_values_last_both_ways(open_page):
    page = open_page("/contoh/")
    while page.locator("[data-dismiss]").count():
        page.locator("[data-dismiss]").first.click()
    orders = []
    for _ in range(2):
        page.get_by_role("button", name="Warga").click()
        orders.append([text.split("\n")[0] for text in page.locator("#desa tbody th").all_inner_texts()])
    assert orders == [
        ["Desa B", "Desa C", "Desa D", "Desa A", "Desa E"],
        ["Desa A", "Desa D", "Desa C", "Desa B", "Desa E"],
    ]
    assert page.locator('th[aria-sort="descending"]').inner_text() == "Warga"


def test_it_narrows_the_rows_while_one_types(open_page):
    page = open_page("/contoh/")
    page.get_by_label("Saring", exact=True).fill("badau")
    assert page.locator("#desa tbody tr:visible").count() == 2


def test_it_sends_a_form_once_however_often_it_is_tapped(open_page, site):
    page = open_page("/contoh/")
    site.posts.clear()
    page.evaluate(
        "() => { const form = document.querySelector('form[action$=\"kembali/\"]');"
        " for (let n = 0; n < 3; n++) form.requestSubmit(); }"
    )
    page.wait_for_timeout(200)
    assert site.posts == ["/janji/1/kembali/"]


def test_it_leaves_the_words_about_mistakes_to_the_page(open_page, site):
    page = open_page("/contoh/")
    site.posts.clear()
    page.locator("main form.card input:not([type=hidden])").first.fill("")
    page.locator("main form.card button[type=submit]").first.click()
    page.wait_for_timeout(200)
    assert site.posts == ["/contoh/"]


def type_and_send(page):
    page.locator("main form.card textarea").first.fill("ketikan yang belum sampai")
    page.evaluate("document.querySelector('main form.card').requestSubmit()")
    page.wait_for_timeout(200)


def test_it_brings_back_what_was_typed_when_the_session_ended_before_it_arrived(open_page):
    page = open_page("/contoh/")
    type_and_send(page)
    page.goto("http://bersinar.test/kedaluwarsa/")
    page.goto("http://bersinar.test/contoh/")
    page.locator("[data-kept]").wait_for()
    assert page.locator("main form.card textarea").first.input_value() == "ketikan yang belum sampai"


def test_it_forgets_what_was_typed_once_another_page_answered(open_page):
    page = open_page("/contoh/")
    type_and_send(page)
    page.goto("http://bersinar.test/galat/")
    page.goto("http://bersinar.test/kedaluwarsa/")
    page.goto("http://bersinar.test/contoh/", wait_until="networkidle")
    assert page.locator("[data-kept]").is_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_it_opens_folded_parts_on_paper(open_page):
    page = open_page("/contoh/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".print-only").is_visible()
    assert not page.locator(".river").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_it_reaches_the_content_with_the_first_key(open_page):
    page = open_page("/contoh/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
