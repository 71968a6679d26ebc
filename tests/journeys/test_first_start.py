"""What a server must be able to do in the very start that told the story: nobody starts it twice to make it work."""

from __future__ import annotations

import re

import pytest

from tests.support.web import Web

pytestmark = pytest.mark.server


def test_a_letter_not_printed_before_is_printed(demo_server):
    """The story printed letters, too; typst must not wait for threads that stayed behind with it."""
    web = Web(demo_server.url)
    web.sign_in("p2m", demo_server.passwords()["p2m"])
    meeting = re.findall(r'href="/kegiatan/(\d+)/"', web.get("/kegiatan/").text)[0]
    letter = web.post(f"/kegiatan/{meeting}/daftar-hadir/", {})
    assert letter.path.startswith("/surat/")
    assert web.get(f"{letter.path}surat.pdf").content.startswith(b"%PDF")
