"""A browser makes a key for this PC and uses it where the second factor is asked for again."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium, demo_server):
    """At http://localhost, where browsers give keys; with a key holder in the browser itself."""
    context = chromium.new_context(base_url=f"http://localhost:{demo_server.port}", locale="id-ID")
    page = context.new_page()
    page.goto("/akun/masuk/")
    page.get_by_label("Nama pengguna").fill("p2m")
    page.get_by_label("Kata sandi").fill(demo_server.passwords()["p2m"])
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")
    yield page
    context.close()


def hold_keys(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return devtools


def test_a_key_is_made_and_proves_who_sits_at_the_pc(page):
    hold_keys(page)
    page.goto("/akun/keamanan/kunci/")
    page.get_by_label("Nama kunci").fill("PC kantor")
    page.get_by_role("button", name="Buat kunci").click()
    # The first second factor of this person, so codes for paper come with it.
    page.wait_for_url("**/kode-pemulihan/")
    assert page.locator(".codes code").count() == 10
    page.goto("/akun/bukti/?next=/akun/keamanan/")
    page.get_by_role("button", name="Pakai kunci masuk").click()
    page.wait_for_url("**/akun/keamanan/")
    assert "Kunci masuk: PC kantor" in page.content() and "terakhir dipakai" in page.content()


def test_a_number_in_the_address_is_told_where_keys_are(page, demo_server):
    page.goto(f"http://127.0.0.1:{demo_server.port}/akun/masuk/")
    page.get_by_label("Nama pengguna").fill("kepala")
    page.get_by_label("Kata sandi").fill(demo_server.passwords()["kepala"])
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/")
    page.goto(f"http://127.0.0.1:{demo_server.port}/akun/keamanan/kunci/")
    assert page.get_by_role("link", name=f"http://localhost:{demo_server.port}/").is_visible()
    assert page.get_by_role("button", name="Buat kunci").count() == 0
