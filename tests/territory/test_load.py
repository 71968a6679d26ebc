"""It stores the published regions once, and opens offices."""

import pytest

from bersinar.access import ANONYMOUS
from bersinar.territory import actions, queries
from bersinar.territory.models import District, Province, Regency, Village
from bersinar.territory.vocabulary import OfficeKind, VillageKind

pytestmark = pytest.mark.django_db


def test_it_loads_one_province_whole(regions):
    assert Province.objects.for_actor(ANONYMOUS).count() == 1
    assert Regency.objects.for_actor(ANONYMOUS).count() == 7
    assert District.objects.for_actor(ANONYMOUS).count() == 47
    assert Village.objects.for_actor(ANONYMOUS).count() == 393


def test_it_changes_nothing_the_second_time(regions):
    before = list(Village.objects.for_actor(ANONYMOUS).values_list("pk", "code"))
    assert actions.load_regions(provinces=("19",)) == 0
    assert list(Village.objects.for_actor(ANONYMOUS).values_list("pk", "code")) == before


def test_it_knows_the_kind_from_the_code(regions):
    villages = Village.objects.for_actor(ANONYMOUS)
    assert villages.get(code="19.02.01.1001").kind == VillageKind.KELURAHAN
    assert villages.get(code="19.02.04.2005").kind == VillageKind.DESA


def test_an_office_may_serve_several_regencies(belitung):
    assert queries.villages_of_office(belitung.pk).count() == 88


def test_opening_an_office_again_changes_only_its_regions(belitung):
    again = actions.open_office(kind=OfficeKind.BNNK, name="BNNK Belitung", prefixes=("19.02",))
    assert again.pk == belitung.pk
    assert again.seat == "Tanjungpandan"
    assert queries.villages_of_office(belitung.pk).count() == 49
