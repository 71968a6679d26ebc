"""It gives an office its map, makes it once, and makes it anew when what it shows has changed."""

from pathlib import Path

import pytest
from django.conf import settings

from bersinar.access import Actor
from bersinar.territory import actions, queries
from bersinar.territory.errors import PointRefused
from bersinar.territory.queries import maps as kept
from bersinar.territory.vocabulary import MapKind
from tests.territory.invented import collection, features

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
POINTS = Path(kept.__file__).parents[2] / "demo" / "story" / "points.csv"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, settings):
    settings.BERSINAR_DATA = tmp_path
    kept._HELD.clear()


def demo_points():
    lines = POINTS.read_text(encoding="utf-8").splitlines()
    assert "cahyadsn/wilayah_boundaries" in lines[0]
    return [(code, float(lat), float(lon)) for code, lat, lon in (line.split(",") for line in lines[2:])]


def test_without_anything_known_it_is_made_of_hexagons(belitung):
    shapes = queries.shapes(belitung.pk)
    assert shapes.kind is MapKind.SKEMATIK
    assert "segi enam" in shapes.source
    assert len(shapes.villages) == 88


@pytest.mark.skipif(not kept._coast_path().exists(), reason="assets are not built")
def test_the_points_of_the_demo_draw_all_88_villages(belitung):
    assert actions.set_points(demo_points(), source="BIG uji") == 88
    shapes = queries.shapes(belitung.pk)
    assert "BIG uji" in shapes.source and "Natural Earth" in shapes.source
    assert len({village.id for village in shapes.villages}) == 88
    assert {inset.title for inset in shapes.insets} >= {"Tanjungpandan"}
    assert len(shapes.district_labels) == 12
    touched = {pk for pair in queries.neighbours(belitung.pk) for pk in pair}
    assert len(touched) > 80


def test_a_point_outside_indonesia_is_refused_whole(belitung):
    rows = [("19.02.04.2005", -2.6, 107.6), ("19.02.04.2004", 107.6, -2.6)]
    with pytest.raises(PointRefused):
        actions.set_points(rows, source="uji")
    assert all(place.point is None for place in queries.places(belitung.pk))


def test_points_are_replaced_not_doubled(belitung):
    actions.set_points([("19.02.04.2005", -2.6, 107.6)], source="satu")
    actions.set_points([("19.02.04.2005", -2.7, 107.6)], source="dua")
    points = [place.point for place in queries.places(belitung.pk) if place.point]
    assert points == [(107.6, -2.7)]


def test_it_is_made_once(belitung):
    queries.shapes(belitung.pk)
    kept._HELD.clear()
    (path,) = (settings.BERSINAR_DATA / "cache" / "maps").iterdir()
    path.write_text(
        path.read_text(encoding="utf-8").replace("satu segi enam", "dari simpanan"), encoding="utf-8"
    )
    assert "dari simpanan" in queries.shapes(belitung.pk).source


def test_it_is_made_anew_when_points_come(belitung):
    before = queries.shapes(belitung.pk)
    actions.set_points(demo_points()[:40], source="uji")
    assert queries.shapes(belitung.pk).key != before.key
    assert len(list((settings.BERSINAR_DATA / "cache" / "maps").iterdir())) == 1


def test_a_broken_cache_file_only_costs_time(belitung):
    first = queries.shapes(belitung.pk)
    kept._HELD.clear()
    for path in (settings.BERSINAR_DATA / "cache" / "maps").iterdir():
        path.write_text("{", encoding="utf-8")
    assert queries.shapes(belitung.pk) == first


def test_a_province_draws_the_borders_of_the_offices_under_it(province, belitung, actor_p2m):
    content = collection(features(queries.villages_of_office(belitung.pk)))
    found, _report = actions.import_boundaries(
        content, file_name="x.geojson", name="x", attribution="BIG uji", by=actor_p2m
    )
    actions.use_boundaries(found.pk, by=actor_p2m)
    shapes = queries.shapes(province.pk)
    assert shapes.kind is MapKind.BATAS
    assert len(shapes.villages) == 393
    assert sum(village.lacks_border for village in shapes.villages) == 393 - 88


def test_another_office_does_not_see_them(elsewhere, belitung, actor_p2m):
    content = collection(features(queries.villages_of_office(belitung.pk)))
    found, _report = actions.import_boundaries(
        content, file_name="x.geojson", name="x", attribution="BIG uji", by=actor_p2m
    )
    actions.use_boundaries(found.pk, by=actor_p2m)
    assert queries.shapes(elsewhere.pk).kind is MapKind.SKEMATIK
    stranger = Actor(name="x", office_id=elsewhere.pk, office_ids=(elsewhere.pk,))
    assert queries.boundary_sets(stranger) == []
