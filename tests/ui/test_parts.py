"""The parts every stage shares: what they say, and what they leave out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from bersinar.access import ANONYMOUS
from bersinar.ui.templatetags.bersinar import address, undo_address
from tests.ui.pages import sample

UI = Path(__file__).parents[2] / "bersinar" / "ui"
SPRITE = (UI / "templates" / "ui" / "parts" / "sprite.html").read_text()


def test_it_shows_the_seven_steps_and_marks_the_current_one():
    page = sample()
    river = page[page.index('class="river"') : page.index("</nav>")]
    assert re.findall(r'<i aria-hidden="true">(\d)</i>', river) == ["1", "2", "3", "4", "5", "6", "7"]
    assert river.count('aria-current="page"') == 1
    assert "Hasil<small>menyusul</small></span>" in " ".join(river.split())


def test_it_says_of_a_step_that_it_is_not_for_this_role():
    shut = {"number": 1, "label": "Data", "url": None, "current": False, "coming": False}
    river = render_to_string("ui/parts/river.html", {"river": [shut]})
    assert "tidak untuk peran Anda" in river
    assert "menyusul" not in river


def test_it_says_data_contoh_on_every_page_of_a_demo():
    assert "DATA CONTOH" in sample()
    assert 'class="demo"' in sample()


def test_it_logs_out_by_a_form_that_posts():
    assert re.search(
        r'<form method="post" action="[^"]*keluar/">\s*<input type="hidden" name="csrf', sample()
    )


def test_it_leads_from_each_error_to_its_field():
    page = sample()
    for field in ("id_year", "id_sure"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}"' in page
    assert 'aria-describedby="id_year_helptext id_year_error"' in page
    assert 'id="id_year_error"' in page


def test_it_never_shows_a_missing_value_as_nothing_or_zero():
    page = sample()
    assert "belum diisi" in page
    assert "Menunggu Polres" in page
    assert "nihil" in page


def test_it_gives_a_category_word_shape_and_colour():
    page = sample()
    for key, word in (("bahaya", "Bahaya"), ("buka", "Belum dapat ditentukan")):
        badge = re.search(rf'<span class="cat c-{key}">(.*?)</span>', page, re.DOTALL)
        assert badge is not None
        assert f"#m-{key}" in badge[1]
        assert word in badge[1]
    assert "mungkin Siaga atau Waspada" in page


def test_it_keeps_the_filters_when_it_turns_a_page():
    page = sample("kategori=WASPADA&hal=2")
    assert 'href="?kategori=WASPADA&amp;hal=3"' in page


def test_it_changes_one_value_of_the_address():
    request = RequestFactory().get("/?a=1&b=2")
    assert address({"request": request}, "b", 3) == "?a=1&b=3"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [("undo:/a/1/", "/a/1/"), ("undo://jahat.example/", ""), ("undo:https://x.example", ""), ("", "")],
)
def test_it_offers_undo_only_at_an_address_of_its_own(tags, expected):
    assert undo_address(Message(25, "Dihapus.", extra_tags=tags)) == expected


def test_it_explains_an_error_without_a_request_or_a_session():
    context = {"status": 500, "code": "server_error", "sentence": "Coba lagi.", "actor": ANONYMOUS}
    page = render_to_string("ui/error.html", {**context, "can": {}, "river": []})
    assert "Coba lagi." in page
    assert "Kode 500, server_error" in page
    assert "csrf" not in page


def test_it_has_a_symbol_for_every_mark_that_the_templates_use():
    known = set(re.findall(r'<(?:symbol|pattern) id="([^"]+)"', SPRITE))
    used = set()
    for file in UI.parent.rglob("templates/**/*.html"):
        used |= {name for name in re.findall(r'<use href="#([^"]+)"', file.read_text()) if "{" not in name}
    assert used - known == set()


def test_it_needs_no_inline_style_script_or_handler():
    for text in (sample(), *(file.read_text() for file in UI.rglob("templates/**/*.html"))):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)|javascript:", text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
