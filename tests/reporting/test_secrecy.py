"""It tells nothing of the closed indicators to those without the right: no value, no count, no gap, no difference."""

import re

import pytest
from django.urls import reverse

from tests.reporting.conftest import SECRETS

pytestmark = pytest.mark.django_db
# Everybody who may open these pages without the right to the closed values.
WITHOUT = ["actor_p2m", "actor_head"]


def pages(released, village):
    run = released.run.pk
    return [
        "/",
        reverse("reporting:year", args=[2023]),
        reverse("reporting:village", args=[village.code]),
        reverse("reporting:map", args=[run]),
        reverse("reporting:map_svg", args=[run]),
        reverse("reporting:list") + "?tahun=semua",
    ]


@pytest.mark.parametrize("who", WITHOUT)
def test_no_page_shows_a_closed_value(client_as, released, formed, who):
    client = client_as(who)
    for address in pages(released, released.twins[0]):
        text = client.get(address).content.decode()
        for secret in SECRETS:
            assert not re.search(rf"(?<!\d){secret}(?!\d)", text), (address, secret)


def test_the_right_does_show_them(client_as, released):
    address = reverse("reporting:village", args=[released.twins[0].code])
    text = client_as("actor_p2m_cleared").get(address).content.decode()
    assert all(re.search(rf">\s*{secret}\s", text) for secret in SECRETS)


def told(client, village) -> str:
    """The page with whatever names the village, the session or the minute taken out."""
    text = client.get(reverse("reporting:village", args=[village.code])).content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"\d\d\.\d\d WI(B|TA|T)", "", text)
    for word in (village.code, village.name, village.name.replace(" ", "%20")):
        text = text.replace(word, "X")
    return re.sub(r"https://wa\.me/[^\"]*", "", text)


@pytest.mark.parametrize("who", WITHOUT)
def test_two_villages_that_differ_only_in_closed_indicators_have_the_same_page(client_as, released, who):
    client = client_as(who)
    first, second = (told(client, village) for village in released.twins)
    assert first == second


def test_with_the_right_their_pages_differ(client_as, released):
    client = client_as("actor_p2m_cleared")
    first, second = (told(client, village) for village in released.twins)
    assert first != second


@pytest.mark.parametrize("who", WITHOUT)
def test_no_page_counts_indicators_or_names_closed_ones(client_as, released, who):
    client = client_as(who)
    for village in (*released.twins, released.open):
        text = client.get(reverse("reporting:village", args=[village.code])).content.decode()
        assert "indikator pokok dan" not in text and 'class="you' not in text
        why = text[text.index('id="mengapa"') : text.index("Bagaimana angka ini dibuat?")]
        assert not re.search(r"\bP[345678]\b", why)
