"""It stores shapes that are valid, and borders that stay shared."""

import math

import shapely

from bersinar.territory.borders.shaping import shape_features
from tests.territory.invented import square


def test_a_polygon_that_crosses_itself_is_repaired_and_said_so():
    bow = [[[107, -3], [107.1, -2.9], [107.1, -3], [107, -2.9], [107, -3]]]
    found = shape_features([[bow], [square(5)]])
    assert found.repaired.tolist() == [True, False]
    assert all(shapely.is_valid(found.shapes))
    assert found.shapes[0].area > 0


def test_a_shape_without_area_comes_out_empty():
    flat = [[[107, -3], [107.1, -3], [107.2, -3], [107, -3]]]
    assert shape_features([[flat], [square(5)]]).shapes[0].is_empty


def test_a_shared_border_stays_shared():
    line = [[107.5 + 0.0004 * math.sin(n), -3 + n * 0.002] for n in range(51)]
    left = [[[107.4, -3.0], *line, [107.4, -2.9], [107.4, -3.0]]]
    right = [[[107.6, -3.0], *line, [107.6, -2.9], [107.6, -3.0]]]
    found = shape_features([[left], [right]], tolerance=0.001)
    first, second = found.shapes
    assert shapely.get_num_coordinates(first) < 40
    assert first.intersection(second).area < 1e-12
    assert math.isclose(shapely.union_all([first, second]).area, 0.2 * 0.1, rel_tol=1e-6)


def test_overlapping_shapes_still_come_out_valid():
    found = shape_features([[square(0)], [square(0)], [square(1)]])
    assert all(shapely.is_valid(found.shapes))
    assert not any(shape.is_empty for shape in found.shapes)
