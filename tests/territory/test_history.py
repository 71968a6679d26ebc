"""It keeps a village when its code changes, and finds it by every code it ever had."""

from datetime import date

import pytest

from bersinar.access import ANONYMOUS, NotAllowed
from bersinar.territory import actions, queries
from bersinar.territory.errors import CodeRefused, VillageEnded
from bersinar.territory.models import FormerCode, Succession, Village

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
OLD, NEW = "19.02.04.2005", "19.02.04.2099"


@pytest.fixture
def village(belitung):
    return queries.village_by_code(OLD)


def move(village, actor, new=NEW, on=date(2025, 7, 1)):
    return actions.change_code(village.pk, new_code=new, from_date=on, source="Keputusan uji", by=actor)


def test_it_finds_the_village_by_both_codes(village, actor_p2m):
    move(village, actor_p2m)
    assert queries.village_by_code(OLD).pk == village.pk
    assert queries.village_by_code(NEW.replace(".", "")).pk == village.pk


def test_it_answers_for_one_day(village, actor_p2m):
    move(village, actor_p2m)
    assert queries.village_by_code(OLD, on=date(2025, 6, 30)).pk == village.pk
    assert queries.village_by_code(OLD, on=date(2025, 7, 1)) is None
    assert queries.village_by_code(NEW, on=date(2025, 6, 30)) is None
    assert queries.village_by_code(NEW, on=date(2025, 7, 1)).pk == village.pk


def test_it_appends_each_change(village, actor_p2m):
    move(village, actor_p2m)
    move(village, actor_p2m, new="19.02.04.2098", on=date(2026, 1, 1))
    rows = FormerCode.objects.for_actor(ANONYMOUS).filter(village=village).order_by("valid_to")
    assert [(row.code, row.valid_from, row.valid_to) for row in rows] == [
        (OLD, None, date(2025, 6, 30)),
        (NEW, date(2025, 7, 1), date(2025, 12, 31)),
    ]


def test_loading_the_regions_again_does_not_bring_the_old_code_back(village, actor_p2m):
    move(village, actor_p2m)
    assert actions.load_regions(provinces=("19",)) == 0
    assert queries.village_by_code(OLD).pk == village.pk


def test_it_moves_the_village_into_the_kecamatan_of_its_code(village, actor_p2m):
    assert move(village, actor_p2m, new="19.02.01.2099").district.name == "Tanjungpandan"


@pytest.mark.parametrize("code", ["19.02.99.2001", "19.02.04", "19.02.04.2004", "kode"])
def test_it_refuses_a_code_of_nowhere_or_of_somebody(village, actor_p2m, code):
    with pytest.raises(CodeRefused):
        move(village, actor_p2m, new=code)
    assert queries.village_by_code(OLD).pk == village.pk


def test_it_refuses_a_date_before_the_present_code(village, actor_p2m):
    move(village, actor_p2m)
    with pytest.raises(CodeRefused):
        move(village, actor_p2m, new="19.02.04.2098", on=date(2025, 7, 1))


def test_a_closed_village_leaves_the_office_but_keeps_its_name(village, actor_p2m):
    heir = queries.village_by_code("19.02.04.2004")
    actions.close_village(
        village.pk, last_date=date(2025, 12, 31), successors=[heir.pk], source="Keputusan uji", by=actor_p2m
    )
    assert queries.village_in_office(actor_p2m.office_id, OLD) is None
    assert queries.village_by_code(OLD).valid_to == date(2025, 12, 31)
    assert Succession.objects.for_actor(ANONYMOUS).get(village=village).successor_id == heir.pk


def test_it_refuses_to_close_twice_or_to_follow_itself(village, actor_p2m):
    with pytest.raises(VillageEnded):
        actions.close_village(
            village.pk, last_date=date(2025, 1, 1), successors=[village.pk], source="x", by=actor_p2m
        )
    actions.close_village(village.pk, last_date=date(2025, 1, 1), successors=[], source="x", by=actor_p2m)
    with pytest.raises(VillageEnded):
        move(village, actor_p2m)


def test_only_those_who_keep_the_regions_may(village, actor_rehab):
    with pytest.raises(NotAllowed):
        move(village, actor_rehab)
    assert Village.objects.for_actor(ANONYMOUS).get(pk=village.pk).code == OLD
