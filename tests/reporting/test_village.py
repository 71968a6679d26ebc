"""It gathers what all stages know of one village for those who may know it, and nothing for the others."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bersinar.config.shape import Shape, Standing
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry
from bersinar.fieldwork.rules.cells import PRESENCE
from bersinar.fieldwork.vocabulary import Origin, SourceType, State
from bersinar.mapping import actions as mapping
from bersinar.mapping import queries as mapping_queries
from bersinar.mapping.queries import PUBLISHED_KEY
from bersinar.methods.categories import Presence
from bersinar.reporting.queries import village as queries
from bersinar.reporting.queries.standing import history_of
from bersinar.targeting import queries as targeting
from tests.mapping.conftest import fill
from tests.reporting.conftest import LINES, answers
from tests.targeting.conftest import choose

pytestmark = pytest.mark.django_db
BINGA = "19.02.04.2005"


def page_of(code: str) -> str:
    return reverse("reporting:village", args=[code])


def test_it_tells_why_and_how_every_figure_was_made(text_of, released):
    page = text_of("actor_p2m_cleared", page_of(released.twins[0].code))
    assert "Mengapa Waspada" in page
    assert "8 dari 8 indikator pokok dan 2 dari 5 pendukung ada." in page
    assert "paling sedikit 4 pokok dan 2 pendukung (milik unit)" in page
    assert "pemetaan 2023, dirilis" in page
    assert page.count("<dt>Oleh</dt>") == 13 and "diketik di layar" in page
    assert 'class="you"' in page


def test_it_says_what_an_open_village_may_still_be(text_of, released):
    page = text_of("actor_p2m_cleared", page_of(released.open.code))
    assert "Mengapa belum dapat ditentukan" in page
    assert "mungkin Aman" in page and "Yang akan memastikan: D" in page
    assert "belum diisi" in page and "belum ditanyakan" in page


def test_a_run_that_is_not_released_is_marked_provisional(text_of, mapped):
    assert "pemetaan 2023, sementara" in text_of("actor_p2m", page_of(mapped.twins[0].code))


def test_it_marks_where_instrument_or_rule_changed(text_of, released, actor_p2m_cleared):
    later = fieldwork.open_round(year=2024, title="Pemetaan kawasan", by=actor_p2m_cleared)
    fill(later, answers(len(released.villages)))
    run = mapping.run_mapping(later.pk, rule_key=PUBLISHED_KEY, by=actor_p2m_cleared)
    mapping.release_run(run.pk, by=actor_p2m_cleared)
    village = released.twins[0]
    page = text_of("actor_p2m", page_of(village.code))
    assert "cara hitung berganti" in page and "tidak boleh dibandingkan" in page
    points = history_of(mapping_queries.history(village.pk, actor_p2m_cleared)).points
    assert [point.breaks for point in points] == [False, True]
    assert all(point.from_x is None for point in points), "no line joins what may not be compared"


def test_an_open_village_may_reach_no_line_and_history_says_so_too(text_of, mapped, actor_p2m_cleared):
    later = fieldwork.open_round(year=2024, title="Pemetaan kawasan", by=actor_p2m_cleared)
    values = answers(len(mapped.villages))
    values[2, :5] = 5  # five main ones, and none of the supporting ones answered
    fill(later, values)
    run = mapping.run_mapping(later.pk, rule_key=PUBLISHED_KEY, by=actor_p2m_cleared)
    mapping.release_run(run.pk, by=actor_p2m_cleared)
    page = text_of("actor_p2m", page_of(mapped.open.code))
    history = page[page.index('id="riwayat"') :]
    said = "mungkin tidak mencapai garis mana pun atau Bahaya"
    assert said in history and page.count("mungkin Bahaya") == 0
    assert said in text_of("actor_p2m", reverse("reporting:map", args=[run.pk]))


def test_a_yes_is_not_shown_as_one(text_of, mapped):
    village = mapped.villages[3]
    Entry.objects.create(
        round=mapped.round,
        village=village,
        indicator="D1",
        is_sensitive=False,
        state=State.TERISI,
        value=1,
        note=PRESENCE,
        source_type=SourceType.MASYARAKAT,
        origin=Origin.DIKETIK,
        entered_by_name="uji",
    )
    assert "ada, jumlah tidak diketahui" in text_of("actor_p2m", page_of(village.code))
    assert "ada, jumlah tidak diketahui" not in text_of("actor_p2m", page_of(mapped.twins[0].code))


def test_invented_values_carry_their_mark_inside_the_pictures(text_of, released, settings):
    settings.BERSINAR_DEMO = True
    history = text_of("actor_p2m", page_of(released.twins[0].code)).partition('<svg class="pic"')[2]
    assert "DATA CONTOH" in history.partition("</figure>")[0].rpartition("</svg>")[0]
    bar = text_of("actor_p2m", reverse("reporting:year", args=[2023])).partition('<svg class="sumbar"')[2]
    assert "DATA CONTOH" in bar.partition("</svg>")[0]


def test_it_shows_the_answers_the_category_was_made_from(text_of, released, actor_p2m_cleared):
    fieldwork.open_round(year=2024, title="Pemetaan kawasan", by=actor_p2m_cleared)
    page = text_of("actor_p2m", page_of(released.twins[0].code))
    assert "Pemetaan kawasan 2023." in page and "Pemetaan kawasan 2024 sedang diisi" in page
    assert re.search(r">\s*5\s+kasus<", page)


def test_it_shows_stage_promises_and_who_has_promised_nothing(text_of, formed, promise):
    promise("Papan nama", kept=True)
    promise("Spanduk", due_date=date(2023, 3, 1))
    page = text_of("actor_p2m", page_of(BINGA))
    assert "Tahap: Pencanangan" in page and "26 Oktober 2023" in page
    assert "ditepati" in page and "lewat tenggat" in page
    silent = page[page.index("Belum berjanji") :]
    assert "Babinsa" in silent[:400] and "Kepala desa" not in silent[:400]


def test_it_names_the_years_the_village_was_chosen(text_of, released, actor_head, actor_p2m_cleared):
    from bersinar.targeting import actions

    village = released.twins[0]
    actions.decide_targets(
        2023,
        run_id=released.run.pk,
        choices=choose(village, override_reason="Desa meminta sendiri"),
        client_key="a",
        by=actor_head,
    )
    assert targeting.choices_of_village(village.pk, actor_head)
    page = text_of("actor_p2m", page_of(village.code))
    assert "Ditetapkan sebagai sasaran" in page and "Kepala desa bersedia" in page


@pytest.mark.parametrize(
    ("who", "status"), [("actor_elsewhere", 404), ("actor_kades", 404), ("actor_own", 200)]
)
def test_it_is_not_there_for_people_outside(request, text_of, formed, who, status):
    text_of(who, page_of(BINGA), status=status)


def test_it_opens_in_the_province_but_not_outside_its_regions(text_of, formed, province):
    text_of("actor_province", page_of(BINGA))
    text_of("actor_p2m", page_of("19.01.01.2001"), status=404)
    text_of("actor_p2m", page_of("99.99.99.9999"), status=404)


@pytest.mark.parametrize("who", ["actor_admin", "actor_rehab"])
def test_sections_that_do_not_read_the_river_see_the_place_only(text_of, released, formed, promise, who):
    promise("Papan nama")
    page = text_of(who, page_of(BINGA))
    assert "Kode 19.02.04.2005" in page
    assert (
        "Mengapa" not in page
        and "Papan nama" not in page
        and "indikator" not in page.casefold().split("seksi")[0]
    )


def test_the_villages_own_page_has_promises_and_steps_but_no_value_and_no_category(
    text_of, released, formed, promise
):
    promise("Ronda bersama", kept=True)
    page = text_of("actor_own", page_of(BINGA))
    assert "Ronda bersama" in page and "Kami pada tahap Pencanangan" in page
    for word in (
        "Waspada",
        "Siaga",
        "Bahaya",
        "Belum dapat ditentukan",
        "Indikator",
        "penindakan",
        "Uji p2m",
    ):
        assert word not in re.sub(r"<symbol.*?</symbol>|<pattern.*?</pattern>", "", page, flags=re.DOTALL), (
            word
        )


def test_the_text_to_share_names_place_and_day_and_no_category(released, formed, actor_p2m):
    found = queries.village_page(released.twins[0].code, actor_p2m, on=date(2023, 9, 7))
    text = queries.share(found, "https://bersinar.example.id/desa/x/").text
    assert text.startswith("Bersinar, 7 September 2023") and text.endswith(
        "https://bersinar.example.id/desa/x/"
    )
    assert not re.search("bahaya|waspada|siaga|aman|kategori", text.casefold())
    assert "http" not in queries.share(found, "").text


def test_the_link_to_share_is_the_one_other_devices_open(formed, client_as, settings):
    """On one PC there is none: a loopback address would only mislead."""
    client, address = client_as("actor_p2m"), page_of(BINGA)
    alone = client.get(address).content.decode()
    assert "wa.me" in alone and "127.0.0.1" not in alone and "testserver" not in alone
    settings.BERSINAR_STANDING = Standing(Shape.OFFICE_NETWORK, "https://192.168.1.10:8443")
    shared = client.get(address, secure=True, REMOTE_ADDR="192.168.1.5").content.decode()
    assert quote(f"https://192.168.1.10:8443{address}", safe="") in shared


def test_more_promises_cost_no_more_queries(client_as, formed, promise, django_assert_max_num_queries):
    promise("Satu")
    client = client_as("actor_p2m")
    client.get(page_of(BINGA))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(BINGA))
    for number in range(10):
        promise(f"Janji {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(page_of(BINGA))


def test_it_says_where_a_plain_yes_was_not_enough_for_the_rule(text_of, mapped, actor_p2m_cleared):
    village = mapped.villages[5]
    cells = Entry.objects.unscoped("the test types them").filter(round=mapped.round, village=village)
    cells.filter(indicator__in=("D1", "P3")).update(state=State.TERISI, value=1, note=PRESENCE)
    asked = {name: Presence(">=", 3) for name in ("D1", "P3")}
    rule = mapping.add_own_rule(
        title="Batas uji", document="Pedoman uji", lines=LINES, presence=asked, by=actor_p2m_cleared
    )
    run = mapping.run_mapping(mapped.round.pk, rule_key=f"unit:{rule.pk}", by=actor_p2m_cleared)
    mapping.release_run(run.pk, by=actor_p2m_cleared)
    assert "P3, D1 hanya dijawab ya, tanpa jumlah." in text_of("actor_p2m_cleared", page_of(village.code))
    open_only = text_of("actor_p2m", page_of(village.code))
    assert "D1 hanya dijawab ya, tanpa jumlah." in open_only and "P3, D1" not in open_only
