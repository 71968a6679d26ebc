"""It calculates, takes objections and releases, and never changes what it stored."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from model_bakery import baker

from bersinar.access import Right
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import actions, errors, present, queries
from bersinar.mapping.models import VillageResult
from bersinar.mapping.sheet import INDICATORS
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import Category, Line
from bersinar.territory import queries as territory

pytestmark = pytest.mark.django_db
ALL = frozenset({Right.MAP_SEE, Right.MAP_RUN, Right.VALUES_SEE_ENFORCEMENT})


@dataclass(frozen=True)
class Row:
    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Table:
    villages: tuple[Row, ...]
    indicators: tuple[str, ...]
    values: np.ndarray
    state: np.ndarray
    entry_ids: np.ndarray
    fingerprint: str


@pytest.fixture
def officer(actor_p2m):
    return replace(actor_p2m, rights=ALL)


@pytest.fixture
def clerk(actor_p2m):
    return replace(actor_p2m, rights=ALL - {Right.VALUES_SEE_ENFORCEMENT})


@pytest.fixture
def round_(officer, monkeypatch):
    """A round whose first village is Bahaya, second an anomaly, third half empty, the rest none."""
    villages = sorted(territory.villages_of_office(officer.office_id), key=lambda village: village.code)
    values = np.zeros((len(villages), 13))
    values[0] = 20
    values[1, :8] = 1
    values[2, :5] = 1
    values[2, 8:] = np.nan
    state = np.where(np.isnan(values), -1, (values > 0).astype(int)).astype(np.int8)
    table = Table(
        villages=tuple(Row(village.pk, village.code, village.name) for village in villages),
        indicators=INDICATORS,
        values=values,
        state=state,
        entry_ids=np.arange(values.size).reshape(values.shape),
        fingerprint="a" * 64,
    )
    monkeypatch.setattr(fieldwork, "indicator_table", lambda round_id, actor: table)
    monkeypatch.setattr(fieldwork, "withdrawn_entry_ids", lambda round_id, actor: [])
    return baker.make("fieldwork.Round", office_id=officer.office_id, year=2023)


@pytest.fixture
def run(round_, officer):
    return actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer)


def village_of(run, officer, number=0):
    rows = VillageResult.objects.for_actor(officer).filter(run=run).order_by("village__code")
    return rows[number].village_id


def test_it_stores_one_result_a_village(run, officer):
    counts = queries.counts_of(run.pk, officer)
    assert counts["BAHAYA"] == 1 and sum(counts.values()) == run.n_villages
    assert counts == run.counts


def test_it_gives_the_same_run_for_the_same_data_and_rule(run, round_, officer):
    assert actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer) == run


def test_it_hides_counts_and_their_order_without_the_right(run, clerk, officer):
    hidden, _ = queries.results(run.pk, clerk, sort="pokok")
    plain, _ = queries.results(run.pk, clerk, sort="kategori")
    assert {row.n_main for row in hidden} == {None}
    assert {(row.anomalies, row.present, row.distance) for row in hidden} == {(None, None, None)}
    assert [row.village_id for row in hidden] == [row.village_id for row in plain]
    shown, _ = queries.results(run.pk, officer, sort="pokok")
    assert [row.n_main for row in shown[:2]] == [8, 8]
    assert present.row(shown[1])["anomalies"]


def test_it_filters_by_category(run, officer):
    rows, total = queries.results(run.pk, officer, category="BAHAYA")
    assert total == 1 and rows[0].category is Category.BAHAYA
    assert queries.results(run.pk, officer, category="BELUM")[1] == run.n_villages - 1


def test_it_refuses_release_while_a_village_is_missing_and_names_it(run, officer, monkeypatch):
    villages = list(territory.villages_of_office(officer.office_id))
    extra = baker.prepare(type(villages[0]), pk=10_000_000, name="Desa Pemekaran")
    monkeypatch.setattr(territory, "villages_of_office", lambda office_id: [*villages, extra])
    with pytest.raises(errors.SumsDoNotMatch, match="Desa Pemekaran"):
        actions.release_run(run.pk, by=officer)
    assert not queries.is_released(run.pk, officer)


def test_it_refuses_release_while_an_objection_waits(run, officer):
    objection = actions.record_objection(
        run.pk,
        village_id=village_of(run, officer),
        text="Data lama",
        raised_by="kepala desa",
        raised_on=date(2023, 1, 2),
        by=officer,
    )
    with pytest.raises(errors.OpenObjections):
        actions.release_run(run.pk, by=officer)
    actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITOLAK, text="Sudah benar", by=officer)
    with pytest.raises(errors.AlreadyAnswered):
        actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITERIMA, text="x", by=officer)
    actions.release_run(run.pk, by=officer)
    assert queries.is_released(run.pk, officer)


def test_it_takes_nothing_more_after_release(run, officer):
    actions.release_run(run.pk, by=officer)
    with pytest.raises(errors.AlreadyReleased):
        actions.release_run(run.pk, by=officer)
    with pytest.raises(errors.AlreadyReleased):
        actions.record_objection(
            run.pk,
            village_id=village_of(run, officer),
            text="x",
            raised_by="x",
            raised_on=date(2023, 1, 2),
            by=officer,
        )


def test_it_marks_a_break_when_the_rule_changes(run, round_, officer):
    lines = [Line(Category.SIAGA, 1, 1), Line(Category.AMAN, 0, 0)]
    stored = actions.add_own_rule(title="Garis unit", document="Pedoman", lines=lines, by=officer)
    second = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    for pk in (run.pk, second.pk):
        actions.release_run(pk, by=officer)
    entries = queries.history(village_of(run, officer), officer)
    assert [entry.breaks_series for entry in entries] == [False, True]


def test_it_stores_every_rule_of_a_unit_as_a_new_version(officer):
    line = Line(Category.SIAGA, 1, 1)
    versions = [
        actions.add_own_rule(title="Garis", document="Pedoman", lines=[line], by=officer).version
        for _ in range(2)
    ]
    assert versions == ["1", "2"]
    with pytest.raises(errors.RuleRefused, match="tidak dapat diganti"):
        actions.add_own_rule(
            title="Garis", document="Pedoman", lines=[Line(Category.BAHAYA, 1, 1)], by=officer
        )


def test_it_marks_runs_whose_data_were_withdrawn_without_changing_them(run, officer, monkeypatch):
    assert not queries.run_summary(run.pk, officer).withdrawn
    monkeypatch.setattr(fieldwork, "withdrawn_entry_ids", lambda round_id, actor: [3])
    assert queries.run_summary(run.pk, officer).withdrawn
