"""It reads stage templates, refuses what cannot be meant, and knows how exactly a day is known."""

from datetime import date

import pytest

from bersinar.programme import checks
from bersinar.programme.rules import dates, stages, template
from bersinar.programme.rules.stages import Accepted
from bersinar.programme.rules.template import TemplateError, current_template, current_text, parse_template
from bersinar.programme.vocabulary import Element, Origin, Precision, Stage


def test_it_ships_the_stages_in_the_order_of_the_work():
    read = current_template()
    assert [stage.id for stage in read.stages] == list(Stage)
    assert {element.id for element in read.elements} == set(Element)
    assert read.columns[0] == "Sasaran"


def test_it_ships_no_line_as_confirmed():
    read = current_template()
    parts = [*read.stages, *(item for stage in read.stages for item in stage.evidence), *read.elements]
    assert {part.status.value for part in parts} == {"reported", "placeholder"}
    assert all(part.source for part in parts)


@pytest.mark.parametrize(
    "old, new, told",
    [
        ('id = "RAKOR"', 'id = "RAPAT"', "nama tahap tidak dikenal"),
        ('overlaps = ["PENETAPAN", "PEMBENTUKAN"]', 'overlaps = ["RAKOR"]', "dirinya sendiri"),
        ('next = "Adakan rapat koordinasi"', 'lanjut = "Adakan"', "belum memuat: next"),
        ('  id = "notulen"', '  id = "undangan"', "disebut dua kali"),
        ('gives = "invitation"', 'gives = "rapat"', "“gives” tidak dikenal"),
        ('column = "Pencanangan"', 'column = "Pencanangan"\nkolom = "x"', "tidak dikenal: kolom"),
        ('reach = "DESA"', 'reach = "RT"', "Unsur"),
        ("[[stages]]", "[stages", "TOML"),
        ('column = "Rakor dan tim"', 'column = "Rakor dan tim"\nenrolled = true', "paling depan"),
    ],
)
def test_it_tells_what_is_wrong_with_a_template(old, new, told):
    assert old in current_text()
    broken = current_text()
    if "enrolled" in new:
        broken = broken.replace("enrolled = true\n", "", 1)
    with pytest.raises(TemplateError, match=told):
        parse_template(broken.replace(old, new, 1))


def test_it_stops_the_start_for_a_template_that_cannot_be_read(monkeypatch):
    assert checks.check_stage_templates(None) == []
    monkeypatch.setattr(checks, "shipped_texts", lambda: {"desa-bersinar-2026.toml": "rusak = ["})
    assert [fault.id for fault in checks.check_stage_templates(None)] == ["programme.E001"]
    monkeypatch.setattr(checks, "shipped_texts", lambda: {"lain-1.toml": current_text()})
    assert [fault.id for fault in checks.check_stage_templates(None)] == ["programme.E002", "programme.E003"]


@pytest.mark.parametrize(
    "recorded, current, following",
    [
        ((), Stage.PENETAPAN, Stage.RAKOR),
        ((Stage.RAKOR,), Stage.RAKOR, Stage.PEMBENTUKAN),
        ((Stage.PENCANANGAN,), Stage.PENCANANGAN, Stage.PELATIHAN),
        ((Stage.PELATIHAN, Stage.RAKOR), Stage.PELATIHAN, Stage.PELAKSANAAN),
        ((Stage.PERLUASAN,), Stage.PERLUASAN, None),
    ],
)
def test_it_finds_the_current_stage_and_the_next(recorded, current, following):
    read = current_template()
    assert stages.current_stage(read, recorded).id is current
    found = stages.next_stage(read, recorded)
    assert (found.id if found else None) is following


def test_it_does_next_what_is_planned_first():
    planned = {Stage.MONEV: date(2023, 11, 21), Stage.PENCANANGAN: date(2023, 10, 26)}
    recorded = (Stage.RAKOR, Stage.PELATIHAN)
    found = stages.next_stage(current_template(), recorded, planned)
    assert found is not None
    assert found.id is Stage.PENCANANGAN


def test_it_asks_evidence_of_reached_stages_only():
    read = current_template()
    found = stages.open_evidence(read, (Stage.MONEV,), {"kategori"})
    assert {item.id for item in found} == {"sk_penetapan", "formulir_monev"}
    assert [item.later for item in found] == [True, False]


@pytest.mark.parametrize(
    "stage, on, origin, told",
    [
        (Stage.RAKOR, date(2023, 1, 1), Origin.UNIT, []),
        (Stage.PEMBENTUKAN, date(2023, 1, 1), Origin.UNIT, []),
        (Stage.PELATIHAN, date(2023, 3, 1), Origin.UNIT, []),
        (Stage.PELATIHAN, date(2023, 1, 1), Origin.UNIT, ["URUTAN RAKOR"]),
        (Stage.PELAKSANAAN, date(2023, 3, 1), Origin.UNIT, ["TERLEWAT PEMBENTUKAN"]),
        (Stage.PELAKSANAAN, date(2023, 3, 1), Origin.PERS, []),
        (Stage.MONEV, date(2023, 3, 1), Origin.PERS, ["BUKTI formulir_monev"]),
    ],
)
def test_it_tells_what_speaks_against_a_stage(stage, on, origin, told):
    read = current_template()
    recorded = {Stage.RAKOR: Accepted(Stage.RAKOR, date(2023, 2, 13), Precision.HARI)}
    found = stages.obstacles(
        read, read.stage(stage), (on, Precision.HARI), recorded=recorded, given=(), origin=origin
    )
    assert [f"{one.kind} {one.id}" for one in found] == told


@pytest.mark.parametrize(
    "precision, first, last, words",
    [
        (Precision.HARI, date(2023, 2, 13), date(2023, 2, 13), "13 Februari 2023"),
        (Precision.SEKITAR, date(2023, 1, 30), date(2023, 2, 27), "sekitar 13 Februari 2023"),
        (Precision.PALING_LAMBAT, date.min, date(2023, 2, 13), "paling lambat 13 Februari 2023"),
        (Precision.BULAN, date(2023, 2, 1), date(2023, 2, 28), "Februari 2023"),
        (Precision.TAHUN, date(2023, 1, 1), date(2023, 12, 31), "2023"),
    ],
)
def test_it_knows_what_an_inexact_day_covers(precision, first, last, words):
    on = date(2023, 2, 13)
    assert dates.span(on, precision) == (first, last)
    assert dates.words(on, precision) == words
    assert first <= dates.tidy(on, precision) <= last


def test_it_calls_nothing_earlier_that_may_be_later():
    assert not dates.certainly_before(
        (date(2023, 2, 1), Precision.BULAN), (date(2023, 2, 13), Precision.HARI)
    )
    assert dates.certainly_before((date(2023, 1, 1), Precision.BULAN), (date(2023, 2, 13), Precision.HARI))


def test_it_parses_a_text_once():
    assert parse_template(current_text()) is parse_template(current_text())
    assert template.current_template() is parse_template(current_text())
