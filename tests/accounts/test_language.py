"""It speaks Indonesian until this browser chooses otherwise, and goes back to where one was."""

import pytest
from django.test import Client
from django.urls import reverse

from bersinar.ui import catalogue

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en"}


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    if not catalogue.is_current():
        catalogue.compile_all()


def door(client, **headers):
    return client.get(reverse("accounts:login"), **headers).content.decode()


def choose(client, language, target):
    return client.post(reverse("accounts:language"), {"language": language, "next": target})


def test_it_speaks_indonesian_whatever_the_browser_prefers():
    page = door(Client(), **ENGLISH)
    assert '<html lang="id">' in page
    assert "Kata sandi" in page


def test_it_speaks_english_after_one_click_and_indonesian_after_another():
    client = Client()
    assert choose(client, "en", "/akun/masuk/?next=/peta/").headers["Location"] == "/akun/masuk/?next=/peta/"
    page = door(client)
    assert '<html lang="en">' in page
    assert "Password" in page
    choose(client, "id", "/")
    assert '<html lang="id">' in door(client)


@pytest.mark.parametrize("target", ["//example.org/", "https://example.org/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_site(target):
    assert choose(Client(), "en", target).headers["Location"] == "/"


@pytest.mark.parametrize("chosen", ["", "xx", "en\r\nSet-Cookie: a=b", "e" * 10_000])
def test_it_ignores_a_language_it_does_not_know(chosen):
    client = Client()
    choose(client, chosen, "/")
    assert "bahasa" not in client.cookies
    client.cookies["bahasa"] = "xx"
    assert '<html lang="id">' in door(client)


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["kata", "reporting:tidak-ada", "'", "//evil.example"])
def test_a_way_back_that_is_no_path_leads_home(client, target):
    """Found by wapiti: a bare word was taken for the name of a page."""
    answer = client.post(reverse("accounts:language"), {"language": "id", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
