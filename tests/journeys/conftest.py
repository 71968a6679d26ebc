"""A demo started as a person starts it, and real browsers that walk through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.server import Server

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory) -> Iterator[Server]:
    """The Belitung demo, built by its own start."""
    server = Server(tmp_path_factory.mktemp("demo-server")).start()
    yield server
    server.stop()


@pytest.fixture
def person(chromium, demo_server) -> Iterator[Callable]:
    """`person("kepala", "phone")`: a page of a browser in which that demo account has logged in."""
    contexts = []

    def opened(username: str, size: str, *, scheme: str = "light"):
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=demo_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="id-ID",
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("requestfailed", lambda request: page.complaints.append(f"{request.failure} {request.url}"))
        page.goto("/akun/masuk/")
        page.get_by_label("Nama pengguna").fill(username)
        page.get_by_label("Kata sandi").fill(demo_server.passwords()[username])
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/")
        return page

    yield opened
    for context in contexts:
        context.close()
