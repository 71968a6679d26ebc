"""What is built from npm: locked, small, and free of addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely import make_valid
from shapely.geometry import Point, shape

from bersinar.ui import build

built = pytest.mark.skipif(not build.is_built(), reason="bersinar.ui.build has not run")
KILOBYTE = 1000


def test_it_locks_every_package_without_naming_a_registry():
    text = (build.ASSETS / "package-lock.json").read_text()
    assert "http" not in text
    assert "resolved" not in text
    packages = json.loads(text)["packages"]
    assert all(entry["integrity"] for name, entry in packages.items() if name)


def test_it_knows_that_a_missing_file_means_building_again(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "DIST", tmp_path)
    monkeypatch.setattr(build, "MANIFEST", tmp_path / "manifest.json")
    assert not build.is_current()
    (tmp_path / "fonts.css").write_text("")
    build._write_manifest(tmp_path)
    assert build.is_current()
    (tmp_path / "fonts.css").unlink()
    assert not build.is_current()


def test_it_walks_an_arc_backwards_when_its_number_is_negative():
    transform = {"scale": [0.5, 0.5], "translate": [100, -10]}
    arcs = [build._unpacked(steps, transform) for steps in ([[0, 0], [2, 0]], [[0, 0], [1, 2], [1, -2]])]
    assert build._ring([0, ~1], arcs) == [[100, -10], [101, -10], [100.5, -9], [100, -10]]


@built
def test_it_keeps_the_font_small_and_its_licence_beside_it():
    fonts = build.DIST / "fonts"
    assert (fonts / "plus-jakarta-sans.woff2").stat().st_size <= 35 * KILOBYTE
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text()


@built
def test_it_gives_documents_a_regular_and_a_bold_of_one_family():
    from fontTools.ttLib import TTFont

    for style, weight in (("Regular", 400), ("Bold", 700)):
        font = TTFont(build.DIST / "fonts" / f"PlusJakartaSans-{style}.ttf")
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == weight
        assert font["name"].getDebugName(1) == "Plus Jakarta Sans"


@built
def test_it_finds_belitung_on_land_and_the_java_sea_off_it():
    file: Path = build.DIST / "coast" / "indonesia.geojson"
    land = make_valid(shape(json.loads(file.read_text())))
    assert land.contains(Point(107.9, -2.9))
    assert not land.contains(Point(109.5, -4.5))
