"""It draws every village so that it can be seen, from borders, from points, or from the code tree alone."""

import re

import pytest
import shapely

from bersinar.territory.drawing import MapShapes, Place, draw, neighbours
from bersinar.territory.vocabulary import MapKind

COAST = shapely.MultiPolygon([shapely.box(107.0, -3.0, 107.6, -2.6), shapely.box(109.0, -3.0, 109.2, -2.9)])


def place(n, point=None, district="Sijuk", regency="Kab. Belitung"):
    return Place(n, f"19.02.04.20{n:02}", f"Desa {n}", "desa", district, regency, point)


def grid(count, west=107.1, north=-2.65, step=0.1):
    return [place(n, (west + step * (n % 4), north - step * (n // 4))) for n in range(count)]


@pytest.mark.parametrize(
    ("places", "outlines", "kind"),
    [
        (grid(12), {}, MapKind.SKEMATIK),
        ([place(n) for n in range(12)], {}, MapKind.SKEMATIK),
        (grid(3), {n: shapely.box(107 + n, -3, 108 + n, -2) for n in range(3)}, MapKind.BATAS),
        ([place(0, (107.3, -2.8))], {}, MapKind.SKEMATIK),
        ([place(0, (107.3, -2.8)), place(1, (107.3, -2.8))], {}, MapKind.SKEMATIK),
    ],
    ids=["points", "tree", "borders", "one", "same spot"],
)
def test_every_village_has_a_shape(places, outlines, kind):
    drawn = draw(places, outlines, coast=COAST, source="uji")
    assert drawn.kind is kind
    assert sorted(village.id for village in drawn.villages) == sorted(one.id for one in places)
    for village in drawn.villages:
        assert village.d.startswith("M") and village.d.endswith("z")
        assert re.fullmatch(r"[Mlza0-9 -]+", village.d)
        assert 0 <= village.x <= drawn.view_box[2]
        assert 0 <= village.y <= drawn.view_box[3]


def test_without_a_coast_it_falls_back_to_the_tree():
    drawn = draw(grid(4), {}, coast=None, source="uji")
    assert drawn.land == ""
    assert len(drawn.villages) == 4


def test_a_village_at_sea_becomes_an_island_and_is_drawn_nearer():
    drawn = draw([*grid(12), place(40, (112.0, -2.8))], {}, coast=COAST, source="uji")
    assert drawn.moved == (40,)
    assert next(village for village in drawn.villages if village.id == 40).d


def test_land_of_nobody_is_not_drawn_as_ours():
    drawn = draw(grid(12), {}, coast=COAST, source="uji")
    alone = draw(grid(12), {}, coast=shapely.MultiPolygon([COAST.geoms[0]]), source="uji")
    assert drawn.villages == alone.villages


def test_a_village_without_a_border_is_a_mark_at_its_point():
    places = [place(0), place(1), place(2, (107.5, -2.5))]
    outlines = {0: shapely.box(107, -3, 107.5, -2), 1: shapely.box(107.5, -3, 108, -2)}
    drawn = draw(places, outlines, coast=None, source="uji")
    lacking = [village for village in drawn.villages if village.lacks_border]
    assert [village.id for village in lacking] == [2]
    assert lacking[0].is_marker
    assert 0 < lacking[0].x < drawn.view_box[2]


def test_a_village_without_border_and_point_stands_below_the_map():
    outlines = {0: shapely.box(107, -3, 108, -2)}
    drawn = draw([place(0), place(1)], outlines, coast=None, source="uji")
    below = next(village for village in drawn.villages if village.id == 1)
    above = next(village for village in drawn.villages if village.id == 0)
    assert below.lacks_border
    assert below.y > above.y


def test_an_island_too_small_to_see_is_marked():
    outlines = {0: shapely.box(107, -3, 108, -2), 1: shapely.box(108.05, -2.5, 108.051, -2.499)}
    drawn = draw([place(0), place(1)], outlines, coast=None, source="uji")
    assert [village.is_marker for village in drawn.villages] == [False, True]


def test_neighbours_share_the_points_of_their_border():
    line = [(107.5, -3.0), (107.503, -2.7), (107.48, -2.5), (107.5, -2.0)]
    left = shapely.Polygon([(107, -3), *line, (107, -2)])
    right = shapely.Polygon([(108, -3), *line, (108, -2)])
    drawn = draw([place(0), place(1)], {0: left, 1: right}, coast=None, source="uji")

    def corners(path):
        start, moves = re.match(r"M(\d+) (\d+)l(.*)z", path).groups()[:2], path.split("l")[1]
        at, found = [int(number) for number in start], set()
        steps = [int(number) for number in re.findall(r"-?\d+", moves)]
        found.add(tuple(at))
        for x, y in zip(steps[::2], steps[1::2], strict=True):
            at = [at[0] + x, at[1] + y]
            found.add(tuple(at))
        return found

    assert len(corners(drawn.villages[0].d) & corners(drawn.villages[1].d)) == 4


def test_a_dense_town_is_drawn_larger():
    wide = {n: shapely.box(107 + n, -4, 108 + n, -2) for n in range(6)}
    town = {10 + n: shapely.box(107.4 + n * 0.02, -3, 107.42 + n * 0.02, -2.98) for n in range(4)}
    hole = shapely.box(107.4, -3, 107.48, -2.98)
    wide[0] = wide[0].difference(hole)
    drawn = draw(
        [place(n, district="Kota" if n >= 10 else "Luar") for n in [*wide, *town]],
        wide | town,
        coast=None,
        source="uji",
    )
    inset = drawn.insets[0]
    assert {village.id for village in inset.villages} >= set(town)
    assert {label.text for label in inset.labels} >= {f"Desa {n}" for n in town}
    left, top, width, height = inset.frame
    middle = next(village for village in drawn.villages if village.id == 11)
    assert left < middle.x < left + width
    assert top < middle.y < top + height


def test_names_of_kecamatan_do_not_cover_each_other():
    places = [
        place(n, (107.1 + 0.1 * (n % 5), -2.65 - 0.07 * (n // 5)), district=f"Kecamatan {n % 5}")
        for n in range(25)
    ]
    labels = draw(places, {}, coast=COAST, source="uji").district_labels
    assert labels
    boxes = [
        shapely.box(
            label.x - 16 * len(label.text), label.y - 50, label.x + 16 * len(label.text), label.y + 10
        )
        for label in labels
    ]
    for n, one in enumerate(boxes):
        assert not any(one.intersects(other) for other in boxes[n + 1 :])


def test_it_is_the_same_after_a_trip_through_the_cache():
    drawn = draw(grid(12), {}, coast=COAST, source="uji")
    assert MapShapes.from_json(drawn.to_json()) == drawn


def test_it_is_the_same_every_time():
    assert draw(grid(12), {}, coast=COAST, source="uji") == draw(grid(12), {}, coast=COAST, source="uji")


def test_neighbours_come_from_borders_or_cells():
    outlines = {n: shapely.box(107 + n, -3, 108 + n, -2) for n in range(3)}
    assert neighbours([place(n) for n in range(3)], outlines, coast=None) == [(0, 1), (1, 2)]
    pairs = neighbours(grid(4), {}, coast=COAST)
    assert (0, 1) in pairs
    assert (0, 3) not in pairs
    assert neighbours([place(n) for n in range(3)], {}, coast=COAST) == []
