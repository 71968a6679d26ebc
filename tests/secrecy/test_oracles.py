"""It does not let anybody without the right find a closed value out by asking often or by comparing."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.http import Http404
from django.urls import reverse

from bersinar.access import NotAllowed, Role
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork import queries as values
from bersinar.fieldwork.models import Round
from bersinar.mapping import actions, queries
from bersinar.mapping.models import MappingRun, StoredRule
from bersinar.methods.categories import Category, Line
from tests.mapping.conftest import fill
from tests.reporting.conftest import LINES, answers

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
UNCLEARED = ("actor_p2m", "actor_head")
HIDDEN = re.compile(r"\bP[345678]\b")


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def round_(belitung, actor_p2m_cleared) -> Round:
    opened = fieldwork.open_round(year=2023, title="Pemetaan kawasan", by=actor_p2m_cleared)
    fill(opened, answers(88))
    return opened


def rule(by, title="Garis uji", lines=LINES) -> StoredRule:
    return actions.add_own_rule(title=title, document="Pedoman uji", lines=lines, by=by)


@pytest.mark.parametrize("who", UNCLEARED)
def test_only_those_who_see_closed_values_may_store_a_rule(request, client_as, belitung, who):
    with pytest.raises(NotAllowed):
        rule(request.getfixturevalue(who))
    client = client_as(who)
    page = client.get(reverse("mapping:rules")).content.decode()
    assert (
        'name="limit_P5"' not in page and "mintalah petugas yang diberi hak melihat nilai penindakan" in page
    )
    assert client.post(reverse("mapping:rules"), {"title": "x"}).status_code == 403
    assert not StoredRule.objects.unscoped("test").exists()


def test_with_the_right_the_form_is_there(client_as, belitung):
    page = client_as("actor_p2m_cleared").get(reverse("mapping:rules")).content.decode()
    assert 'name="limit_P5"' in page and "mintalah petugas" not in page


@pytest.mark.parametrize("who", UNCLEARED)
def test_others_calculate_only_with_the_newest_rule_of_the_unit(
    request, client_as, round_, actor_p2m_cleared, who
):
    actor = request.getfixturevalue(who)
    older, newest = rule(actor_p2m_cleared), rule(actor_p2m_cleared, "Lain", [Line(Category.WASPADA, 3, 2)])
    keys = [f"unit:{newest.pk}", f"unit:{older.pk}"]
    assert [one.key for one in queries.rule_choices(actor)] == ["terbit", keys[0]]
    assert [one.key for one in queries.rule_choices(actor_p2m_cleared)] == ["terbit", *keys]
    with pytest.raises(Http404):
        actions.run_mapping(round_.pk, rule_key=keys[1], by=actor)
    answer = client_as(who).post(reverse("mapping:start"), {"round": round_.pk, "rule": keys[1]})
    assert answer.status_code == 400 and not MappingRun.objects.unscoped("test").exists()
    actions.run_mapping(round_.pk, rule_key=keys[0], by=actor)


def test_the_head_is_told_who_calculates_one_round_again_and_again(
    round_, actor_p2m, actor_head, actor_p2m_cleared
):
    def lines(actor):
        return [task.title for task in queries.work_queue(actor, on=date(2023, 2, 1))]

    grown = answers(88)
    for count in range(11):
        grown[0, 0] = count + 1
        fill(round_, grown)
        assert not any("menghitung" in line for line in lines(actor_head))
        actions.run_mapping(round_.pk, rule_key="terbit", by=actor_p2m)
    assert f"{actor_p2m.name} menghitung 11 kali pada putaran ini" in lines(actor_head)
    assert actor_head.role is Role.KEPALA and not any("menghitung" in line for line in lines(actor_p2m))


def mapping_pages(run, village):
    return [
        reverse("mapping:table", args=[run.pk]) + "?cari=" + village.name.replace(" ", "+"),
        reverse("mapping:village", args=[run.pk, village.code]),
        reverse("reporting:map", args=[run.pk]),
        reverse("reporting:map_svg", args=[run.pk]),
        reverse("mapping:table_csv", args=[run.pk]),
    ]


@pytest.fixture
def twins(round_, belitung, actor_p2m_cleared):
    """Two open villages that differ in nothing but closed indicators: which are unanswered, and what stands in them."""
    grid = np.zeros((88, 13))
    grid[:, 12] = 1
    grid[:3, :2], grid[:3, 8:] = 5, 4
    grid[0, 2:8] = (0, np.nan, 4, np.nan, 0, np.nan)
    grid[1, 2:8] = (np.nan, 2, np.nan, 0, np.nan, 3)
    grid[2, 2:8], grid[2, 0] = (1, 1, 1, 1, 1, np.nan), np.nan
    fill(round_, grid)
    run = actions.run_mapping(round_.pk, rule_key="terbit", by=actor_p2m_cleared)
    actions.release_run(run.pk, by=actor_p2m_cleared)
    villages = [one.village_id for one in queries.all_results(run.pk, actor_p2m_cleared)]
    rows = {row.village_id: row for row in queries.all_results(run.pk, actor_p2m_cleared)}
    return run, [rows[pk] for pk in villages[:3]]


@pytest.mark.parametrize("who", UNCLEARED)
def test_no_page_of_the_map_names_a_closed_indicator_that_is_not_answered(client_as, twins, who):
    run, villages = twins
    client = client_as(who)
    for village in villages:
        for address in mapping_pages(run, village):
            answer = client.get(address)
            assert answer.status_code == 200, address
            # How the rule was made names every indicator; what is told of this village does not.
            told = answer.content.decode().split("Bagaimana angka ini dibuat?")[0]
            assert not HIDDEN.search(told), (address, HIDDEN.search(told))


@pytest.mark.parametrize("who", UNCLEARED)
def test_nothing_differs_between_villages_that_differ_only_in_closed_indicators(client_as, twins, who):
    run, villages = twins
    client = client_as(who)

    def told(village) -> list[str]:
        row = queries.result_of_village(run.pk, village.village_id, actor_of(client))
        pages = [repr(replace(row, village_id=0, code="", name="", district="", regency="", kind=""))]
        text = client.get(reverse("mapping:village", args=[run.pk, village.code])).content.decode()
        for word in (village.code, village.name, village.district, village.regency):
            text = text.replace(word, "X")
        return [*pages, re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)]

    assert told(villages[0]) == told(villages[1])
    assert told(villages[0]) != told(villages[2])  # it is not blind: an open indicator does show


def actor_of(client):
    from bersinar.accounts.models import User
    from bersinar.accounts.queries import actor_of as found

    return found(User.objects.get(pk=client.session["_auth_user_id"]))


@pytest.mark.parametrize("who", UNCLEARED)
def test_the_answer_to_an_objection_names_no_closed_indicator(client_as, round_, actor_p2m_cleared, who):
    run = actions.run_mapping(round_.pk, rule_key="terbit", by=actor_p2m_cleared)
    village = queries.all_results(run.pk, actor_p2m_cleared)[2]
    made = actions.record_objection(
        run.pk,
        village_id=village.village_id,
        text="Keberatan",
        raised_by="Kepala desa",
        raised_on=date(2023, 2, 1),
        by=actor_p2m_cleared,
    )
    page = client_as(who).get(reverse("mapping:answer", args=[made.pk])).content.decode()
    assert "Keberatan" in page and not HIDDEN.search(page)


def test_fingerprints_cannot_be_tried_out(client_as, round_, twins, actor_p2m, actor_p2m_cleared):
    run, _villages = twins
    salt = Round.objects.unscoped("test").get(pk=round_.pk).salt
    assert len(salt) == 64
    before = values.fingerprint(round_.pk, actor_p2m)
    assert before == run.input_fingerprint == values.fingerprint(round_.pk, actor_p2m)
    assert queries.gate(run.pk, actor_p2m).rows_are_sealed
    # Everything one could guess stays the same; only what nobody can guess becomes another.
    Round.objects.unscoped("test").filter(pk=round_.pk).update(salt="0" * 64)
    assert values.fingerprint(round_.pk, actor_p2m) != before
    assert not queries.gate(run.pk, actor_p2m).rows_are_sealed
    Round.objects.unscoped("test").filter(pk=round_.pk).update(salt=salt)
    for name in ("mapping:run", "mapping:table", "mapping:table_csv", "reporting:map", "reporting:map_svg"):
        assert salt not in client_as("actor_p2m").get(reverse(name, args=[run.pk])).content.decode()
    assert queries.gate(run.pk, actor_p2m).rows_are_sealed


def test_every_round_has_a_salt_of_its_own(round_, actor_p2m_cleared):
    other = fieldwork.open_round(year=2024, title="Pemetaan kawasan", by=actor_p2m_cleared)
    assert other.salt != round_.salt
