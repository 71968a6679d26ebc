"""It keeps each file of borders as a generation, and shows only what somebody chose."""

import gzip
from pathlib import Path

import pytest
import shapely
from django.http import Http404

from bersinar.access import NotAllowed
from bersinar.territory import actions, queries
from bersinar.territory.errors import SetNotReady, VillageTaken
from bersinar.territory.models import Boundary, BoundaryFile, BoundarySet
from bersinar.territory.queries import maps
from bersinar.territory.vocabulary import BoundaryMatch, MapKind, OfficeKind, SetState
from tests.territory.invented import collection, feature, features, square

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, settings):
    settings.BERSINAR_DATA = tmp_path
    maps._HELD.clear()


@pytest.fixture
def villages(belitung):
    return list(queries.villages_of_office(belitung.pk))


def take_in(content, actor, **options):
    facts = {"file_name": "batas.geojson", "name": "Batas uji", "attribution": "Sumber uji", **options}
    return actions.import_boundaries(content, by=actor, **facts)


def test_it_matches_stores_and_forgets_the_file(villages, actor_p2m):
    found, report = take_in(collection(features(villages)), actor_p2m)
    assert found.state == SetState.TERBACA
    assert (report.matched, report.missing, report.listed) == (88, (), ())
    assert report.by_match == {BoundaryMatch.KODE: 88}
    assert not BoundaryFile.objects.for_actor(actor_p2m).exists()


def test_nothing_shows_until_it_is_chosen_and_the_former_can_come_back(villages, belitung, actor_p2m):
    first, _ = take_in(collection(features(villages)), actor_p2m, attribution="Pertama")
    assert queries.shapes(belitung.pk).kind is MapKind.SKEMATIK
    actions.use_boundaries(first.pk, by=actor_p2m)
    assert "Pertama" in queries.shapes(belitung.pk).source
    second, _ = take_in(collection(features(villages[:50])), actor_p2m, attribution="Kedua")
    assert "Pertama" in queries.shapes(belitung.pk).source
    actions.use_boundaries(second.pk, by=actor_p2m)
    shapes = queries.shapes(belitung.pk)
    assert "Kedua" in shapes.source
    assert sum(village.lacks_border for village in shapes.villages) == 38
    actions.use_boundaries(first.pk, by=actor_p2m)
    assert "Pertama" in queries.shapes(belitung.pk).source
    actions.use_boundaries(None, by=actor_p2m)
    assert queries.shapes(belitung.pk).kind is MapKind.SKEMATIK


def test_a_refused_file_leaves_nothing_but_the_reason(actor_p2m):
    found, report = take_in(b"{}", actor_p2m)
    assert (found.state, found.refused_code) == (SetState.DITOLAK, "territory.not_geojson")
    assert report.shapes == 0
    assert not Boundary.objects.for_actor(actor_p2m).exists()
    with pytest.raises(SetNotReady):
        actions.use_boundaries(found.pk, by=actor_p2m)


def test_reading_twice_changes_nothing(villages, actor_p2m):
    found, _ = take_in(collection(features(villages)), actor_p2m)
    again = actions.read_borders(found.pk, by=actor_p2m)
    assert again.state == SetState.TERBACA
    assert Boundary.objects.for_actor(actor_p2m).count() == 88


def test_what_was_repaired_and_left_out_is_reported(villages, actor_p2m):
    rows = list(features(villages[:3]))
    rows[0]["geometry"]["coordinates"][0][1], rows[0]["geometry"]["coordinates"][0][2] = (
        rows[0]["geometry"]["coordinates"][0][2],
        rows[0]["geometry"]["coordinates"][0][1],
    )
    rows.append({"type": "Feature", "properties": {"code": villages[3].code}, "geometry": None})
    rows.append(feature(square(0), code="33.01.01.2001", name="Tambakreja"))
    found, report = take_in(collection(rows), actor_p2m)
    assert (report.repaired, found.report["repaired"]) == (1, [1])
    assert (found.report["n_empty"], found.report["elsewhere"]) == (1, 1)
    assert len(report.missing) == 85


class TestReview:
    @pytest.fixture
    def doubtful(self, villages, actor_p2m):
        rows = list(features(villages[:5]))
        rows.append(feature(square(9), name="Dukong"))
        take_in(collection(rows), actor_p2m)
        return Boundary.objects.for_actor(actor_p2m).get(match=BoundaryMatch.RAGU)

    def test_a_person_decides(self, doubtful, belitung, actor_p2m):
        village = queries.village_by_code("19.02.01.2007")
        assert village.pk in doubtful.candidates
        actions.decide_boundary(doubtful.pk, village_id=village.pk, by=actor_p2m)
        decided = Boundary.objects.for_actor(actor_p2m).get(pk=doubtful.pk)
        assert (decided.match, decided.village_id, decided.decided_by_name) == (
            BoundaryMatch.ORANG,
            village.pk,
            actor_p2m.name,
        )

    def test_or_leaves_it_out_and_may_think_again(self, doubtful, actor_p2m):
        actions.decide_boundary(doubtful.pk, village_id=None, by=actor_p2m)
        assert Boundary.objects.for_actor(actor_p2m).get(pk=doubtful.pk).match == BoundaryMatch.DILEWATI
        village = queries.village_by_code("19.02.01.2007")
        actions.decide_boundary(doubtful.pk, village_id=village.pk, by=actor_p2m)
        assert Boundary.objects.for_actor(actor_p2m).get(pk=doubtful.pk).village_id == village.pk

    def test_no_village_gets_two_shapes(self, doubtful, villages, actor_p2m):
        with pytest.raises(VillageTaken):
            actions.decide_boundary(doubtful.pk, village_id=villages[0].pk, by=actor_p2m)

    def test_a_village_of_others_is_refused(self, doubtful, actor_p2m):
        other = queries.village_by_code("19.01.01.2001") or queries.village_by_code("19.01.01.1001")
        with pytest.raises(SetNotReady):
            actions.decide_boundary(doubtful.pk, village_id=other.pk, by=actor_p2m)

    def test_what_a_code_settled_is_not_up_for_decision(self, doubtful, villages, actor_p2m):
        sure = Boundary.objects.for_actor(actor_p2m).get(village=villages[0])
        with pytest.raises(SetNotReady):
            actions.decide_boundary(sure.pk, village_id=None, by=actor_p2m)

    def test_the_map_follows_the_decision(self, doubtful, belitung, actor_p2m):
        actions.use_boundaries(doubtful.boundary_set_id, by=actor_p2m)
        before = sum(village.lacks_border for village in queries.shapes(belitung.pk).villages)
        village = queries.village_by_code("19.02.01.2007")
        actions.decide_boundary(doubtful.pk, village_id=village.pk, by=actor_p2m)
        after = queries.shapes(belitung.pk)
        assert sum(one.lacks_border for one in after.villages) == before - 1


class TestOthers:
    def test_another_office_finds_nothing(self, villages, actor_p2m, actor_elsewhere):
        found, _ = take_in(collection(features(villages)), actor_p2m)
        shape = Boundary.objects.for_actor(actor_p2m).first()
        assert not BoundarySet.objects.for_actor(actor_elsewhere).exists()
        with pytest.raises(Http404):
            actions.use_boundaries(found.pk, by=actor_elsewhere)
        with pytest.raises(Http404):
            actions.decide_boundary(shape.pk, village_id=None, by=actor_elsewhere)

    def test_the_province_looks_but_does_not_choose_for_them(
        self, villages, province, actor_p2m, actor_province
    ):
        found, _ = take_in(collection(features(villages)), actor_p2m)
        assert queries.boundary_set(found.pk, actor_province).pk == found.pk
        with pytest.raises(Http404):
            actions.use_boundaries(found.pk, by=actor_province)

    @pytest.mark.parametrize("who", ["actor_rehab", "actor_head", "actor_kades"])
    def test_the_right_is_asked_for(self, villages, who, request):
        with pytest.raises(NotAllowed):
            take_in(collection(features(villages)), request.getfixturevalue(who))


@pytest.mark.skipif(not DATA.is_dir(), reason="reference data are not here")
class TestRealBorders:
    def test_all_88_villages_of_belitung_match_by_code(self, belitung, actor_p2m):
        found, report = take_in((DATA / "belitung_villages.geojson").read_bytes(), actor_p2m)
        assert (report.matched, report.missing, report.repaired) == (88, (), 0)
        actions.use_boundaries(found.pk, by=actor_p2m)
        shapes = queries.shapes(belitung.pk)
        assert len(shapes.villages) == 88
        assert {inset.title for inset in shapes.insets} == {"Tanjungpandan", "Manggar"}
        stored = Boundary.objects.for_actor(actor_p2m).filter(boundary_set=found)
        assert all(shapely.from_wkb(bytes(row.geometry)).is_valid for row in stored)

    def test_they_match_by_name_alone_too(self, belitung, actor_p2m):
        content = (DATA / "belitung_villages.geojson").read_bytes().replace(b'"code":', b'"x":')
        content = content.replace(b'"x": "', b'"x": "tanpa ').replace(b'"x":"', b'"x":"tanpa ')
        _found, report = take_in(content, actor_p2m)
        assert report.by_match == {BoundaryMatch.NAMA: 88}

    def test_a_province_of_8563_villages_matches(self, db, actor_p2m):
        actions.load_regions(provinces=("33",))
        office = actions.open_office(kind=OfficeKind.BNNP, name="BNNP Jawa Tengah", prefixes=("33",))
        content = gzip.decompress((DATA / "jawa_tengah_villages.geojson.gz").read_bytes())
        _reading, matched = actions.match_content(content, file_name="x.geojson", office_id=office.pk)
        assert len(matched.kept) == 8563
        assert all(one.match is BoundaryMatch.KODE for one in matched.kept)
