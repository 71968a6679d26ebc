"""It shows regions in numbers that equal those counted live, follows what happens, and tells nobody another's."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bersinar import jobs
from bersinar.access import Right
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork import queries as fieldwork_queries
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.vocabulary import State
from bersinar.jobs.models import Job
from bersinar.mapping import queries as mapping
from bersinar.reporting import actions, tasks
from bersinar.reporting.models import AreaFigure, OverviewMark
from bersinar.reporting.queries import overview as queries
from bersinar.reporting.queries.overview import COUNTED

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PROVINCE, BELITUNG, TIMUR = "19", "19.02", "19.06"


def follow():
    """What a worker does twice a minute, and the job it queues."""
    tasks.follow()
    return jobs.run_pending()


@pytest.fixture
def counted(released):
    follow()
    return released


def test_it_equals_what_is_counted_live(counted, actor_p2m):
    found = queries.overview(actor_p2m, year=2023)
    live = fieldwork_queries.completeness(counted.round.pk, actor_p2m)
    assert (found.total.answered, found.total.cells) == (live.total.answered, live.total.total)
    of_run = mapping.counts_of(counted.run.pk, actor_p2m)
    shown = dict(zip(COUNTED, found.total.counts, strict=True))
    assert {word.lower(): count for word, count in of_run.items()} == {
        **{word: shown[word] for word in COUNTED[:4]},
        "belum": shown["undecided"],
    }
    by_regency = {BELITUNG: 0, TIMUR: 0}
    for share in live.districts:
        by_regency[share.code[:5]] += share.answered
    assert {area.code: area.answered for area in found.areas} == by_regency
    assert found.adds_up and found.total.mapped == found.total.villages == 88


def test_it_counts_no_closed_answer_whoever_looks(counted, actor_p2m, actor_p2m_cleared):
    assert queries.overview(actor_p2m, year=2023) == queries.overview(actor_p2m_cleared, year=2023)
    assert queries.overview(actor_p2m_cleared, year=2023).total.cells == 88 * 7


def test_it_follows_a_value_and_leaves_the_rest(counted, actor_p2m_cleared):
    before = queries.overview(actor_p2m_cleared, year=2023).total.answered
    village = counted.villages[5]
    latest = fieldwork_queries.current_entry(counted.round, village.pk, "P1", actor_p2m_cleared)
    fieldwork.enter_value(
        counted.round.pk,
        village_id=village.pk,
        indicator="P1",
        reading=Reading(State.BELUM, None, "LAINNYA", "angka keliru"),
        based_on=latest.pk,
        by=actor_p2m_cleared,
    )
    assert queries.overview(actor_p2m_cleared, year=2023).total.answered == before
    assert follow() == 1
    assert queries.overview(actor_p2m_cleared, year=2023).total.answered == before - 1


def test_it_counts_again_only_when_something_happened(counted):
    first = OverviewMark.objects.unscoped("a test").get()
    assert follow() == 0
    tasks.follow()
    assert Job.objects.unscoped("a test").filter(kind=tasks.KIND).count() == 1
    actions.refresh_overview(seen=first.seen)
    assert OverviewMark.objects.unscoped("a test").get().seen == first.seen


def test_it_leaves_the_same_rows_however_often_it_counts(counted):
    def rows():
        figures = AreaFigure.objects.unscoped("a test").order_by("year", "code", "office")
        return list(figures.values_list("office", "year", "code", "answered", "cells", *COUNTED))

    before = rows()
    for offices in (None, [counted.round.office_id], []):
        actions.refresh_overview(seen=1, offices=offices)
        assert rows() == before


def test_it_lets_the_nearest_office_speak_for_a_regency(counted, province, actor_province):
    opened = AreaFigure.objects.for_actor(actor_province).filter(code=BELITUNG)
    assert [one.office_id for one in opened] == [counted.round.office_id]
    by = replace(actor_province, rights=actor_province.rights | {Right.VALUES_ENTER})
    fieldwork.open_round(year=2023, title="Putaran provinsi", by=by)
    follow()
    found = queries.overview(actor_province, code=PROVINCE, year=2023)
    rounds = {area.code: area.round_id for area in found.areas}
    assert rounds[BELITUNG] == counted.round.pk and rounds["19.01"] not in (None, counted.round.pk)
    assert found.total.cells == found.total.villages * 7


def test_it_says_not_mapped_where_nothing_is_released(counted, province, actor_province):
    found = queries.overview(actor_province, code=PROVINCE, year=2023)
    empty = next(area for area in found.areas if area.code == "19.01")
    assert (empty.percent, empty.mapped, empty.unmapped) == (None, 0, empty.villages)
    assert found.total.unmapped == found.total.villages - 88


def test_it_writes_no_nought_where_nothing_is_released(counted, province, client_as):
    page = client_as("actor_province").get(reverse("reporting:overview", args=[PROVINCE])).content.decode()
    rows = {
        name: row
        for row in page.split("<tr>")
        for name in ("Kabupaten Bangka ", "Kabupaten Belitung ")
        if name in row
    }
    assert ">0<" not in rows["Kabupaten Bangka "] and rows["Kabupaten Bangka "].count("–") == len(COUNTED)
    assert ">0<" in rows["Kabupaten Belitung "]


@pytest.mark.parametrize("who", ["actor_p2m", "actor_head", "actor_province"])
def test_it_opens_a_page_with_its_sum(counted, client_as, who):
    page = client_as(who).get(reverse("reporting:overview") + "?tahun=2023").content.decode()
    assert "Kabupaten Belitung Timur" in page and "Jumlah cocok" in page


def test_it_shows_no_region_of_another_office(counted, client_as, actor_elsewhere, actor_kades):
    elsewhere = client_as("actor_elsewhere")
    assert elsewhere.get(reverse("reporting:overview", args=[BELITUNG])).status_code == 404
    page = elsewhere.get(reverse("reporting:overview")).content.decode()
    assert "Kabupaten Bangka" in page and "Belitung" not in page.split("<main")[1]
    assert client_as("actor_kades").get(reverse("reporting:overview")).status_code == 403
    assert not AreaFigure.objects.for_actor(actor_elsewhere).exists()


def test_it_says_that_figures_are_being_counted(released, client_as):
    assert "Sedang disiapkan" in client_as("actor_p2m").get(reverse("reporting:overview")).content.decode()


def test_it_asks_nothing_that_counts_once_it_was_opened(counted, client_as):
    client, address = client_as("actor_p2m"), reverse("reporting:overview") + "?tahun=2023"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    sql = " ".join(one["sql"].upper() for one in asked.captured_queries)
    assert "REPORTING_OVERVIEWMARK" in sql
    assert not [
        word
        for word in ("COUNT(", "SUM(", "GROUP BY", "FIELDWORK_ENTRY", "REPORTING_AREAFIGURE")
        if word in sql
    ]


def test_it_shows_new_figures_at_once_when_they_are_counted(counted, client_as, actor_p2m_cleared):
    client, address = client_as("actor_p2m"), reverse("reporting:overview") + "?tahun=2023"
    before = client.get(address).content.decode()
    AreaFigure.objects.unscoped("a test").filter(code=BELITUNG).update(answered=1)
    OverviewMark.objects.unscoped("a test").update(seen=10**6)
    assert client.get(address).content.decode() != before
