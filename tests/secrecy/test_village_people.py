"""It shows people of a village their steps and promises, and none of the office's own words about them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bersinar.access import Role
from bersinar.accounts.models import User
from bersinar.programme import actions
from bersinar.programme.models import ProgrammeYear
from bersinar.programme.queries.timelines import village_line
from bersinar.programme.vocabulary import Origin, Precision, Stage
from bersinar.targeting.vocabulary import MoneySource
from bersinar.territory.queries import villages_of_office
from tests.support.people import person

pytestmark = pytest.mark.django_db
NOTE, PLAN, SOURCE = "kategori BAHAYA, 12 tersangka", "tunggu hasil penindakan", "nota dinas pemberantasan"


@pytest.fixture
def village(belitung, actor_p2m):
    found = villages_of_office(belitung.pk).first()
    made = actions.enrol_village(
        village_id=found.pk,
        year=2023,
        money_source=MoneySource.DIPA,
        source="laporan",
        reason="sebelum sistem ini",
        origin=Origin.UNIT,
        by=actor_p2m,
    )
    year = ProgrammeYear.objects.for_actor(actor_p2m).get(pk=made.pk)
    actions.record_stage(
        year.pk,
        stage=Stage.PEMETAAN,
        on=date(2023, 2, 1),
        precision=Precision.HARI,
        note=NOTE,
        source=SOURCE,
        by=actor_p2m,
    )
    actions.plan_stage(
        year.pk, stage=Stage.PENCANANGAN, on=timezone.localdate() + timedelta(days=3), note=PLAN, by=actor_p2m
    )
    return found


def test_the_page_of_the_village_says_none_of_them(client, village):
    client.force_login(User.objects.get(pk=person("warga", Role.TOKOH, village=village).user_id))
    page = client.get(reverse("reporting:village", args=[village.code])).content.decode()
    assert village.name in page
    assert not [words for words in (NOTE, PLAN, SOURCE) if words in page]


def test_the_line_carries_none_of_them(village, actor_p2m):
    mine = village_line(village.pk, person("warga", Role.KADES, village=village))
    office = village_line(village.pk, actor_p2m)
    assert len(mine) == len(office) == 2
    assert {one.text for one in office} == {NOTE, PLAN}
    assert not any(words in str(mine) for words in (NOTE, PLAN, SOURCE))
