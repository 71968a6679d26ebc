"""It answers every address with a page or a refusal, whatever somebody writes into it or behind its question mark."""

import re
from pathlib import Path

import pytest
from django.test import Client

from bersinar.access.urls import patterns
from bersinar.accounts.models import User
from bersinar.ui import address
from tests.support.crawl import reachable

BERSINAR = Path(__file__).resolve().parents[2] / "bersinar"
# Wherever code reads a key of the address: request.GET, a query handed on to filters, or a helper of a stage.
READ = re.compile(r"""(?:GET|query)(?:\.get|\.getlist)?[(\[]\s*"([\w-]+)"|_asked\(request, "([\w-]+)"\)""")
DIGITS = "9" * 5000
ABSURD = {
    "more digits than Python reads": DIGITS,
    "more digits than a database holds": "9" * 30,
    "negative": "-1",
    "NUL": "a\0b",
    "a digit that is no number": "²٢",
    "signs of patterns and pages": "(a+)+$%_'\"<>",
}


def keys(app="*"):
    texts = [path.read_text(encoding="utf-8") for path in BERSINAR.glob(f"{app}/**/*.py")]
    return sorted({name for text in texts for match in READ.findall(text) for name in match if name})


@pytest.fixture(scope="module")
def pages(told):
    """One page of each kind that the pages of these positions lead to, with whoever opened it."""
    found = {}
    for username in ("p2m.khusus", "kepala", "admin"):
        browser = Client(raise_request_exception=False)
        browser.force_login(User.objects.get(username=username))
        for page in reachable(browser, of_each_kind=1):
            if page.method == "get":
                found.setdefault(page.view, (browser, page.path))
    return found


def failing(asked):
    return [
        f"{path}?{query!s:.80}"
        for browser, path, query in asked
        if browser.get(path, query).status_code >= 500
    ]


def test_it_knows_the_keys_of_the_code():
    assert {"tahun", "hal", "susulan", "kantor", "urut", "cari", "saring", "next", "q"} <= set(keys())


@pytest.mark.django_db
@pytest.mark.parametrize("value", ABSURD.values(), ids=ABSURD)
def test_no_page_fails_when_every_key_is_absurd(scene, pages, value):
    assert len(pages) > 40
    assert not failing((*page, dict.fromkeys(keys(), value)) for page in pages.values())


@pytest.mark.django_db
@pytest.mark.parametrize("value", [DIGITS, "a\0b"], ids=["digits", "NUL"])
def test_no_page_fails_for_one_absurd_key_of_its_stage(scene, pages, value):
    asked = [(*page, {key: value}) for view, page in pages.items() for key in keys(view.partition(":")[0])]
    assert len(asked) > 100
    assert not failing(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [10**30, 2**63, 2**63 - 1, 0])
def test_no_address_fails_for_an_absurd_number_in_it(scene, number):
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get(username="p2m.khusus"))
    parts = {
        "int": str(number),
        "str": "a\0b%00",
        "slug": "-",
        "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    }
    paths = [
        "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda match: parts[match[1] or "str"], where).replace("\\Z", "")
        for where, _pattern in patterns()
    ]
    assert not failing((browser, path, {}) for path in paths)


@pytest.mark.parametrize(
    "text", [DIGITS, "9" * 19, "-1", "", " 1", "1 ", "1_0", "+1", "٢", "²", "1.0", "a\0b"]
)
def test_it_reads_whole_numbers_only(text):
    assert address.whole_number(text) is None


def test_it_reads_a_number_between_its_bounds():
    assert address.whole_number("007") == 7
    assert (address.year("2023"), address.year("1999"), address.year("20230")) == (2023, None, None)
    assert address.whole_number("9" * 18) == 10**18 - 1
