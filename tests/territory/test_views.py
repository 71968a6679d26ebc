"""It leads from the search and from a file of borders to what was meant, on plain pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bersinar import jobs
from bersinar.territory import queries
from bersinar.territory.models import Boundary, BoundarySet
from bersinar.territory.queries import maps
from bersinar.territory.vocabulary import BoundaryMatch, MapKind, SetState
from tests.territory.invented import collection, feature, features, square

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def own_cache(tmp_path, settings):
    settings.BERSINAR_DATA = tmp_path
    maps._HELD.clear()


@pytest.fixture
def browser(client_as):
    return client_as("actor_p2m")


def upload(browser, content, **fields):
    file = SimpleUploadedFile("batas.geojson", content)
    return browser.post(reverse("territory:borders"), {"file": file, "attribution": "BIG uji", **fields})


class TestSearch:
    def test_it_links_villages_of_the_own_region_only(self, browser):
        page = browser.get(reverse("territory:search"), {"q": "tanjong binga"}).content.decode()
        assert reverse("reporting:village", args=["19.02.04.2005"]) in page
        assert "Kecamatan Sijuk, Kabupaten Belitung, Kepulauan Bangka Belitung" in page
        page = browser.get(reverse("territory:search"), {"q": "Sungailiat"}).content.decode()
        assert "19.01." in page
        assert "/desa/19.01." not in page

    def test_it_shows_twenty_at_a_time(self, browser):
        first = browser.get(reverse("territory:search"), {"q": "air"})
        assert len(first.context["rows"]) == 20
        second = browser.get(reverse("territory:search"), {"q": "air", "hal": "2"})
        assert {row.id for row in first.context["rows"]}.isdisjoint(row.id for row in second.context["rows"])

    @pytest.mark.parametrize(
        "query", [{}, {"q": ""}, {"q": "qqqqqq"}, {"q": "a" * 5000}, {"q": "air", "hal": "-9"}]
    )
    def test_it_answers_anything(self, browser, query):
        assert browser.get(reverse("territory:search"), query).status_code == 200

    def test_it_shows_what_was_typed_as_text(self, browser):
        page = browser.get(reverse("territory:search"), {"q": "<script>x"}).content.decode()
        assert "<script>x" not in page

    def test_village_people_see_no_search(self, client_as):
        browser = client_as("actor_kades")
        assert browser.get(reverse("territory:search"), {"q": "air"}).status_code == 403
        assert 'role="search"' not in browser.get("/").content.decode()


class TestBorders:
    def test_upload_look_use_undo(self, browser, belitung):
        villages = queries.villages_of_office(belitung.pk)
        answer = upload(browser, collection(features(villages)))
        found = BoundarySet.objects.for_actor(maps.reader(belitung.pk)).get()
        assert answer.url == reverse("territory:border_set", args=[found.pk])
        page = browser.get(answer.url).content.decode()
        assert "88 dari 88 desa mendapat batas." in page
        assert page.count('<path class="shape"') == 88
        browser.post(reverse("territory:use_set", args=[found.pk]))
        assert queries.shapes(belitung.pk).kind is MapKind.BATAS
        page = browser.get(reverse("territory:borders")).content.decode()
        assert "dipakai" in page and reverse("territory:use_schematic") in page
        browser.post(reverse("territory:use_schematic"))
        assert queries.shapes(belitung.pk).kind is MapKind.SKEMATIK

    def test_a_doubtful_shape_is_decided_on_the_page(self, browser, belitung):
        upload(browser, collection([feature(square(9), name="Dukong")]))
        shape = Boundary.objects.for_actor(maps.reader(belitung.pk)).get()
        page = browser.get(reverse("territory:border_set", args=[shape.boundary_set_id])).content.decode()
        assert "Berkas tidak menyebut kecamatannya." in page
        address = reverse("territory:decide", args=[shape.pk])
        assert browser.post(address, {}).status_code == 400
        answer = browser.post(address, {f"b{shape.pk}-village": "kode", f"b{shape.pk}-code": "33.01.01.2001"})
        assert answer.status_code == 400
        assert "bukan desa di wilayah kerja" in answer.content.decode()
        code = {f"b{shape.pk}-village": "kode", f"b{shape.pk}-code": "1902012007"}
        assert browser.post(address, code).status_code == 302
        shape.refresh_from_db(from_queryset=Boundary.objects.for_actor(maps.reader(belitung.pk)))
        assert (shape.match, shape.village.name) == (BoundaryMatch.ORANG, "Dukong")
        assert browser.post(address, {f"b{shape.pk}-village": "lewati"}).status_code == 302
        page = browser.get(reverse("territory:border_set", args=[shape.boundary_set_id])).content.decode()
        assert "dilewati" in page

    def test_a_wrong_answer_on_a_later_page_is_shown_there(self, browser, belitung):
        upload(browser, collection([feature(square(n), name="Dukong") for n in range(25)]))
        last = Boundary.objects.for_actor(maps.reader(belitung.pk)).order_by("number").last()
        page = browser.post(reverse("territory:decide", args=[last.pk]), {}).content.decode()
        assert "Pilih satu desa, atau lewati bentuk ini." in page

    def test_a_refused_file_says_why_and_what_to_do(self, browser, belitung):
        answer = upload(browser, b'{"features": [')
        page = browser.get(answer.url).content.decode()
        assert "rusak atau terpotong" in page
        assert reverse("territory:borders") in page

    def test_swapped_axes_can_be_offered_again(self, browser, belitung):
        village = queries.villages_of_office(belitung.pk).first()
        turned = [[[y, x] for x, y in ring] for ring in square(0)]
        content = collection([feature(turned, code=village.code, name=village.name)])
        assert "mencentang" in browser.get(upload(browser, content).url).content.decode()
        page = browser.get(upload(browser, content, swap_axes="on").url).content.decode()
        assert "1 dari 88 desa mendapat batas." in page

    def test_a_form_without_a_file_or_source_is_refused(self, browser):
        assert browser.post(reverse("territory:borders"), {}).status_code == 400
        assert upload(browser, collection([feature(square(0))]), attribution="").status_code == 400

    def test_a_large_file_goes_to_the_background(self, browser, belitung, actor_p2m):
        villages = queries.villages_of_office(belitung.pk)
        content = collection(features(villages)) + b" " * 600_000
        answer = upload(browser, content)
        assert answer.url.startswith("/pekerjaan/")
        assert jobs.run_pending() == 1
        assert BoundarySet.objects.for_actor(actor_p2m).get().state == SetState.TERBACA

    @pytest.mark.parametrize("who", ["actor_elsewhere", "actor_rehab", "actor_kades"])
    def test_others_do_not_find_it(self, browser, belitung, client_as, who):
        upload(browser, collection(features(queries.villages_of_office(belitung.pk))))
        found = BoundarySet.objects.for_actor(maps.reader(belitung.pk)).get()
        other = client_as(who)
        expected = 404 if who == "actor_elsewhere" else 403
        assert other.get(reverse("territory:border_set", args=[found.pk])).status_code == expected
        assert other.post(reverse("territory:use_set", args=[found.pk])).status_code == expected
