"""It shows every village once at its present stage, the next step first, and alarms in words."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.programme import actions
from bersinar.programme.present.board import Wanted, board
from bersinar.programme.vocabulary import Element, MoneySource, Stage
from bersinar.territory.queries import villages_of_office
from tests.programme.decided import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def villages(belitung):
    return list(villages_of_office(belitung.pk)[:4])


@pytest.fixture
def enrol(actor_p2m):
    def enrolled(village, year=2023):
        return actions.enrol_village(
            village_id=village.pk,
            year=year,
            money_source=MoneySource.DIPA,
            source="Laporan tahunan unit",
            reason="Ditetapkan sebelum sistem ini dipakai.",
            by=actor_p2m,
        )

    return enrolled


def promise_late(year, by):
    """A promise whose day has passed."""
    today = timezone.localdate()
    actions.record_commitment(
        year_id=year.pk,
        element=Element.KADES,
        promised_by="Kepala desa",
        what="Papan nama",
        on=today - timedelta(days=30),
        due_date=today - timedelta(days=3),
        by=by,
    )


def columns(found):
    return {column.title: [card.row.name for card in column.cards] for column in found.columns}


def test_it_puts_each_village_into_the_column_of_its_stage(villages, enrol, actor_p2m):
    first, second = enrol(villages[0]), enrol(villages[1])
    actions.record_stage(second.pk, stage=Stage.RAKOR, on=date(2023, 2, 13), by=actor_p2m)
    found = board(actor_p2m, Wanted())
    assert [column.title for column in found.columns] == [
        "Sasaran",
        "Rakor dan tim",
        "Pencanangan",
        "Pelatihan",
        "Pelaksanaan",
        "Menuju mandiri",
    ]
    assert columns(found)["Sasaran"] == [first.village.name]
    assert columns(found)["Rakor dan tim"] == [second.village.name]
    (card,) = found.columns[1].cards
    assert card.next_step == "Bentuk tim desa, relawan, dan unit IBM."


def test_it_shows_a_village_formed_twice_once(villages, enrol, actor_p2m):
    enrol(villages[0], 2021)
    newest = enrol(villages[0], 2023)
    found = board(actor_p2m, Wanted())
    assert [card.row.id for column in found.columns for card in column.cards] == [newest.pk]


def test_it_sets_alarms_on_top_and_says_them(villages, enrol, actor_p2m):
    enrol(villages[0])
    late = enrol(villages[1], 2021)
    promise_late(late, actor_p2m)
    found = board(actor_p2m, Wanted())
    top = found.columns[0].cards[0]
    assert (top.row.id, top.alarms) == (late.pk, ("1 janji lewat",))
    assert found.n_action == 1
    assert columns(board(actor_p2m, Wanted(show="tindakan")))["Sasaran"] == [late.village.name]


def test_it_keeps_the_filter_in_the_address(villages, enrol, actor_p2m):
    enrol(villages[0], 2021)
    enrol(villages[1], 2023)
    found = board(actor_p2m, Wanted())
    chip = next(chip for chip in found.chips if chip.label == "Mulai 2021")
    assert (chip.url, chip.count) == ("?tahun=2021", 1)
    assert board(actor_p2m, Wanted.from_query({"tahun": "2021"})).n_shown == 1


@pytest.mark.parametrize(
    "query", [{"tahun": "2021x"}, {"lihat": "apa"}, {"kantor": "-1"}, {"tahun": "9" * 40}]
)
def test_it_shows_all_for_an_address_it_does_not_know(query):
    assert Wanted.from_query(query) == Wanted()


def test_it_shows_decided_villages_that_wait(belitung, villages, actor_p2m, client_as):
    decide(belitung, 2024, villages[:2])
    assert [one.name for one in board(actor_p2m, Wanted()).waiting] == [one.name for one in villages[:2]]
    page = client_as("actor_p2m").get(reverse("programme:home")).content.decode()
    assert "Daftarkan 2 desa" in page
    assert f"{reverse('programme:enrol')}?tahun=2024" in page
    assert "Daftarkan 2 desa" not in client_as("actor_head").get(reverse("programme:home")).content.decode()


def test_it_teaches_the_next_step_while_empty(client_as, belitung):
    page = client_as("actor_head").get(reverse("programme:home")).content.decode()
    assert "Belum ada desa dalam program" in page
    assert reverse("targeting:home") in page


def test_it_never_tells_a_category(belitung, villages, actor_p2m, client_as):
    decide(belitung, 2023, villages[:1])
    (year,) = actions.enrol_chosen(2023, by=actor_p2m)
    client = client_as("actor_p2m")
    for address in (reverse("programme:home"), reverse("programme:year", args=[year.pk])):
        page = client.get(address).content.decode()
        body = page[page.index("<main") : page.index("</main>")]
        assert not re.search(r"\b(Bahaya|Waspada|Siaga|Aman)\b", body)


def test_it_spends_yellow_once_a_page(belitung, villages, actor_p2m, enrol, client_as):
    decide(belitung, 2024, villages[:1])
    year = enrol(villages[1])
    promise_late(year, actor_p2m)
    client = client_as("actor_p2m")
    for address in (
        reverse("programme:home"),
        reverse("programme:enrol"),
        reverse("programme:year", args=[year.pk]),
        reverse("programme:record_stage", args=[year.pk, "RAKOR"]),
    ):
        assert client.get(address).content.decode().count("btn--go") == 1, address


def test_it_offers_offices_to_those_above(
    villages, enrol, actor_p2m, actor_province, elsewhere, actor_elsewhere
):
    enrol(villages[0])
    actions.enrol_village(
        village_id=villages_of_office(elsewhere.pk)[0].pk,
        year=2023,
        money_source=MoneySource.DIPA,
        source="Laporan tahunan unit",
        reason="Ditetapkan sebelum sistem ini dipakai.",
        by=actor_elsewhere,
    )
    # The province was read before the second office existed; ask again as the next request would.
    above = actor_of(User.objects.get(pk=actor_province.user_id))
    found = board(above, Wanted())
    assert [name for _pk, name in found.offices] == ["BNNK Bangka", "BNNK Belitung"]
    assert board(above, Wanted(office=elsewhere.pk)).n_shown == 1
    assert board(actor_p2m, Wanted()).offices == ()
