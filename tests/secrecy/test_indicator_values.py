"""It keeps values of enforcement and counts of users (P3 to P8) from staff without the right, at every door.

Neither the value nor whether there is one may be learnt: not from a page, a count, an order, an error, a file or an
export, and nobody without the right may enter or take back such a value. Canaries are numbers that stand nowhere else.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bersinar.access import NotAllowed, Right
from bersinar.accounts.models import User
from bersinar.fieldwork import actions, queries
from bersinar.fieldwork.models import Entry, Import
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.stored import unpacked
from bersinar.fieldwork.sheets import write_template
from bersinar.fieldwork.vocabulary import State
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

CLOSED = ("P3", "P4", "P5", "P6", "P7", "P8")
CANARIES = {"G5": 918273, "H5": 918274, "I5": 918275, "J5": 918276, "K5": 918277, "L5": 918278}
BAD_CANARY = "918279 org"
UNCLEARED = ("actor_p2m", "actor_head", "actor_province")


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def round_(actor_p2m_cleared):
    return actions.open_round(year=2023, title="Pemetaan kawasan", by=actor_p2m_cleared)


@pytest.fixture
def sheet(round_, actor_p2m_cleared):
    def fill(cells):
        book = load_workbook(io.BytesIO(write_template(round_, actor_p2m_cleared)))
        for place, value in cells.items():
            book["Isian"][place] = value
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return fill


@pytest.fixture
def bring(round_, sheet, actor_p2m_cleared):
    """`bring(cells)`: a file with these cells, received and read by somebody who may see them."""

    def received(cells, *, by=actor_p2m_cleared, name="penindakan.xlsx"):
        found = actions.receive_file(round_.pk, sheet(cells), name=name, by=by)
        return actions.read_import(found.pk, by=by)

    return received


@pytest.fixture
def stored(bring, actor_p2m_cleared):
    """The canaries are stored; a second file with one of them unreadable waits."""
    found = bring({"E5": 3, "E6": 2, **CANARIES})
    actions.apply_import(found.pk, by=actor_p2m_cleared)
    waiting = bring({"E5": 4, "H6": 918280, "I7": BAD_CANARY, "J8": "nihil"}, name="menunggu.xlsx")
    return found, waiting


@pytest.fixture
def village(belitung):
    return villages_of_office(belitung.pk).first()


def pages(round_, found, waiting, village):
    """Every page of collecting that shows data, by its name."""
    return [
        ("fieldwork:home", ()),
        ("fieldwork:round", (round_.pk,)),
        ("fieldwork:grid", (round_.pk,)),
        ("fieldwork:fill", (round_.pk, village.pk)),
        ("fieldwork:village", (round_.pk, village.pk)),
        ("fieldwork:template", (round_.pk,)),
        ("fieldwork:import", (found.pk,)),
        ("fieldwork:import", (waiting.pk,)),
        ("fieldwork:original", (found.pk,)),
        ("fieldwork:original", (waiting.pk,)),
        ("fieldwork:marked", (found.pk,)),
        ("fieldwork:marked", (waiting.pk,)),
        ("reporting:home", ()),
        ("reporting:village", (village.code,)),
    ]


def text_of(answer):
    """What a person reads; a workbook is opened."""
    if "spreadsheet" not in answer.headers.get("Content-Type", ""):
        return answer.content.decode("utf-8", "replace")
    book = load_workbook(io.BytesIO(answer.content))
    return "\n".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("person", UNCLEARED)
def test_no_page_or_file_shows_a_closed_value(client_as, person, stored, round_, village):
    browser = client_as(person)
    for name, arguments in pages(round_, *stored, village):
        answer = browser.get(reverse(name, args=arguments))
        shown = text_of(answer) if answer.status_code == 200 else ""
        assert "91827" not in shown and "918.27" not in shown and "91828" not in shown, name


@pytest.mark.parametrize("person", UNCLEARED)
def test_the_files_themselves_are_not_there(client_as, person, stored):
    browser = client_as(person)
    for found in stored:
        answer = browser.get(reverse("fieldwork:original", args=[found.pk]))
        assert answer.status_code in (403, 404)
        assert browser.get(reverse("fieldwork:marked", args=[found.pk])).status_code in (403, 404)
        assert browser.get(reverse("documents:file", args=[found.file_id])).status_code in (403, 404)


def shown_to(browser, round_, found, waiting, village):
    told = {}
    for name, arguments in pages(round_, found, waiting, village):
        answer = browser.get(reverse(name, args=arguments))
        told[name, arguments] = text_of(answer) if answer.status_code == 200 else str(answer.status_code)
    return told


@pytest.mark.parametrize("person", ["actor_p2m", "actor_head"])
def test_nothing_differs_whether_closed_values_are_there_or_not(
    client_as, person, stored, round_, village, actor_p2m_cleared
):
    """Counts, completeness, orders and marks are compared word for word before and after more closed values."""
    browser = client_as(person)
    before = shown_to(browser, round_, *stored, village)
    for state, value in ((State.NIHIL, 0), (State.TERISI, 918281)):
        for indicator in CLOSED:
            base = queries.current_entry(round_, village.pk, indicator, actor_p2m_cleared)
            actions.enter_value(
                round_.pk,
                village_id=village.pk,
                indicator=indicator,
                reading=Reading(state, value),
                based_on=base.pk if base else None,
                by=actor_p2m_cleared,
            )
        after = shown_to(browser, round_, *stored, village)
        differing = [name for name in before if plain(before[name]) != plain(after[name])]
        assert differing == []


def plain(page):
    """A page without its form tokens, which are drawn anew each time."""
    lines = page.splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line and "dicetak" not in line]


def test_completeness_counts_open_indicators_only(stored, round_, actor_p2m, actor_p2m_cleared):
    few, all_ = queries.completeness(round_.pk, actor_p2m), queries.completeness(round_.pk, actor_p2m_cleared)
    assert (few.total.total, few.total.filled, few.closed) == (88 * 7, 2, 6)
    assert (all_.total.total, all_.total.filled, all_.closed) == (88 * 13, 8, 0)
    assert few.adds_up and all_.adds_up
    assert queries.progress(round_, actor_p2m) == (2, 88 * 7)


def test_a_waiting_file_tells_neither_its_closed_faults_nor_how_many(stored, actor_p2m, actor_p2m_cleared):
    _found, waiting = stored
    blind = queries.preview(queries.import_of(waiting.pk, actor_p2m), actor_p2m)
    sees = queries.preview(queries.import_of(waiting.pk, actor_p2m_cleared), actor_p2m_cleared)
    assert (blind.errors, blind.rows_bad, blind.cells, blind.new + blind.changed) == ((), 0, 1, 1)
    assert (len(sees.errors), sees.rows_bad, sees.cells) == (1, 1, 3)
    assert {one.indicator for one in blind.changes} == {"P1"}
    assert not {one.problem.indicator for one in blind.notes} & set(CLOSED)


def test_the_list_of_files_counts_open_values_only(stored, round_, actor_p2m, actor_p2m_cleared):
    def counted(actor):
        return {one.pk: one.n_entries for one in queries.imports_of(round_, actor)}

    found, _waiting = stored
    assert (counted(actor_p2m)[found.pk], counted(actor_p2m_cleared)[found.pk]) == (2, 8)


def test_a_village_shows_closed_indicators_alike_with_and_without_a_value(stored, village, actor_p2m):
    values = {one.indicator: one for one in queries.village_values(village.pk, actor_p2m)}
    elsewhere = queries.village_values(village.pk + 1, actor_p2m)
    for name in CLOSED:
        one = values[name]
        assert (one.hidden, one.value, one.provenance, one.history, one.reason) == (True, None, None, (), "")
        assert one == next(other for other in elsewhere if other.indicator == name)
    assert values["P1"].value == 3 and values["P1"].provenance.row == 5


def test_the_work_queue_does_not_tell_of_closed_values(stored, round_, village, actor_p2m, actor_p2m_cleared):
    before = queries.work_queue(actor_p2m, on=date(2023, 3, 1))
    actions.apply_import(stored[1].pk, by=actor_p2m_cleared)
    open_only = [one for one in before if "menunggu.xlsx" not in one.title]
    assert open_only == before
    assert any("Lengkapi data 88 desa" in one.title for one in before)


@pytest.mark.parametrize("text", ["5", "12 org", "nihil", "belum"])
def test_a_closed_box_is_refused_before_its_text_is_read(client_as, stored, round_, village, text):
    browser = client_as("actor_p2m")
    box = f"v-{village.pk}-P5-0"
    answer = browser.post(
        reverse("fieldwork:cell", args=[round_.pk]), {"box": box, "text": text, "key": "a" * 32}
    )
    assert answer.status_code == 403
    assert "918275" not in answer.content.decode()
    for name, arguments in (
        ("fieldwork:grid", (round_.pk,)),
        ("fieldwork:fill", (round_.pk, village.pk)),
    ):
        answer = browser.post(reverse(name, args=arguments), {box: text})
        assert answer.status_code == 403
    assert Entry.objects.unscoped("test").filter(indicator="P5").count() == 1


def test_a_closed_value_can_neither_be_entered_nor_taken_back(
    stored, round_, village, actor_p2m, actor_p2m_cleared
):
    with pytest.raises(NotAllowed):
        actions.enter_value(
            round_.pk,
            village_id=village.pk,
            indicator="P5",
            reading=Reading(State.TERISI, 1),
            based_on=None,
            by=actor_p2m,
        )
    found, waiting = stored
    with pytest.raises(NotAllowed):
        actions.withdraw_import(found.pk, reason="ingin tahu", by=actor_p2m)
    with pytest.raises(NotAllowed):
        actions.apply_import(waiting.pk, by=actor_p2m)
    assert queries.village_values(village.pk, actor_p2m_cleared)[4].value == 918275


def test_a_single_closed_value_is_not_there_for_taking_back(client_as, stored, village):
    closed = Entry.objects.unscoped("test").get(indicator="P5", village_id=village.pk)
    answer = client_as("actor_p2m").post(reverse("fieldwork:undo", args=[closed.pk]), {"reason": "x"})
    assert answer.status_code == 404


def test_closed_columns_of_an_own_file_are_not_read(bring, actor_p2m, client_as):
    found = bring({"E5": 2, "I5": 918275, "I6": "918279 org"}, by=actor_p2m)
    assert {cell.indicator for cell in unpacked(found.cells)} == {"P1"}
    assert "91827" not in str(found.report)
    browser = client_as("actor_p2m")
    # The own file comes back as it came: its owner brought it without the right and knows what is in it.
    assert browser.get(reverse("fieldwork:original", args=[found.pk])).status_code == 200
    assert client_as("actor_head").get(reverse("fieldwork:original", args=[found.pk])).status_code == 404


def test_a_person_who_lost_the_right_loses_the_own_file_with_it(stored, client_as, actor_p2m_cleared):
    User.objects.filter(pk=actor_p2m_cleared.user_id).update(sees_enforcement=False)
    browser = client_as("actor_p2m_cleared")
    for found in stored:
        assert browser.get(reverse("fieldwork:original", args=[found.pk])).status_code == 404
        assert browser.get(reverse("fieldwork:marked", args=[found.pk])).status_code == 404


def test_a_foreign_file_shows_no_closed_column_to_who_lost_the_right(round_, client_as, actor_p2m_cleared):
    rows = "Kode;Desa;Kasus narkoba;Jumlah kurir\n19.02.01.1001;Kota;1;918277\n"
    found = actions.receive_file(round_.pk, rows.encode(), name="lain.csv", by=actor_p2m_cleared)
    actions.read_import(found.pk, by=actor_p2m_cleared)
    browser = client_as("actor_p2m_cleared")
    assert browser.post(reverse("fieldwork:wizard_match", args=[found.pk])).status_code == 302
    file = Import.objects.for_actor(actor_p2m_cleared).get(pk=found.pk).foreign_file
    User.objects.filter(pk=actor_p2m_cleared.user_id).update(sees_enforcement=False)
    for step in ("sheet", "columns", "villages", "feeds", "check"):
        assert browser.get(reverse(f"fieldwork:wizard_{step}", args=[file.pk])).status_code == 404


@pytest.mark.parametrize("person", ["actor_kades", "actor_rehab", "actor_admin"])
def test_people_without_the_right_to_values_find_no_door(client_as, person, stored, round_, village):
    browser = client_as(person)
    for name, arguments in pages(round_, *stored, village):
        if name.startswith("fieldwork:"):
            assert browser.get(reverse(name, args=arguments)).status_code == 403, name


def test_another_office_finds_nothing(client_as, stored, round_, village):
    browser = client_as("actor_elsewhere")
    for name, arguments in pages(round_, *stored, village):
        if arguments:
            assert browser.get(reverse(name, args=arguments)).status_code == 404, name


def test_the_page_of_a_village_reaches_no_query_without_the_right(stored, village, actor_kades):
    with pytest.raises(NotAllowed):
        queries.village_values(village.pk, actor_kades)
    pretending = replace(actor_kades, rights=actor_kades.rights | {Right.VALUES_SEE})
    assert queries.village_values(village.pk, pretending) == []


# What a file holds besides the columns we know.


@pytest.mark.parametrize("person", UNCLEARED)
def test_a_file_of_somebody_with_the_right_stays_closed_whatever_was_recognised_in_it(
    client_as, person, round_, sheet, actor_p2m_cleared, village
):
    book = load_workbook(io.BytesIO(sheet({"E5": 2})))
    for name in ("G", "H", "I", "J", "K", "L"):
        book["Isian"][f"{name}4"] = None  # no closed heading is left to recognise
    book.create_sheet("Catatan")["A1"] = "tersangka 918277"
    stream = io.BytesIO()
    book.save(stream)
    found = actions.receive_file(round_.pk, stream.getvalue(), name="catatan.xlsx", by=actor_p2m_cleared)
    found = actions.read_import(found.pk, by=actor_p2m_cleared)
    assert not found.is_sensitive and [cell.indicator for cell in unpacked(found.cells)] == ["P1"]
    browser = client_as(person)
    page = browser.get(reverse("fieldwork:import", args=[found.pk])).content.decode()
    assert "catatan.xlsx" in page and reverse("fieldwork:original", args=[found.pk]) not in page
    for name in ("original", "marked"):
        assert browser.get(reverse(f"fieldwork:{name}", args=[found.pk])).status_code in (403, 404)
    assert (
        client_as("actor_p2m_cleared").get(reverse("fieldwork:original", args=[found.pk])).status_code == 200
    )


def test_its_open_values_may_still_be_stored_by_a_colleague(bring, actor_p2m, actor_p2m_cleared):
    found = bring({"E5": 2})
    found.is_sensitive = False
    found.save(update_fields=["is_sensitive"])
    assert queries.may_decide(found, actor_p2m) and not queries.may_open_file(found, actor_p2m)


def test_a_file_brought_without_the_right_is_open_to_colleagues_unless_it_has_closed_columns(
    client_as, round_, actor_p2m, village
):
    rows = f"Kode;Desa;Kasus narkoba\n{village.code};{village.name};1\n"
    found = actions.receive_file(round_.pk, rows.encode(), name="lain.csv", by=actor_p2m)
    Import.objects.for_actor(actor_p2m).filter(pk=found.pk).update(is_sensitive=False)
    address = reverse("fieldwork:original", args=[found.pk])
    assert client_as("actor_head").get(address).status_code == 200
    Import.objects.for_actor(actor_p2m).filter(pk=found.pk).update(is_sensitive=True)
    assert client_as("actor_head").get(address).status_code == 404


def test_a_preview_does_not_tell_which_villages_stand_in_a_file_of_closed_values(
    round_, sheet, actor_p2m, actor_p2m_cleared, client_as
):
    """Two files alike in open values: one names five villages, the other one with a fault in its code and name."""

    def brought(cells, name, hidden=()):
        book = load_workbook(io.BytesIO(sheet(cells)))
        page = book["Isian"]
        for row in hidden:
            page.row_dimensions[row].hidden = True
        if not hidden:
            page.delete_rows(20, 30)
            page["A9"], page["B10"] = "19.02.99.9999", "Desa lain 918279"
            page.column_dimensions["I"].hidden = True
        stream = io.BytesIO()
        book.save(stream)
        found = actions.receive_file(round_.pk, stream.getvalue(), name=name, by=actor_p2m_cleared)
        return actions.read_import(found.pk, by=actor_p2m_cleared)

    one = brought({"E5": 3, "G5": 918273, "I6": 918275, "H7": 918276}, "satu.xlsx", hidden=(6, 7))
    other = brought({"E5": 3, "I8": BAD_CANARY, "K12": 918277}, "dua.xlsx")
    assert one.report["rows_read"] != other.report["rows_read"]
    # Reading takes seconds; the minute of the upload is no difference that counts.
    Import.objects.for_actor(actor_p2m).filter(pk=other.pk).update(uploaded_at=one.uploaded_at)
    told = [queries.preview(queries.import_of(found.pk, actor_p2m), actor_p2m) for found in (one, other)]
    assert told[0] == told[1]
    assert (told[0].rows_read, told[0].rows_bad, told[0].cells) == (1, 0, 1)
    assert (told[0].errors, told[0].notes) == ((), ())
    pages = [
        client_as("actor_p2m").get(reverse("fieldwork:import", args=[found.pk])).content.decode()
        for found in (one, other)
    ]
    addresses = [reverse("fieldwork:import", args=[found.pk]) for found in (one, other)]
    pages = [
        page.replace(name, "").replace(address, "")
        for page, name, address in zip(pages, ("satu.xlsx", "dua.xlsx"), addresses, strict=True)
    ]
    assert plain(pages[0]) == plain(pages[1])


def test_faults_of_open_cells_are_still_told(bring, actor_p2m):
    found = bring({"E5": "banyak", "E6": 2, "G7": 918273})
    seen = queries.preview(queries.import_of(found.pk, actor_p2m), actor_p2m)
    assert [one.problem.indicator for one in seen.errors] == ["P1"]
    assert (seen.rows_read, seen.rows_bad, seen.cells) == (2, 1, 1)
