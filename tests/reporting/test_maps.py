"""It draws every village of a run once, with its category, a legend that adds up, and its source inside."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from bersinar.mapping import queries as mapping
from bersinar.reporting import picture
from bersinar.reporting.queries import maps as queries

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def address(released):
    return reverse("reporting:map", args=[released.run.pk])


def test_every_village_has_a_shape_and_a_link(text_of, released, address):
    page = text_of("actor_p2m", address)
    for village in released.villages:
        assert page.count(reverse("reporting:village", args=[village.code])) >= 2, village
    assert "Jumlah cocok" in page and 'role="group"' in page


def test_undecided_villages_stand_before_calm_ones(released, actor_p2m):
    groups = queries.run_map(released.run.pk, actor_p2m).groups
    assert [group.value for group in groups] == ["BAHAYA", "WASPADA", "BELUM", "SIAGA", "AMAN"]
    assert {row["code"] for row in groups[1].rows} == {village.code for village in released.twins}
    assert groups[2].rows[0]["may"].startswith("mungkin")
    assert sum(len(group.rows) for group in groups) == 88


def test_a_phone_is_spared_the_names_it_has_no_room_for(released, actor_p2m):
    drawn = queries.run_map(released.run.pk, actor_p2m)
    shapes = drawn.shapes
    assert [label for label, _is_regency, _is_crowded in drawn.words] == [
        *shapes.district_labels,
        *shapes.regency_labels,
    ]
    shown = [label for label, _is_regency, is_crowded in drawn.words if not is_crowded]
    assert 4 < len(shown) < len(drawn.words)
    for number, one in enumerate(shown):
        for other in shown[:number]:
            aside = abs(one.x - other.x) >= (len(one.text) + len(other.text)) * queries.PHONE_LETTER / 2
            assert aside or abs(one.y - other.y) >= queries.PHONE_LINE, (one, other)


def test_a_long_list_stays_folded(released, actor_p2m, monkeypatch):
    assert queries.run_map(released.run.pk, actor_p2m).groups[2].is_open
    monkeypatch.setattr(queries, "MOST_UNFOLDED", 0)
    assert not queries.run_map(released.run.pk, actor_p2m).groups[2].is_open


def test_a_provisional_map_says_so_until_it_is_released(text_of, mapped, actor_p2m):
    address = reverse("reporting:map", args=[mapped.run.pk])
    assert "sementara, belum dirilis" in text_of("actor_p2m", address)
    drawn = picture.draw(queries.run_map(mapped.run.pk, actor_p2m), example=False)
    assert "SEMENTARA" in drawn


def test_the_file_stands_alone_with_legend_sum_and_source(client_as, released, actor_p2m):
    answer = client_as("actor_p2m").get(reverse("reporting:map_svg", args=[released.run.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    root = ET.fromstring(answer.content)
    words = " ".join(root.itertext())
    assert "Waspada 2 (garis milik unit)" in words and "= 88" in words and "Sumber:" in words
    assert "Batas “ada” sementara: 13 dari 13." in words
    assert "SEMENTARA" not in words
    shapes = [node for node in root.iter(f"{SVG}path") if node.get("fill", "").startswith("url(#p-")]
    assert len(shapes) >= 88
    assert not root.findall(f".//{SVG}style") and not root.findall(f".//{SVG}script")


def test_invented_values_carry_their_mark_inside_the_picture(client_as, released, settings, text_of, address):
    assert "DATA CONTOH" not in text_of("actor_p2m", address)
    settings.BERSINAR_DEMO = True
    picture_part = text_of("actor_p2m", address).partition('<svg class="map"')[2].partition("</svg>")[0]
    assert "DATA CONTOH" in picture_part
    drawn = client_as("actor_p2m").get(reverse("reporting:map_svg", args=[released.run.pk])).content
    assert b"DATA CONTOH" in drawn


def test_the_same_run_gives_the_same_file(released, actor_p2m, actor_p2m_cleared):
    drawn = {
        picture.draw(queries.run_map(released.run.pk, actor), example=False)
        for actor in (actor_p2m, actor_p2m_cleared)
    }
    assert len(drawn) == 1, "and who looks at it changes nothing"


def test_it_is_not_there_for_another_office(text_of, address):
    text_of("actor_elsewhere", address, status=404)


def test_a_village_the_run_does_not_know_is_open_and_never_calm(released, actor_p2m, monkeypatch):
    every = mapping.all_results(released.run.pk, actor_p2m)
    monkeypatch.setattr(mapping, "all_results", lambda *_: every[1:])
    drawn = queries.run_map(released.run.pk, actor_p2m).villages
    unknown = next(one for one in drawn if one.code == every[0].code)
    assert unknown.value == "BELUM" and "tidak ada dalam pemetaan ini" in unknown.title


def test_the_page_asks_the_database_a_fixed_number_of_times(
    client_as, address, django_assert_max_num_queries
):
    client = client_as("actor_p2m")
    client.get(address)
    with django_assert_max_num_queries(40):
        client.get(address)
