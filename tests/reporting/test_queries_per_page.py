"""No page asks the database once a row: with three times the rows every page asks exactly as often."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bersinar import jobs
from bersinar.access import Role, Section
from bersinar.access.urls import patterns
from bersinar.fieldwork import actions as fieldwork
from bersinar.mapping import actions as mapping
from bersinar.methods.categories import Category, Line
from bersinar.programme.vocabulary import Element
from bersinar.reporting import tasks
from bersinar.territory.queries import villages_of_office
from tests.programme.conftest import enrol, plan
from tests.support.people import person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
FIRST, MORE = 2, 5


@pytest.fixture
def grow(released, formed, promise, actor_p2m_cleared, actor_p2m, belitung):
    """`grow(n)`: n more of everything a list can hold."""
    taken = {"Tanjung Binga", "Dukong"}
    names = iter(
        one.name
        for one in villages_of_office(belitung.pk).filter(code__startswith="19.02").order_by("code")
        if one.name not in taken
    )
    number = iter(range(100))

    def more(count):
        for at in (next(number) for _ in range(count)):
            opened = fieldwork.open_round(year=2022, title=f"Putaran {at}", by=actor_p2m_cleared)
            fieldwork.receive_file(opened.pk, b"kode,nama\n1,2\n", name=f"{at}.csv", by=actor_p2m_cleared)
            fieldwork.receive_file(
                released.round.pk, b"a,b\n%d,2\n" % at, name=f"{at}.csv", by=actor_p2m_cleared
            )
            lines = [Line(Category.WASPADA, 4, 2), Line(Category.SIAGA, 2, 1), Line(Category.AMAN, 0, at % 2)]
            rule = mapping.add_own_rule(
                title=f"Garis {at}", document="Uji", lines=lines[: 1 + at % 3], by=actor_p2m_cleared
            )
            run = mapping.run_mapping(released.round.pk, rule_key=f"unit:{rule.pk}", by=actor_p2m_cleared)
            objection = mapping.record_objection(
                run.pk,
                village_id=released.villages[at].pk,
                text=f"Keberatan {at}",
                raised_by="Kepala desa",
                raised_on=date(2023, 5, 1),
                by=actor_p2m_cleared,
            )
            assert objection.pk
            year = enrol(next(names), actor_p2m)
            plan([year], actor_p2m, title=f"Rapat {at}")
            promise(f"Janji {at}", year=formed.tanjung_binga, due_date=date(2023, 3, 1))
            promise(
                f"Janji dukong {at}", year=formed.dukong, due_date=date(2023, 9, 1), element=Element.SEKDES
            )
            person(f"orang{at}", Role.STAF, Section.UMUM, office=belitung)
            jobs.enqueue("mapping.run", by=actor_p2m_cleared, key=f"uji/{at}", round_id=1, rule_key="x")
        tasks.follow()

    return more


def addresses(released, formed):
    """Every address without an identifier, and the lists and pages of one thing."""
    plain = ["/" + where for where, _ in patterns() if "<" not in where]
    of_one = [
        ("fieldwork:round", [released.round.pk]),
        ("fieldwork:grid", [released.round.pk]),
        ("mapping:run", [released.run.pk]),
        ("mapping:table", [released.run.pk]),
        ("reporting:map", [released.run.pk]),
        ("reporting:year", [2023]),
        ("reporting:village", [formed.tanjung_binga.village.code]),
        ("reporting:overview", ["19"]),
        ("programme:year", [formed.tanjung_binga.pk]),
        ("programme:meeting", [formed.rakor.pk]),
    ]
    found = [*plain, *(reverse(name, args=arguments) for name, arguments in of_one)]
    return [*found, reverse("territory:search") + "?q=tanjung", reverse("reporting:list") + "?tahun=semua"]


def counted(client, paths):
    """How often each page that opens asks. Opened three times: what is held is held from the first time on, and of
    the other two the one without the note that is made once a minute of when somebody was last here."""
    found = {}
    for path in paths:
        client.get(path)
        asked = [CaptureQueriesContext(connection), CaptureQueriesContext(connection)]
        for one in asked:
            with one:
                answer = client.get(path)
        if answer.status_code == 200:
            found[path] = min(map(len, asked))
    return found


@pytest.mark.parametrize("who", ["actor_p2m_cleared", "actor_head"])
def test_more_rows_cost_no_more_queries(grow, released, formed, province, client_as, who):
    grow(FIRST)
    client, paths = client_as(who), addresses(released, formed)
    before = counted(client, paths)
    assert len(before) >= 5
    grow(MORE)
    after = counted(client, paths)
    assert {path: (before[path], n) for path, n in after.items() if before.get(path, n) != n} == {}
