"""It reads borders in a process of its own, and refuses what is not fit with a sentence."""

import io
import json
import zipfile

import pytest

from bersinar.jobs.limited import LimitExceeded
from bersinar.territory.borders import limits
from bersinar.territory.borders.reader import read_features
from bersinar.territory.errors import BordersRefused
from tests.territory.invented import collection, feature, square


def read(content, name="batas.geojson", **options):
    return read_features(content, file_name=name, **options)


def refusal(content, name="batas.geojson", **options):
    with pytest.raises(BordersRefused) as caught:
        read(content, name, **options)
    assert "{" not in str(caught.value)
    return caught.value.code.removeprefix("territory.")


def swapped(rings):
    return [[[y, x] for x, y in ring] for ring in rings]


def test_it_reads_shapes_with_what_they_say_of_themselves():
    found = read(
        collection([feature(square(0), KDEPUM="1902042005", WADMKD="Tanjung Binga", WADMKC="Sijuk")])
    )
    (shape,) = found.features
    assert (shape.number, shape.code, shape.name, shape.district) == (
        1,
        "19.02.04.2005",
        "Tanjung Binga",
        "Sijuk",
    )
    assert shape.polygons == [square(0)]


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"code": "19.02.04.2005"}, "19.02.04.2005"),
        ({"kode": 1902042005}, "19.02.04.2005"),
        ({"kode": 1902042005.0}, "19.02.04.2005"),
        ({"apa saja": "19.02.04.2005"}, "19.02.04.2005"),
        ({"telepon": "1902042005"}, ""),
        ({"KDBBPS": "1902042005", "kode_bps": "19.02.04.2005"}, ""),
        ({"code": True}, ""),
        ({"code": ["19.02.04.2005"]}, ""),
        ({"code": "19.02.04"}, ""),
    ],
)
def test_it_finds_the_code(attributes, code):
    assert read(collection([feature(square(0), **attributes)])).features[0].code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  \n", "file_empty"),
        (b'{"type": "FeatureCollection", "features": [', "broken_json"),
        (b"{}", "not_geojson"),
        (b"[1, 2]", "not_geojson"),
        (b'{"type":"FeatureCollection","features":{}}', "not_geojson"),
        (b'{"type":"FeatureCollection","features":[1]}', "not_geojson"),
        (b'{"features":[NaN]}', "not_geojson"),
        (b'{"features":[' + b"9" * 5000 + b"]}", "not_geojson"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b"<html></html>", "not_geojson"),
        (collection([]), "no_areas"),
        (collection([{"type": "Feature", "properties": None, "geometry": None}]), "no_areas"),
        (collection([feature([107.5, -2.6], kind="Point")]), "no_areas"),
        (collection([feature([[107.5, -2.6], [107.6, -2.6]], kind="LineString")]), "no_areas"),
        (collection([feature([[[107.5, -2.6], [107.6, -2.6]]])]), "no_areas"),
        (collection([feature([[[107.5, "x"], [1, 2], [3, 4], [5, 6]]])]), "not_a_number"),
        (collection([feature([[[107.5], [1, 2], [3, 4], [5, 6]]])]), "not_a_number"),
        (collection([feature([[[107.5, True], [1, 2], [3, 4], [5, 6]]])]), "not_a_number"),
        (collection([feature("abc")]), "no_areas"),
        (collection([feature([[1, 2, 3, 4]])]), "not_a_number"),
        (collection([feature(swapped(square(0)), name="Desa")]), "swapped"),
        (collection([feature([[[8e5, 9.7e6], [8.1e5, 9.7e6], [8.1e5, 9.8e6], [8e5, 9.7e6]]])]), "metres"),
        (collection([feature([[[2, 48], [3, 48], [3, 49], [2, 48]]], name="Paris")]), "outside"),
        (b"GIF89a", "not_geojson"),
    ],
)
def test_it_refuses(content, code):
    assert refusal(content) == code


def test_it_refuses_a_number_too_large_to_be_one():
    content = collection([feature(square(0))]).replace(b"107.51", b"1e400")
    assert refusal(content) == "not_a_number"


def test_it_refuses_an_unknown_kind():
    assert refusal(b"\x00\x00\x27\x0a", name="batas.shp") == "unknown_kind"


def test_it_refuses_a_file_that_is_too_large_before_reading_it():
    assert refusal(b"{" + b" " * limits.MAX_BYTES) == "file_too_large"


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("EPSG:4755", True),
        ("EPSG:32748", False),
        ("urn:ogc:def:crs:EPSG::23830", False),
    ],
)
def test_it_knows_degrees_from_other_systems(name, fine):
    content = collection([feature(square(0))], crs={"type": "name", "properties": {"name": name}})
    if fine:
        assert read(content).features
    else:
        assert refusal(content) == "wrong_crs"


def test_it_follows_no_address_in_the_file():
    crs = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
    assert refusal(collection([feature(square(0))], crs=crs)) == "wrong_crs"


def test_it_swaps_the_axes_when_asked():
    content = collection([feature(swapped(square(0)))])
    assert read(content, swap_axes=True).features[0].polygons == [square(0)]


def test_it_leaves_out_single_shapes_that_lie_elsewhere_or_have_no_area():
    far = feature([[[2, 48], [3, 48], [3, 49], [2, 48]]])
    content = collection([feature(square(0)), far, feature([107.5, -2.6], kind="Point"), feature(square(1))])
    found = read(content)
    assert [one.number for one in found.features] == [1, 4]
    assert (found.outside, found.empty) == ((2,), (3,))


def test_it_closes_an_open_ring_and_drops_heights():
    ring = [[x, y, 12.5] for x, y in square(0)[0][:-1]]
    assert read(collection([feature([ring])])).features[0].polygons == [square(0)]


def test_it_reads_several_parts_and_collections():
    parts = feature([square(0), square(5)], kind="MultiPolygon")
    mixed = {
        "type": "Feature",
        "properties": {},
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Point", "coordinates": [107.5, -2.6]},
                {"type": "Polygon", "coordinates": square(1)},
            ],
        },
    }
    found = read(collection([parts, mixed]))
    assert [len(one.polygons) for one in found.features] == [2, 1]


def test_it_reads_a_byte_mark_and_older_letters():
    plain = collection([feature(square(0), name="Désa")])
    assert read(b"\xef\xbb\xbf" + plain).features[0].name == "Désa"
    older = json.dumps(json.loads(plain), ensure_ascii=False).encode("cp1252")
    assert read(older).features[0].name == "Désa"


def test_a_name_is_cut_and_cleaned():
    name = "Desa\u202e\x00 " + "a" * 5000
    assert len(read(collection([feature(square(0), name=name)])).features[0].name) == limits.MAX_TEXT


def test_too_many_shapes_are_refused():
    row = json.dumps(feature([107.5, -2.6], kind="Point"))
    content = ('{"features":[' + ",".join([row] * (limits.MAX_SHAPES + 1)) + "]}").encode()
    assert refusal(content) == "too_many_shapes"


def test_a_file_that_fills_the_memory_ends_its_reader_only():
    # Small lists cost Python far more than their two bytes: a bomb within the size that is accepted.
    content = b'{"features":[' + b"[]," * 12_000_000 + b"[]]}"
    with pytest.raises(LimitExceeded):
        read(content)


def zipped(**entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


class TestPacked:
    """GeoPackage and shapefile, with the extra."""

    @pytest.fixture(autouse=True)
    def extra(self):
        pytest.importorskip("pyogrio")

    @staticmethod
    def write(path, driver, crs="EPSG:4326", layer=None):
        import numpy as np
        import shapely
        from pyogrio.raw import write

        shapes = np.array([shapely.Polygon(square(n)[0]) for n in range(3)], dtype=object)
        codes = np.array([f"19.02.04.200{n + 1}" for n in range(3)], dtype=object)
        names = np.array(["Satu", "Dua", "Tiga"], dtype=object)
        write(
            path,
            shapely.to_wkb(shapes),
            [codes, names],
            ["KDEPUM", "WADMKD"],
            driver=driver,
            crs=crs,
            geometry_type="Polygon",
            layer=layer,
            append=path.exists(),
        )

    def test_it_reads_a_geopackage(self, tmp_path):
        self.write(tmp_path / "batas.gpkg", "GPKG")
        found = read((tmp_path / "batas.gpkg").read_bytes(), "batas.gpkg")
        assert [(one.code, one.name) for one in found.features] == [
            ("19.02.04.2001", "Satu"),
            ("19.02.04.2002", "Dua"),
            ("19.02.04.2003", "Tiga"),
        ]

    def test_it_reads_a_shapefile_in_a_zip(self, tmp_path):
        self.write(tmp_path / "batas.shp", "ESRI Shapefile")
        content = zipped(**{path.name: path.read_bytes() for path in tmp_path.iterdir()})
        assert [one.name for one in read(content, "batas.zip").features] == ["Satu", "Dua", "Tiga"]

    def test_it_refuses_metres(self, tmp_path):
        self.write(tmp_path / "batas.gpkg", "GPKG", crs="EPSG:32748")
        assert refusal((tmp_path / "batas.gpkg").read_bytes(), "batas.gpkg") == "wrong_crs"

    def test_it_refuses_several_layers(self, tmp_path):
        self.write(tmp_path / "batas.gpkg", "GPKG", layer="desa")
        self.write(tmp_path / "batas.gpkg", "GPKG", layer="kecamatan")
        assert refusal((tmp_path / "batas.gpkg").read_bytes(), "batas.gpkg") == "layers"

    @pytest.mark.parametrize("entries", [{}, {"a_shp": b"x"}, {"a_txt": b"x"}, {"a_shp": b"", "b_shp": b""}])
    def test_it_refuses_a_zip_without_a_whole_shapefile(self, entries):
        assert refusal(zipped(**entries), "batas.zip") == "bad_zip"

    def test_it_refuses_a_torn_zip(self, tmp_path):
        assert refusal(zipped(a_shp=b"x" * 5000)[:60], "batas.zip") == "bad_zip"

    def test_it_refuses_a_bomb_by_the_size_it_would_have(self):
        content = zipped(a_shp=b"\0" * (limits.MAX_UNPACKED + 1), a_shx=b"", a_dbf=b"", a_prj=b"")
        assert len(content) < limits.MAX_BYTES
        assert refusal(content, "batas.zip") == "unpacked_too_large"

    def test_it_refuses_a_broken_geopackage(self):
        assert refusal(b"SQLite format 3\0" + b"x" * 4000, "batas.gpkg") == "broken"
