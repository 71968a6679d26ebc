"""It enrols villages from a decision or from what was fixed before, and tells where each stands."""

from datetime import date

import pytest
from django.http import Http404

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.programme import actions, errors, queries
from bersinar.programme.models import ProgrammeYear
from bersinar.programme.rules import template
from bersinar.programme.vocabulary import MoneySource, Origin, Precision, Stage
from bersinar.territory.queries import villages_of_office
from tests.programme.decided import decide

pytestmark = pytest.mark.django_db
PRESS = {"origin": Origin.PERS, "source": "Belitong Ekspres, 14 Februari 2023"}


@pytest.fixture
def villages(belitung):
    return list(villages_of_office(belitung.pk)[:3])


@pytest.fixture
def decision(belitung, villages):
    return decide(belitung, 2023, villages[:2])


def enrol(village, year, by, **more):
    """An enrolment that rests on what was fixed before."""
    ground = {"source": "Laporan tahunan unit", "reason": "Ditetapkan sebelum sistem ini dipakai."}
    return actions.enrol_village(
        village_id=village.pk, year=year, money_source=MoneySource.DIPA, by=by, **(ground | more)
    )


def test_it_enrols_the_villages_of_the_decision_once(decision, actor_p2m, villages):
    made = actions.enrol_chosen(2023, decided_on=date(2023, 2, 13), by=actor_p2m)
    assert {one.village_id for one in made} == {villages[0].pk, villages[1].pk}
    assert actions.enrol_chosen(2023, decided_on=date(2023, 2, 13), by=actor_p2m) == []
    rows = queries.programme_years(actor_p2m, year=2023)
    assert [(row.stage, row.stage_on, row.column) for row in rows] == [
        (Stage.PENETAPAN, date(2023, 2, 13), "Sasaran")
    ] * 2
    assert rows[0].next_step == "Adakan rapat koordinasi"


def test_it_takes_money_and_office_from_the_decision(decision, actor_p2m, villages):
    with pytest.raises(errors.MoneyDiffers):
        actions.enrol_village(
            village_id=villages[0].pk,
            year=2023,
            money_source=MoneySource.NON_DIPA,
            decision_id=decision.pk,
            by=actor_p2m,
        )


def test_it_refuses_a_village_the_decision_does_not_name(decision, actor_p2m, villages):
    with pytest.raises(errors.NotChosen):
        actions.enrol_village(
            village_id=villages[2].pk,
            year=2023,
            money_source=MoneySource.DIPA,
            decision_id=decision.pk,
            by=actor_p2m,
        )


def test_it_enrols_without_a_decision_only_with_source_and_reason(actor_p2m, villages):
    with pytest.raises(errors.GroundMissing):
        enrol(villages[0], 2021, actor_p2m, reason=" ")
    with pytest.raises(errors.SourceMissing):
        enrol(villages[0], 2021, actor_p2m, origin=Origin.PERS, source="")
    enrol(villages[0], 2021, actor_p2m, **PRESS)
    (row,) = queries.programme_years(actor_p2m)
    assert row.decision_state is queries.DecisionState.TANPA
    assert row.origin is Origin.PERS


def test_it_says_who_was_faster(actor_p2m, villages):
    enrol(villages[0], 2021, actor_p2m)
    with pytest.raises(errors.AlreadyEnrolled, match=r"Uji p2m, .* pukul"):
        enrol(villages[0], 2021, actor_p2m)


def test_it_refuses_villages_of_other_regions_and_people_who_may_not_record(
    elsewhere, actor_p2m, actor_head, villages
):
    with pytest.raises(errors.VillageNotServed):
        enrol(villages_of_office(elsewhere.pk)[0], 2021, actor_p2m)
    with pytest.raises(NotAllowed):
        enrol(villages[0], 2021, actor_head)


def test_it_flags_a_replaced_decision_and_changes_nothing(belitung, decision, actor_p2m, villages):
    actions.enrol_chosen(2023, by=actor_p2m)
    decide(belitung, 2023, villages[1:], supersedes=decision)
    rows = {row.village_id: row for row in queries.programme_years(actor_p2m, year=2023)}
    assert rows[villages[0].pk].decision_state is queries.DecisionState.DIKELUARKAN
    assert rows[villages[0].pk].needs_action
    assert rows[villages[1].pk].decision_state is queries.DecisionState.DIGANTI
    assert {row.decision_id for row in rows.values()} == {decision.pk}
    assert [one.village_id for one in queries.not_enrolled(belitung.pk, actor_p2m)[2023]] == [villages[2].pk]


def test_it_refuses_to_enrol_from_a_replaced_decision(belitung, decision, actor_p2m, villages):
    decide(belitung, 2023, villages[1:], supersedes=decision)
    with pytest.raises(errors.DecisionReplaced):
        actions.enrol_village(
            village_id=villages[0].pk,
            year=2023,
            money_source=MoneySource.DIPA,
            decision_id=decision.pk,
            by=actor_p2m,
        )


def test_it_keeps_villages_of_earlier_years_in_guidance(actor_p2m, villages):
    enrol(villages[0], 2021, actor_p2m)
    enrol(villages[1], 2023, actor_p2m)
    rows = queries.programme_years(actor_p2m, year=2023)
    assert [(row.year, row.is_guidance) for row in rows] == [(2023, False), (2021, True)]
    assert [row.year for row in queries.programme_years(actor_p2m, year=2022)] == [2021]


def test_it_keeps_the_template_a_year_began_with(actor_p2m, villages, monkeypatch):
    enrol(villages[0], 2022, actor_p2m)
    renamed = template.current_text().replace('title = "Penetapan sasaran"', 'title = "Pemilihan"')
    monkeypatch.setattr(template, "current_text", lambda: renamed)
    enrol(villages[1], 2023, actor_p2m)
    titles = {row.year: row.stage_title for row in queries.programme_years(actor_p2m)}
    assert titles == {2022: "Penetapan sasaran", 2023: "Pemilihan"}


def test_it_takes_back_an_enrolment_only_while_nothing_rests_on_it(actor_p2m, villages):
    first = enrol(villages[0], 2021, actor_p2m)
    event = actions.record_stage(
        first.pk,
        stage=Stage.PENCANANGAN,
        on=date(2021, 9, 1),
        precision=Precision.BULAN,
        by=actor_p2m,
        **PRESS,
    )
    with pytest.raises(errors.YearInUse):
        actions.withdraw_year(first.pk, "Salah desa.", by=actor_p2m)
    actions.withdraw_stage(event.pk, "Salah desa.", by=actor_p2m)
    actions.withdraw_year(first.pk, "Salah desa.", by=actor_p2m)
    assert queries.programme_years(actor_p2m) == []
    with pytest.raises(Http404):
        queries.programme_year(first.pk, actor_p2m)
    assert enrol(villages[0], 2021, actor_p2m).attempt == 2


def test_it_shows_years_to_the_own_office_those_above_and_the_village_itself(
    actor_p2m, actor_elsewhere, actor_province, actor_kades, villages
):
    first, second = enrol(villages[0], 2023, actor_p2m), enrol(villages[1], 2023, actor_p2m)
    assert {row.id for row in queries.programme_years(actor_province)} == {first.pk, second.pk}
    assert queries.programme_years(actor_elsewhere) == []
    (own,) = queries.programme_years(actor_kades)
    assert own.id == first.pk
    with pytest.raises(Http404):
        queries.programme_year(second.pk, actor_kades)


def test_it_needs_no_more_queries_for_more_villages(actor_p2m, villages, django_assert_max_num_queries):
    for village in villages:
        enrol(village, 2023, actor_p2m)
    with django_assert_max_num_queries(20):
        assert len(queries.programme_years(actor_p2m)) == 3


def test_it_never_edits_a_year(actor_p2m, villages):
    year = enrol(villages[0], 2023, actor_p2m)
    year.reason = "lain"
    with pytest.raises(errors.NeverChanges):
        year.save()
    with pytest.raises(errors.NeverChanges):
        ProgrammeYear.objects.for_actor(actor_p2m).update(reason="lain")


def test_it_writes_one_audit_line_an_enrolment(decision, actor_p2m):
    actions.enrol_chosen(2023, by=actor_p2m)
    verbs = list(Event.objects.unscoped("test").values_list("verb", flat=True))
    assert verbs.count("programme.enrolled") == 2


def test_it_puts_waiting_villages_into_the_work_queue(decision, actor_p2m, actor_head):
    titles = [task.title for task in queries.stage_tasks(actor_p2m, on=date(2023, 2, 14))]
    assert titles == ["Daftarkan 2 desa sasaran 2023"]
    assert queries.stage_tasks(actor_head, on=date(2023, 2, 14)) == []
    actions.enrol_chosen(2023, decided_on=date(2023, 2, 13), by=actor_p2m)
    titles = [task.title for task in queries.stage_tasks(actor_p2m, on=date(2023, 2, 14))]
    assert sum(title.startswith("Adakan rapat koordinasi: ") for title in titles) == 2
