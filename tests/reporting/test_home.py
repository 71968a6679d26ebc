"""It shows each person the own work first, in one order, and then where the year stands."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from bersinar.reporting.queries import home as queries
from bersinar.reporting.queries.years import work_year

pytestmark = pytest.mark.django_db
TODAY = date(2023, 9, 7)


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("actor_p2m", "Buka putaran data"),
        ("actor_head", "Mulai dari data"),
        ("actor_admin", "Buka akun"),
        ("actor_enforcement", "Buka putaran data"),
        ("actor_rehab", "Cari desa"),
        ("actor_province", "Buka putaran data"),
        ("actor_kades", "Tidak ada janji yang menunggu"),
    ],
)
def test_an_empty_home_teaches_each_position_its_next_step(text_of, belitung, who, says):
    page = text_of(who, "/")
    assert says in page
    assert page.count("btn--go") == 1


def test_the_most_pressing_line_of_all_stages_holds_the_yellow_button(text_of, released, promise):
    promise("Papan nama dibersihkan", due_date=date(2023, 3, 1))
    page = text_of("actor_p2m", "/")
    assert page.count("btn--go") == 1
    first = page[page.index('<li class="now">') : page.index("btn--go")]
    assert "Catat kehadiran rakor 13 Februari" in first and "tag--late" in first, "the oldest day comes first"
    assert "Tanyakan 1 janji yang lewat tenggat" in page


def test_lines_of_every_stage_stand_in_the_order_of_their_days(mapped, promise, actor_p2m):
    promise("Papan nama", due_date=date(2023, 9, 12))
    promise("Spanduk", due_date=date(2023, 9, 1))
    rows = queries.home(actor_p2m, on=TODAY).rows
    assert [row["mood"] for row in rows[:3]] == ["late", "late", ""]
    assert [row["when"] for row in rows[1:3]] == ["lewat 6 hari", "12 September 2023"]
    assert all(row["when"] == "tanpa tenggat" for row in rows[3:])
    assert {"Rilis pemetaan 2023"} <= {row["title"] for row in rows}


def test_the_four_figures_count_what_their_lists_show(released, formed, promise, actor_p2m):
    promise("Papan nama", kept=True)
    promise("Spanduk", due_date=date(2023, 3, 1))
    figures = queries.home(actor_p2m, on=TODAY.replace(month=12)).year.figures
    assert [(one["value"], one.get("of")) for one in figures] == [(1, 2), (1, 2), (2, None), (1, 1)]
    assert all(one["url"] for one in figures)
    assert "1 lewat tenggat" in figures[1]["text"]


def test_the_sum_of_the_categories_is_checked_against_the_villages(text_of, released):
    page = text_of("actor_p2m", "/")
    assert "88 desa menurut kategori" in page and "Jumlah cocok" in page
    assert f"{reverse('mapping:table', args=[released.run.pk])}?kategori=BELUM" in page


def test_a_provisional_map_is_not_shown_as_the_years_numbers(text_of, mapped):
    assert "menurut kategori" not in text_of("actor_p2m", "/")


def test_the_year_is_a_line_and_a_rakor_stands_on_it_once(text_of, formed):
    page = text_of("actor_p2m", "/")
    assert "Perjalanan tahun 2023" in page
    assert page.count("Rapat koordinasi Desa Bersinar 2023") == 1
    assert "Tanjung Binga, Dukong" in page or "Dukong, Tanjung Binga" in page
    assert "data pers" in page


def test_people_of_a_village_see_their_own_promises_only(text_of, promise, formed, actor_own):
    promise("Ronda bersama", due_date=timezone.localdate())
    promise("Janji desa lain", year=formed.dukong)
    page = text_of("actor_own", "/")
    assert "Ronda bersama" in page and "hari ini" in page
    assert "Janji desa lain" not in page and "menurut kategori" not in page


def test_another_office_sees_nothing_of_it(text_of, released, promise):
    promise("Papan nama", due_date=date(2023, 3, 1))
    page = text_of("actor_elsewhere", "/")
    assert "Papan nama" not in page and "menurut kategori" not in page


def test_the_office_works_on_the_newest_year_it_knows(released, actor_p2m, actor_elsewhere):
    assert work_year(actor_p2m, on=date(2026, 1, 5)) == 2023
    assert work_year(actor_elsewhere, on=date(2026, 1, 5)) == 2026


def test_more_villages_and_promises_cost_no_more_queries(
    client_as, released, formed, promise, django_assert_max_num_queries
):
    promise("Satu")
    client = client_as("actor_p2m")
    client.get("/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(12):
        promise(f"Janji {number}", due_date=date(2023, 3, 1))
    with django_assert_max_num_queries(len(few) + 2):
        client.get("/")
