"""Static files: lasting names after collectstatic, plain names before it, and the weight of a page."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.test import override_settings

from bersinar.ui.storage import LastingNames
from tests.ui.pages import sample

STATIC = Path(__file__).parents[2] / "bersinar" / "ui" / "static"
FIRST_PAGE, LATER_PAGE = 120_000, 30_000  # bytes over the line


def test_it_uses_plain_names_until_files_are_collected(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path):
        assert LastingNames().url("ui/looks.css") == "/static/ui/looks.css"


def test_it_puts_the_content_into_the_name_afterwards(tmp_path):
    (tmp_path / "a.css").write_text("a{color:red}")
    with override_settings(STATIC_ROOT=tmp_path):
        storage = LastingNames()
        list(storage.post_process({"a.css": (storage, "a.css")}))
        assert storage.url("a.css") != "/static/a.css"
        assert (tmp_path / storage.stored_name("a.css")).exists()
        assert storage.url("later.css") == "/static/later.css"


def test_it_stays_within_the_budget_of_a_page():
    page = len(gzip.compress(sample().encode()))
    files = [file for file in STATIC.rglob("ui/*") if file.is_file()]
    files_weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    font = STATIC / "dist" / "fonts" / "plus-jakarta-sans.woff2"
    assert page <= LATER_PAGE
    assert page + files_weight + (font.stat().st_size if font.exists() else 35_000) <= FIRST_PAGE
