"""It takes typed values box by box or as one form, stores each once, and shows both answers where two people met."""

from __future__ import annotations

import sys

import pytest
from django.urls import reverse

from bersinar.fieldwork import actions, errors, queries
from bersinar.fieldwork.models import Entry
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.vocabulary import State
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
KEY = "0123456789abcdef" * 2


@pytest.fixture
def client(client_as):
    return client_as("actor_p2m_cleared")


@pytest.fixture
def village(round_):
    return queries.villages_of_round(round_).first()


@pytest.fixture
def enter(round_, village, actor_p2m_cleared):
    def entered(value, *, based_on=None, key=None, indicator="P1", by=actor_p2m_cleared):
        reading = Reading(State.TERISI, value) if value else Reading(State.NIHIL, 0)
        return actions.enter_value(
            round_.pk,
            village_id=village.pk,
            indicator=indicator,
            reading=reading,
            based_on=based_on,
            client_key=key,
            by=by,
        )

    return entered


def box_of(village, base=0, indicator="P1"):
    return f"v-{village.pk}-{indicator}-{base}"


def test_it_stores_a_keystroke_that_comes_twice_once(client, round_, village, actor_p2m_cleared):
    fields = {"box": box_of(village), "text": "5", "key": KEY, "source_type": "SURVEI"}
    told = [client.post(reverse("fieldwork:cell", args=[round_.pk]), fields).json() for _ in range(2)]
    entry = Entry.objects.for_actor(actor_p2m_cleared).get()
    assert told[0] == told[1] and told[0]["base"] == entry.pk
    assert (entry.value, entry.source_type, entry.origin) == (5, "SURVEI", "DIKETIK")


def test_it_refuses_one_key_for_two_answers(client, round_, village, enter):
    enter(5, key=KEY)
    fields = {"box": box_of(village), "text": "6", "key": KEY}
    answer = client.post(reverse("fieldwork:cell", args=[round_.pk]), fields)
    assert answer.status_code == 409
    assert "stored" not in answer.json()


def test_it_lets_two_people_use_the_same_key(enter, actor_enforcement):
    first = enter(5, key=KEY)
    second = enter(6, key=KEY, based_on=first.pk, by=actor_enforcement)
    assert second.pk != first.pk


def test_it_tells_both_answers_when_somebody_was_faster(client, round_, village, enter, actor_enforcement):
    first = enter(3, by=actor_enforcement)
    fields = {"box": box_of(village), "text": "5", "key": KEY}
    answer = client.post(reverse("fieldwork:cell", args=[round_.pk]), fields)
    assert answer.status_code == 409
    told = answer.json()
    assert (told["stored"], told["by"], told["base"]) == ("3", "Uji penindakan", first.pk)


def test_it_does_not_quarrel_over_the_same_answer(enter, actor_enforcement):
    first = enter(3, by=actor_enforcement)
    assert enter(3).pk == first.pk


@pytest.mark.parametrize("step", ["grid", "fill"])
def test_it_saves_a_whole_form_without_script(client, round_, village, actor_p2m_cleared, step):
    address = reverse(f"fieldwork:{step}", args=[round_.pk] + ([village.pk] if step == "fill" else []))
    page = client.get(address).content.decode()
    assert f'name="{box_of(village)}"' in page and "Simpan isian" in page
    fields = {
        box_of(village): "5",
        box_of(village, indicator="P2"): "nihil",
        box_of(village, indicator="D1"): "",
    }
    assert client.post(address, fields).status_code == 302
    assert {one.indicator for one in Entry.objects.for_actor(actor_p2m_cleared)} == {"P1", "P2"}


def test_it_keeps_good_boxes_and_shows_bad_ones_with_what_was_typed(
    client, round_, village, actor_p2m_cleared
):
    fields = {box_of(village): "5", box_of(village, indicator="P2"): "12 org"}
    answer = client.post(reverse("fieldwork:grid", args=[round_.pk]), fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "1 kotak lain sudah disimpan" in page and 'value="12 org"' in page
    assert [one.indicator for one in Entry.objects.for_actor(actor_p2m_cleared)] == ["P1"]


def test_it_shows_both_answers_in_the_form_without_script(
    client, round_, village, enter, actor_enforcement, actor_p2m_cleared
):
    first = enter(3, by=actor_enforcement)
    address = reverse("fieldwork:grid", args=[round_.pk])
    answer = client.post(address, {box_of(village): "5"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Anda mengetik “5”, Uji penindakan baru menyimpan “3”" in page
    # Sent again, the same form means it: it now builds on the answer it has shown.
    assert client.post(address, {box_of(village, first.pk): "5"}).status_code == 302
    assert queries.current_entry(round_, village.pk, "P1", actor_p2m_cleared).value == 5


def test_it_does_not_erase_an_answer_with_an_empty_box(client, round_, village, enter):
    first = enter(3)
    answer = client.post(reverse("fieldwork:grid", args=[round_.pk]), {box_of(village, first.pk): ""})
    assert answer.status_code == 400
    assert "Kotak kosong tidak menghapus nilai" in answer.content.decode()


def test_it_takes_a_value_back_and_lets_the_earlier_one_count(client, round_, village, enter):
    first = enter(3)
    second = enter(7, based_on=first.pk)
    address = reverse("fieldwork:undo", args=[second.pk])
    told = client.post(address, headers={"accept": "application/json"}).json()
    assert told == {"text": "3", "state": "TERISI", "base": first.pk}
    again = client.post(address, headers={"accept": "application/json"})
    assert again.status_code == 409
    page = client.get(reverse("fieldwork:village", args=[round_.pk, village.pk])).content.decode()
    assert "Diurungkan setelah diketik" in page


def test_it_shows_one_page_of_villages_at_a_time(client, round_, monkeypatch):
    # By its module: the package gives the function of the same name.
    monkeypatch.setattr(sys.modules["bersinar.fieldwork.queries.grid_rows"], "VILLAGES_A_PAGE", 5)
    page = client.get(reverse("fieldwork:grid", args=[round_.pk])).content.decode()
    assert page.count('<tr>\n              <th scope="row">') == 5
    assert "Halaman 1 dari" in page
    # The boxes of a full page stay below the number of fields a request may have.
    assert 40 * 13 < 1000


def test_it_leads_from_one_village_to_the_next_in_the_order_of_the_sheet(client, round_):
    first, second, *_rest, last = list(villages_of_office(round_.office_id).order_by("code"))
    shown = client.get(reverse("fieldwork:fill", args=[round_.pk, first.pk]))
    assert shown.context["next_village"] == second
    assert client.get(reverse("fieldwork:fill", args=[round_.pk, last.pk])).context["next_village"] is None


def test_it_fills_no_closed_round(client, round_, village, actor_p2m_cleared):
    actions.close_round(round_.pk, by=actor_p2m_cleared)
    page = client.get(reverse("fieldwork:grid", args=[round_.pk])).content.decode()
    assert "readonly" in page and "Simpan isian" not in page
    fields = {"box": box_of(village), "text": "5", "key": KEY}
    answer = client.post(reverse("fieldwork:cell", args=[round_.pk]), fields)
    assert answer.status_code == 409
    with pytest.raises(errors.RoundClosed):
        actions.close_round(round_.pk, by=actor_p2m_cleared)
