"""The pages of collecting in a real browser: without barriers, inside the screen, and a sheet that saves by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyotp
import pytest

from tests.fieldwork.office_server import PASSWORD

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).resolve().parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
GRID = "/data/putaran/1/isi/"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The address of a small office of this module alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BERSINAR_")}
    environment["BERSINAR_DATA"] = str(tmp_path_factory.mktemp("office"))
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.fieldwork.office_server"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield f"http://127.0.0.1:{int(running.stdout.readline())}"
    running.kill()
    running.wait()


@pytest.fixture(scope="module")
def logged_in(chromium, office):
    """`logged_in("mira")`: the cookies of that person, asked for once."""
    known = {}

    def state(username):
        if username not in known:
            context = chromium.new_context(base_url=office)
            page = context.new_page()
            page.goto("/akun/masuk/?next=/data/")
            page.locator("[name=username]").fill(username)
            page.locator("[name=password]").fill(PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url("**/pasang/")
            secret = re.findall(r"secret=(\w+)", page.content())[0]
            page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
            page.get_by_role("button", name="Pasang dan masuk").click()
            page.wait_for_url("**/kode-pemulihan/")
            known[username] = context.storage_state()
            context.close()
        return known[username]

    return state


@pytest.fixture
def open_page(chromium, office, logged_in):
    contexts = []

    def opened(address, *, who="mira", size="desktop", scheme="light"):
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=office,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            storage_state=logged_in(who),
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: "Content Security" in told.text and page.complaints.append(told.text))
        page.goto(address, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def grid(open_page):
    return open_page(GRID)


def boxes(page, column):
    """The boxes of one column, from the top."""
    return page.locator(f"tbody tr td:nth-child({column + 1}) input.box")


def saved(page):
    from playwright.sync_api import expect

    expect(page.locator(".box[data-wait]")).to_have_count(0, timeout=60_000)


def stored(open_page, row, column):
    """What a page that was opened afresh shows there."""
    return boxes(open_page(GRID), column).nth(row).input_value()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_it_has_no_barrier_that_axe_finds(open_page, size, scheme):
    from axe_playwright_python.sync_playwright import Axe

    addresses = ["/data/", "/data/putaran/buka/", GRID, "/data/berkas/1/", "/data/berkas/2/"]
    addresses += [f"/data/putaran/1/{step}" for step in ("", "unggah/", "berkas-lain/")]
    addresses += [f"/data/berkas-lain/1/{step}/" for step in ("lembar", "kolom", "desa", "arti", "periksa")]
    village = open_page(GRID).locator("tbody th a").first.get_attribute("href")
    addresses += [village, village.replace("/isi/", "/desa/")]
    wrong = []
    for address in addresses:
        page = open_page(address, size=size, scheme=scheme)
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        wrong += [(address, one["id"], one["nodes"][0]["html"]) for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > SIZES[size][0]:
            wrong.append((address, "wider than the screen"))
        if page.locator(".btn--go:visible").count() > 1:
            wrong.append((address, "more than one yellow button"))
        wrong += [(address, complaint) for complaint in page.complaints]
        page.close()
    assert wrong == []


def test_it_saves_on_enter_arrows_and_tab_and_moves_like_a_spreadsheet(grid, open_page):
    boxes(grid, 2).nth(1).click()
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    grid.keyboard.type("nihil")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.type("2")
    grid.keyboard.press("Tab")
    grid.keyboard.type("belum: desa belum menjawab")
    grid.keyboard.press("Tab")
    saved(grid)
    assert [boxes(grid, 2).nth(row).get_attribute("data-state") for row in (1, 2, 3)] == [
        "TERISI",
        "NIHIL",
        "TERISI",
    ]
    fresh = open_page(GRID)
    assert [boxes(fresh, 2).nth(row).input_value() for row in (1, 2, 3)] == ["5", "nihil", "2"]
    assert boxes(fresh, 3).nth(3).input_value() == "belum: desa belum menjawab"
    assert grid.complaints == []


def test_it_says_what_is_wrong_and_stores_nothing(grid, open_page):
    box = boxes(grid, 1).nth(6)
    box.fill("12 org")
    grid.keyboard.press("Tab")
    grid.wait_for_selector("[data-problems] li")
    assert "Tulis angka saja" in grid.locator("[data-problems]").inner_text()
    assert box.get_attribute("aria-invalid") == "true"
    assert stored(open_page, 6, 1) == ""
    box.fill("12")
    grid.keyboard.press("Tab")
    saved(grid)
    assert grid.locator("[data-problems] li").count() == 0
    assert stored(open_page, 6, 1) == "12"


@pytest.mark.parametrize(
    ("row", "choice", "kept"), [(7, "Pakai isian saya", "5"), (8, "Biarkan yang tersimpan", "3")]
)
def test_it_shows_both_values_when_somebody_was_faster(grid, open_page, row, choice, kept):
    other = open_page(GRID, who="dodi")
    boxes(other, 1).nth(row).fill("3")
    other.keyboard.press("Tab")
    saved(other)
    boxes(grid, 1).nth(row).fill("5")
    grid.keyboard.press("Tab")
    grid.wait_for_selector("[data-problems] li")
    told = grid.locator("[data-problems]").inner_text()
    assert "Anda mengetik “5”" in told and "Uji dodi menyimpan “3”" in told
    grid.get_by_role("button", name=choice).click()
    saved(grid)
    assert (boxes(grid, 1).nth(row).input_value(), stored(open_page, row, 1)) == (kept, kept)


def test_it_keeps_what_was_typed_while_the_line_is_cut_and_sends_it_once(grid, open_page):
    sent = []

    def cut(route):
        route.abort()

    def lose_the_answer(route):
        sent.append(route.request.post_data)
        route.fetch()
        route.abort()

    cells = "**/data/putaran/1/sel/"
    grid.route(cells, cut)
    box = boxes(grid, 1).nth(9)
    box.fill("7")
    grid.keyboard.press("Tab")
    grid.locator("[data-status]", has_text="terputus").wait_for()
    assert stored(open_page, 9, 1) == ""
    # The server stores, but its answer is lost on the way: the same key is sent again and stores nothing more.
    grid.unroute(cells)
    grid.route(cells, lose_the_answer)
    with grid.expect_event("requestfailed"):
        grid.evaluate("dispatchEvent(new Event('online'))")
    grid.unroute(cells)
    with grid.expect_request(cells) as again:
        grid.evaluate("dispatchEvent(new Event('online'))")
    saved(grid)
    assert again.value.post_data == sent[0]
    village = grid.locator("tbody th a").nth(9).get_attribute("href").replace("/isi/", "/desa/")
    origin = open_page(village).locator("#P1")
    assert "7" in origin.locator(".figure").inner_text()
    assert origin.locator(".earlier li").count() == 0


def test_it_takes_the_last_value_back(grid, open_page):
    box = boxes(grid, 1).nth(10)
    box.fill("5")
    grid.keyboard.press("Tab")
    saved(grid)
    grid.get_by_role("button", name="Urungkan").click()
    grid.locator(f"#{box.get_attribute('id')}[data-state='']").wait_for()
    assert box.input_value() == ""
    village = grid.locator("tbody th a").nth(10).get_attribute("href").replace("/isi/", "/desa/")
    origin = open_page(village).locator("#P1")
    assert "belum diisi" in origin.inner_text()
    origin.locator("summary").click()
    assert "ditarik" in origin.locator(".earlier").inner_text()


def test_it_fills_a_box_with_one_choice(grid, open_page):
    boxes(grid, 1).nth(11).click()
    grid.get_by_label("Isi cepat untuk").select_option("nihil")
    saved(grid)
    assert stored(open_page, 11, 1) == "nihil"
