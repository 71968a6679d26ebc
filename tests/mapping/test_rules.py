"""It reads rule files, refuses nonsense in a sentence, and writes the same rule back."""

import pytest

from bersinar.mapping.rules import (
    has_examples,
    line_statuses,
    parse_rule,
    published_rule,
    shipped_text,
    with_own_lines,
    write_rule,
)
from bersinar.methods.categories import Category, Line, Presence, RuleError, Status

OWN = {
    "rule_id": "uji",
    "version": "1",
    "title": "Uji",
    "authority": "BNNK Uji",
    "document": "buku",
    "status": Status.OWN,
}


def test_it_ships_only_the_published_line_as_reported():
    rule = published_rule()
    assert [(line.category, line.min_main, line.min_supporting) for line in rule.lines] == [
        (Category.BAHAYA, 5, 4)
    ]
    assert rule.lines[0].status is Status.REPORTED and rule.status is Status.REPORTED


def test_it_labels_every_shipped_threshold_as_a_placeholder():
    assert {presence.status for presence in published_rule().presence.values()} == {Status.PLACEHOLDER}


def test_it_never_lets_a_share_or_a_scale_be_present_at_its_lowest_answer():
    presence = published_rule().presence
    assert presence["D3"].threshold > 1
    assert presence["D5"].op == ">" and presence["D5"].threshold == 3


@pytest.mark.parametrize(
    "change, words",
    [
        (("id =", "idd ="), "belum memuat: id"),
        (("source_url", "sumber"), "tidak dikenal: sumber"),
        (('category = "BAHAYA"', 'category = "MERAH"'), "kategori harus salah satu"),
        (("min_main = 5", "min_main = 5.5"), "bilangan bulat"),
        (("min_main = 5", "min_pokok = 5"), "tidak dikenal: min_pokok"),
        (("valid_from = 2021-12-07", 'valid_from = "2021-12-07"'), "harus berupa tanggal"),
        (('status = "reported"', 'status = "resmi"'), "Status “resmi” tidak dikenal"),
        (("threshold = 10", 'threshold = "10"'), "berupa angka"),
        (('op = ">="', 'op = "="'), "Tanda “=” tidak dikenal"),
        (("[[lines]]", "[[lines"), "tidak dapat dibaca sebagai TOML"),
        (('supporting = ["D1", ', "supporting = ["), "tidak dipakai: D1"),
    ],
)
def test_it_refuses_a_faulty_file_in_a_sentence(change, words):
    with pytest.raises(RuleError, match=words):
        parse_rule(shipped_text().replace(*change, 1))


def test_it_adds_own_lines_below_the_published_one():
    lines = [Line(Category.SIAGA, 1, 1), Line(Category.WASPADA, 3, 2)]
    rule = with_own_lines(published_rule(), lines, **OWN)
    assert [line.category for line in rule.lines] == [Category.BAHAYA, Category.WASPADA, Category.SIAGA]
    assert [line.status for line in rule.lines] == [Status.REPORTED, Status.OWN, Status.OWN]
    assert not has_examples(rule)


def test_it_never_lets_a_unit_replace_the_published_line():
    with pytest.raises(RuleError, match="tidak dapat diganti"):
        with_own_lines(published_rule(), [Line(Category.BAHAYA, 1, 1)], **OWN)


def test_it_writes_a_rule_that_reads_back_the_same():
    odd = OWN | {"title": 'Aturan "uji" \\ baris\nbaru'}
    rule = with_own_lines(published_rule(), [Line(Category.AMAN, 0, 0, status=Status.CONTOH)], **odd)
    again = parse_rule(write_rule(rule))
    assert again == rule
    assert write_rule(again) == write_rule(rule)
    assert has_examples(again)


@pytest.mark.parametrize(
    "name, limit, words",
    [
        ("D5", Presence(">=", 1), "dicapai setiap desa"),
        ("D5", Presence(">", 0.5), "dicapai setiap desa"),
        ("D5", Presence(">", 5), "tidak dapat dicapai"),
        ("D5", Presence(">=", 6), "tidak dapat dicapai"),
        ("D3", Presence(">", 100), "paling besar 100"),
        ("P1", Presence(">=", 1e308), "tidak dapat dicapai"),
        ("D3", Presence(">=", 10, "kasus"), "ditanyakan dalam persen"),
    ],
)
def test_it_refuses_a_threshold_that_every_village_or_none_reaches(name, limit, words):
    with pytest.raises(RuleError, match=words):
        with_own_lines(published_rule(), [], presence={name: limit}, **OWN)


@pytest.mark.parametrize("name, limit", [("D5", Presence(">=", 5)), ("D3", Presence(">=", 100))])
def test_it_takes_a_threshold_some_villages_reach_and_gives_it_its_unit(name, limit):
    rule = with_own_lines(published_rule(), [], presence={name: limit}, **OWN)
    assert rule.presence[name].unit == published_rule().presence[name].unit


@pytest.mark.parametrize("turned", [False, True])
def test_it_tells_the_weakest_status_of_two_lines_for_one_category(turned):
    sure, made_up = Status.OWN, Status.CONTOH
    first, second = (made_up, sure) if turned else (sure, made_up)
    lines = [Line(Category.WASPADA, 4, 2, status=first), Line(Category.WASPADA, 3, 3, status=second)]
    rule = with_own_lines(published_rule(), lines, **OWN)
    assert line_statuses(rule) == {Category.BAHAYA: Status.REPORTED, Category.WASPADA: Status.CONTOH}
