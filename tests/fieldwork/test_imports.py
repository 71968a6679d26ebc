"""It reads a filled template, shows what it would do, takes it over once and takes it back whole."""

import io
import re
from datetime import date

import numpy as np
import pytest
from django.http import Http404
from django.urls import reverse
from openpyxl import load_workbook

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.fieldwork import actions, errors, queries
from bersinar.fieldwork.models import Entry
from bersinar.fieldwork.rules import stored
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.sheets import marked_copy, write_template
from bersinar.fieldwork.vocabulary import ImportState, State
from bersinar.territory.actions import change_code
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db


def sheet_of(content):
    return load_workbook(io.BytesIO(content))["Isian"]


def codes(found, actor):
    return [(one.place, one.problem.code) for one in queries.preview(found, actor).errors]


def test_it_lists_every_village_of_the_office_with_codes_as_text(round_, actor_p2m_cleared):
    sheet = sheet_of(write_template(round_, actor_p2m_cleared))
    listed = [row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert len(listed) == 88 and all(isinstance(code, str) for code in listed)
    assert [cell.value[:2] for cell in sheet[4][4:17]] == [f"P{n}" for n in range(1, 9)] + [
        f"D{n}" for n in range(1, 6)
    ]


def test_it_leaves_closed_columns_out_of_the_template(round_, actor_p2m):
    headings = [cell.value or "" for cell in sheet_of(write_template(round_, actor_p2m))[4]]
    assert not [one for one in headings if one[:2] in {"P3", "P4", "P5", "P6", "P7", "P8"}]
    assert [one[:2] for one in headings[4:11]] == ["P1", "P2", "D1", "D2", "D3", "D4", "D5"]


def test_it_stores_nothing_before_it_is_told_to(filled, upload, actor_p2m_cleared):
    found = upload(filled({"E5": 3, "F5": "nihil", "G5": "belum: desa belum menjawab"}))
    seen = queries.preview(found, actor_p2m_cleared)
    assert (found.state, seen.new, seen.errors) == (ImportState.TERBACA, 3, ())
    assert not Entry.objects.for_actor(actor_p2m_cleared).exists()


def test_it_takes_a_file_over_once_with_where_each_value_came_from(filled, upload, round_, actor_p2m_cleared):
    found = upload(filled({"E5": 3, "F5": "nihil", "G5": "belum: desa belum menjawab"}))
    for _ in range(2):
        actions.apply_import(found.pk, by=actor_p2m_cleared)
    entries = Entry.objects.for_actor(actor_p2m_cleared).order_by("column")
    assert [(one.state, one.sheet, one.row, one.column) for one in entries] == [
        ("TERISI", "Isian", 5, "E"),
        ("NIHIL", "Isian", 5, "F"),
        ("BELUM", "Isian", 5, "G"),
    ]
    events = Event.objects.unscoped("test").filter(verb="fieldwork.import_applied")
    assert events.count() == 1
    table = queries.indicator_table(round_.pk, actor_p2m_cleared)
    assert table.values[0, 0] == 3 and table.state[0, :3].tolist() == [1, 0, -1]
    assert np.isnan(table.values[0, 2]) and table.entry_ids[0, 3] == -1


def test_it_changes_nothing_when_the_same_file_comes_twice(filled, upload, actor_p2m_cleared):
    content = filled({"E5": 3})
    actions.apply_import(upload(content).pk, by=actor_p2m_cleared)
    with pytest.raises(errors.NothingNew):
        actions.apply_import(upload(content).pk, by=actor_p2m_cleared)
    assert Entry.objects.for_actor(actor_p2m_cleared).count() == 1


def test_it_falls_back_to_earlier_values_when_a_file_is_withdrawn(filled, upload, round_, actor_p2m_cleared):
    by = actor_p2m_cleared
    first, second = upload(filled({"E5": 3})), None
    actions.apply_import(first.pk, by=by)
    second = upload(filled({"E5": 7, "E6": 1}))
    actions.apply_import(second.pk, by=by)
    used = queries.indicator_table(round_.pk, by)
    actions.withdraw_import(second.pk, reason="salah berkas", by=by)
    table = queries.indicator_table(round_.pk, by)
    assert table.values[0, 0] == 3 and table.state[1, 0] == -1
    assert set(queries.withdrawn_entry_ids({round_.pk}, by)[round_.pk]) == set(used.entry_ids[:2, 0].tolist())
    with pytest.raises(errors.AlreadyWithdrawn):
        actions.withdraw_import(second.pk, reason="lagi", by=by)


def test_it_keeps_what_a_later_file_confirmed(filled, upload, round_, actor_p2m_cleared):
    by = actor_p2m_cleared
    first = upload(filled({"E5": 3}))
    actions.apply_import(first.pk, by=by)
    actions.apply_import(upload(filled({"E5": 3, "E6": 1})).pk, by=by)
    actions.withdraw_import(first.pk, reason="salah berkas", by=by)
    assert queries.indicator_table(round_.pk, by).values[0, 0] == 3


def test_it_asks_again_when_values_changed_after_the_preview(filled, upload, round_, actor_p2m_cleared):
    by = actor_p2m_cleared
    found = upload(filled({"E5": 3}))
    village = queries.indicator_table(round_.pk, by).villages[0].id
    actions.enter_value(
        round_.pk,
        village_id=village,
        indicator="P1",
        reading=Reading(State.NIHIL, 0),
        based_on=None,
        client_key="a",
        by=by,
    )
    with pytest.raises(errors.ImportStale):
        actions.apply_import(found.pk, by=by)
    actions.apply_import(found.pk, by=by)
    assert queries.indicator_table(round_.pk, by).values[0, 0] == 3


def test_it_marks_and_comments_the_bad_cells_in_the_own_file(filled, upload, actor_p2m_cleared):
    content = filled({"E7": "12 org", "F7": -3})
    found = upload(content)
    seen = queries.preview(found, actor_p2m_cleared)
    sheet = sheet_of(
        marked_copy(content, name="isian.xlsx", sheet=found.sheet, bad=seen.errors, look=seen.notes)
    )
    assert sheet["E7"].comment.text == "Tulis angka saja, tanpa “org”."
    assert sheet["F7"].fill.fgColor.rgb == "FFF4C7C3" and sheet["E7"].value == "12 org"


def test_it_stores_only_rows_without_a_fault(filled, upload, actor_p2m_cleared):
    found = upload(filled({"E5": 2, "E7": "12 org", "F7": 4}))
    actions.apply_import(found.pk, by=actor_p2m_cleared)
    assert [one.row for one in Entry.objects.for_actor(actor_p2m_cleared)] == [5]


def test_it_offers_the_box_on_the_screen_for_each_bad_cell(filled, upload, client_as, round_):
    found = upload(filled({"E5": "3 org", "E6": "tiga"}))
    page = client_as("actor_p2m_cleared").get(reverse("fieldwork:import", args=[found.pk]))
    villages = list(villages_of_office(round_.office_id).order_by("code")[:2])
    boxes = [(one["village_id"], one["indicator"]) for one in page.context["errors"]]
    assert boxes == [(village.pk, "P1") for village in villages]
    for village in villages:
        address = reverse("fieldwork:fill", args=[round_.pk, village.pk])
        assert f'href="{address}#s-{village.pk}-P1"' in page.content.decode()


def test_it_guesses_no_box_where_two_villages_have_the_name(round_, actor_p2m_cleared):
    found = queries.villages_named(round_.pk, {"Dukong", "Tanjung Binga", "Entah"}, actor_p2m_cleared)
    assert list(found) == ["Tanjung Binga"]


@pytest.mark.parametrize(
    ("cells", "withdrawn", "label"),
    [
        ({"E5": 3}, False, "Hitung pemetaan"),
        ({"E5": 3, "E6": "tiga"}, False, "Unggah lagi"),
        ({"E5": 3}, True, "Unggah lagi"),
    ],
)
def test_it_says_what_comes_next(filled, upload, client_as, actor_p2m_cleared, cells, withdrawn, label):
    found = upload(filled(cells))
    actions.apply_import(found.pk, by=actor_p2m_cleared)
    if withdrawn:
        actions.withdraw_import(found.pk, reason="salah berkas", by=actor_p2m_cleared)
    page = client_as("actor_p2m_cleared").get(reverse("fieldwork:import", args=[found.pk])).content.decode()
    (primary,) = re.findall(r'class="btn btn--go"[^>]*>([^<]+)', page)
    assert primary == label
    assert ("Pernah tersimpan" in page) == withdrawn


def test_it_does_not_read_closed_columns_for_people_without_the_right(filled, upload, actor_p2m):
    found = upload(filled({"E5": 2, "G5": 9}), by=actor_p2m)
    assert {cell.indicator for cell in stored.unpacked(found.cells)} == {"P1"}
    notes = {one.problem.code for one in queries.preview(found, actor_p2m).notes}
    assert "column_closed" in notes


def test_it_hides_values_and_the_file_from_people_without_the_right(
    filled, upload, round_, actor_p2m_cleared, actor_p2m
):
    found = upload(filled({"E5": 2, "G5": 9, "G6": "nihil", "G7": "99x"}))
    seen = queries.preview(found, actor_p2m)
    assert {one.indicator for one in seen.changes} == {"P1"} and not seen.errors
    assert seen.has_closed and (seen.cells, seen.rows_bad) == (1, 0)
    with pytest.raises(Http404):
        queries.import_file(found, actor_p2m)
    with pytest.raises(NotAllowed):
        actions.apply_import(found.pk, by=actor_p2m)


def test_it_reads_a_template_that_still_has_the_old_code_of_a_village(
    filled, upload, round_, actor_p2m_cleared, belitung
):
    content = filled({"E5": 3})
    village = villages_of_office(belitung.pk).order_by("code").get(code=sheet_of(content)["A5"].value)
    change_code(
        village.pk, new_code="19.02.01.2099", from_date=date(2023, 7, 1), source="Uji", by=actor_p2m_cleared
    )
    seen = queries.preview(upload(content), actor_p2m_cleared)
    assert (seen.errors, seen.new) == ((), 1)
    assert not [one for one in seen.notes if one.problem.code == "villages_absent"]
