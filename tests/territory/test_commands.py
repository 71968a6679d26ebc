"""It does from the shell what the pages do, and only with --commit."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bersinar.territory import queries
from bersinar.territory.vocabulary import MapKind
from tests.territory.invented import collection, features

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_regions_counts_then_stores():
    assert "393 desa baru" in run("regions", "--province", "19")
    assert not queries.regions_are_loaded()
    assert "Disimpan." in run("regions", "--province", "19", "--commit")
    assert run("regions", "--province", "19", "--commit").startswith("0 desa baru")


class TestBorders:
    @pytest.fixture(autouse=True)
    def own_cache(self, tmp_path, settings):
        settings.BERSINAR_DATA = tmp_path

    @pytest.fixture
    def file(self, tmp_path, belitung):
        path = tmp_path / "batas.geojson"
        path.write_bytes(collection(features(queries.villages_of_office(belitung.pk))))
        return str(path)

    def test_it_only_looks_without_commit(self, file, belitung):
        told = run("borders", file, "--office", "bnnk belitung")
        assert "88 dari 88 desa BNNK Belitung mendapat batas." in told
        assert "Belum disimpan" in told
        assert queries.shapes(belitung.pk).kind is MapKind.SKEMATIK

    def test_it_stores_and_uses_with_commit(self, file, belitung):
        run("borders", file, "--office", "BNNK Belitung", "--source", "BIG uji", "--commit")
        assert "BIG uji" in queries.shapes(belitung.pk).source

    def test_it_wants_a_source_before_it_stores(self, file):
        with pytest.raises(CommandError, match="--source"):
            run("borders", file, "--office", "BNNK Belitung", "--commit")

    @pytest.mark.parametrize(
        ("name", "office", "sentence"),
        [
            ("batas.geojson", "BNNK Lain", "Tidak ada satuan kerja"),
            ("tidak ada.geojson", "BNNK Belitung", "tidak ada"),
            ("rusak.geojson", "BNNK Belitung", "rusak atau terpotong"),
        ],
    )
    def test_it_says_what_is_wrong(self, file, tmp_path, name, office, sentence):
        (tmp_path / "rusak.geojson").write_text("{", encoding="utf-8")
        with pytest.raises(CommandError, match=sentence):
            run("borders", str(tmp_path / name), "--office", office)
