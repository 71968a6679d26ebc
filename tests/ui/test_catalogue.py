"""Every text has its English, with the same blanks to fill in; and the compiled catalogue is made without gettext."""

import re

import pytest

from bersinar.ui import catalogue

BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def first(message):
    return message[0] if isinstance(message, tuple | list) else message


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.fixture(scope="module")
def english():
    return catalogue.read("en")


@pytest.fixture(scope="module")
def said():
    return set(catalogue.texts())


def test_it_finds_texts_in_code_and_in_pages(said):
    assert ("Rancangan", None) in said  # code
    assert ("Langsung ke isi", None) in said  # a page
    assert any("%(title)s" in first(message) for message, _context in said)


def test_every_text_has_its_english(english, said):
    missing = []
    for message, context in said:
        there = english.get(first(message), context)
        if there is None or not all(strings(there)):
            missing.append(first(message))
    assert sorted(missing) == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said(english, said):
    keys = {first(message) for message, _context in said}
    assert [first(one.id) for one in english if one.id and first(one.id) not in keys] == []


def test_both_languages_have_the_same_blanks(english):
    wrong = []
    for one in english:
        if not one.id:
            continue
        keys = one.id if isinstance(one.id, tuple) else (one.id,)
        for text in strings(one):
            if sorted(BLANK.findall(text)) != sorted(BLANK.findall(keys[0])):
                wrong.append(keys[0])
    assert wrong == []


def test_the_same_texts_give_the_same_bytes(tmp_path, monkeypatch):
    source = catalogue.source_of("en").read_bytes()
    made = []
    for name in ("a", "b"):
        monkeypatch.setattr(catalogue, "LOCALE", tmp_path / name)
        catalogue.source_of("en").parent.mkdir(parents=True)
        catalogue.source_of("en").write_bytes(source)
        assert not catalogue.is_current()
        catalogue.compile_all()
        assert catalogue.is_current()
        made.append(catalogue.source_of("en").with_suffix(".mo").read_bytes())
    assert made[0] == made[1]
