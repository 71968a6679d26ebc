"""It shows each reader what the reader may see, marks breaks, and says what to do next."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bersinar.access import Right
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry
from bersinar.mapping import actions, present, queries
from bersinar.mapping.models import VillageResult
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import Category, Line, Status
from tests.mapping.conftest import fill

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LINES = [Line(Category.SIAGA, 1, 1), Line(Category.AMAN, 0, 0)]
TODAY = date(2023, 2, 1)


def village_of(run, officer, number=0):
    rows = VillageResult.objects.for_actor(officer).filter(run=run).order_by("village__code")
    return rows[number].village_id


def object_to(run, officer):
    return actions.record_objection(
        run.pk,
        village_id=village_of(run, officer),
        text="Data lama",
        raised_by="kepala desa",
        raised_on=date(2023, 1, 2),
        by=officer,
    )


def titles(actor):
    return [task.title for task in queries.work_queue(actor, on=TODAY)]


def test_it_hides_counts_and_their_order_without_the_right(run, clerk, officer):
    hidden, _ = queries.results(run.pk, clerk, sort="pokok")
    plain, _ = queries.results(run.pk, clerk, sort="kategori")
    for field in ("n_main", "n_supporting", "anomalies", "present", "distance"):
        assert {getattr(row, field) for row in hidden} == {None}
    assert [row.village_id for row in hidden] == [row.village_id for row in plain]
    shown, _ = queries.results(run.pk, officer, sort="pokok")
    assert [row.n_main for row in shown[:2]] == [8, 8]
    assert present.row(shown[1])["anomalies"]


def test_it_finds_the_anomalies_only_for_those_who_may_see_counts(run, clerk, officer):
    assert queries.n_anomalies(run.pk, officer) == 1 and queries.n_anomalies(run.pk, clerk) is None
    assert queries.results(run.pk, officer, category="PERIKSA")[1] == 1
    assert queries.results(run.pk, clerk, category="PERIKSA")[1] == run.n_villages


def test_it_filters_by_category_and_kecamatan(run, officer):
    rows, total = queries.results(run.pk, officer, category="BAHAYA")
    assert total == 1 and rows[0].category is Category.BAHAYA
    assert queries.results(run.pk, officer, category="BELUM")[1] == run.n_villages - 1
    district = rows[0].district
    assert {row.district for row in queries.results(run.pk, officer, district=district)[0]} == {district}
    assert district in queries.districts_of(run.pk, officer)


def test_it_lists_the_worst_first_and_the_undecided_before_the_calm(round_, officer):
    stored = actions.add_own_rule(title="Garis", document="Pedoman", lines=LINES, by=officer)
    run = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    rows, _ = queries.results(run.pk, officer)
    order = [row.category for row in rows]
    assert order[:3] == [Category.BAHAYA, None, Category.AMAN]
    assert order[-1] is Category.AMAN


def test_it_says_with_every_category_how_sure_its_line_is(round_, officer):
    lines = [replace(LINES[0], status=Status.CONTOH), LINES[1]]
    stored = actions.add_own_rule(title="Garis", document="Pedoman", lines=lines, by=officer)
    run = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    found = {row.category: row.line_status for row in queries.results(run.pk, officer)[0]}
    assert found == {Category.BAHAYA: Status.REPORTED, None: None, Category.AMAN: Status.OWN}
    legend = present.legend(run.counts, queries.run_rule(run.pk, officer))
    assert [line.line_word for line in legend] == [
        "garis dilaporkan",
        "",
        "garis contoh",
        "garis milik unit",
        "",
    ]
    assert queries.run_summary(run.pk, officer).is_example


def test_it_marks_a_break_when_the_rule_changes(run, round_, officer):
    stored = actions.add_own_rule(title="Garis unit", document="Pedoman", lines=LINES, by=officer)
    second = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    for pk in (run.pk, second.pk):
        actions.release_run(pk, by=officer)
    entries = queries.history(village_of(run, officer), officer)
    assert [entry.breaks_series for entry in entries] == [False, True]
    assert [one.is_current for one in queries.runs(officer)] == [True, False]


def test_it_shows_nothing_to_another_office_or_a_village(run, officer, actor_elsewhere, actor_kades):
    actions.release_run(run.pk, by=officer)
    village = village_of(run, officer)
    for stranger in (actor_elsewhere, actor_kades):
        assert queries.runs(stranger) == []
        assert queries.history(village, stranger) == []


def test_it_says_what_to_do_next(round_, officer, actor_rehab):
    assert titles(officer) == ["Hitung pemetaan 2023"]
    run = actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer)
    assert titles(officer) == ["Rilis pemetaan 2023"]
    first = object_to(run, officer)
    assert titles(officer) == ["Jawab 1 keberatan"]
    actions.answer_objection(first.pk, outcome=ObjectionOutcome.DITOLAK, text="Benar", by=officer)
    assert titles(officer) == ["Rilis pemetaan 2023"]
    actions.release_run(run.pk, by=officer)
    assert titles(officer) == []
    entry = Entry.objects.for_actor(officer).filter(round=round_).first()
    fieldwork.withdraw_entry(entry.pk, reason="salah", by=officer)
    assert titles(officer) == ["Hitung lagi pemetaan 2023"]
    assert titles(actor_rehab) == []


def test_it_asks_nobody_to_map_an_empty_round(officer, answers):
    opened = fieldwork.open_round(year=2024, title="Pemetaan kawasan", by=officer)
    assert titles(officer) == []
    fill(opened, np.full(answers.shape, np.nan))
    assert titles(officer) == []


def test_it_finds_a_village_by_code_or_by_a_name_only_one_has(run, officer):
    rows, _ = queries.results(run.pk, officer, search="Tanjung Binga")
    assert queries.village_in_run(run.pk, rows[0].code, officer) == rows[0].village_id
    assert queries.village_in_run(run.pk, " tanjung  binga ", officer) == rows[0].village_id
    assert queries.village_in_run(run.pk, "Dukong", officer) is None  # two kecamatan have one


def test_it_offers_the_published_rule_and_the_units_own(officer, actor_province):
    stored = actions.add_own_rule(title="Garis", document="Pedoman", lines=LINES, by=officer)
    assert [one.key for one in queries.rule_choices(officer)] == ["terbit", f"unit:{stored.pk}"]
    assert [one.key for one in queries.rule_choices(actor_province)] == ["terbit"]
    assert Right.MAP_RUN in officer.rights
