"""It tells every village's standing, what stands now, and what to do next."""

from datetime import date

import pytest

from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry
from bersinar.methods.categories import Category, Status
from bersinar.targeting import actions, queries
from bersinar.targeting.rules import Obstacle
from bersinar.targeting.vocabulary import MoneySource, Reason
from tests.targeting.conftest import choose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = date(2023, 2, 1)


def titles(actor):
    return [task.title for task in queries.work_queue(actor, on=TODAY)]


def test_it_lists_every_village_of_the_released_run_with_its_verdict(mapped, make_ready, officer):
    make_ready(mapped.bahaya[0], mapped.aman[0], mapped.open[0])
    found = queries.candidates(2023, officer)
    rows = found.by_id()
    assert len(rows) == 88 and found.run.id == mapped.run.pk
    assert rows[mapped.bahaya[0].pk].verdict.eligible
    assert rows[mapped.aman[0].pk].verdict.reasons == (Obstacle(Reason.CATEGORY_EXCLUDED, "AMAN"),)
    assert rows[mapped.open[0].pk].verdict.reasons == (Obstacle(Reason.CATEGORY_OPEN),)
    assert Obstacle(Reason.PACT_UNKNOWN) in rows[mapped.siaga[0].pk].verdict.reasons


def test_it_says_how_sure_the_line_of_a_category_is(mapped, officer):
    rows = queries.candidates(2023, officer).by_id()
    assert rows[mapped.bahaya[0].pk].line_status is Status.REPORTED
    assert rows[mapped.waspada[0].pk].line_status is Status.OWN
    assert rows[mapped.open[0].pk].category is None and rows[mapped.open[0].pk].line_status is None
    assert Category.AMAN in {row.category for row in rows.values()}


def test_it_knows_no_candidates_before_a_release(officer, head, actor_elsewhere, mapped):
    assert queries.candidates(2022, officer) is None
    assert queries.candidates(2023, actor_elsewhere) is None


def test_it_does_not_choose_a_village_of_an_earlier_year_again(mapped, decided, make_ready, officer):
    make_ready(*mapped.bahaya, year=2024)
    rows = queries.candidates(2024, officer).by_id()
    assert rows[mapped.bahaya[0].pk].verdict.reasons == (Obstacle(Reason.CHOSEN_BEFORE, "2023"),)


def test_it_tells_the_choices_of_a_village_by_the_decision_that_stands(mapped, decided, head, officer):
    village = mapped.bahaya[0].pk
    assert queries.choices_of_village(village, officer) == [
        (2023, MoneySource.DIPA, "Kepala desa bersedia", decided.pk)
    ]
    actions.supersede_decision(
        decided.pk,
        run_id=mapped.run.pk,
        choices=choose(mapped.bahaya[1]),
        passed_over_reason="Mundur",
        reason="Mundur",
        client_key="dua",
        by=head,
    )
    assert queries.choices_of_village(village, officer) == []


def test_it_shows_nothing_to_another_office_or_a_village(mapped, decided, actor_elsewhere, actor_kades):
    village = mapped.bahaya[0].pk
    for stranger in (actor_elsewhere, actor_kades):
        assert queries.choices_of_village(village, stranger) == []
        assert queries.chosen(decided.office_id, 2023, stranger) == ()
        assert queries.current_decision(decided.office_id, 2023, stranger) is None
        assert queries.proposal(decided.office_id, 2023, stranger) is None


def test_it_lets_an_office_above_read_what_was_decided(decided, actor_province):
    assert len(queries.chosen(decided.office_id, 2023, actor_province)) == 2


def test_it_says_what_to_do_next(mapped, make_ready, officer, head, actor_rehab):
    assert titles(officer) == titles(head) == ["Pilih sasaran 2023"]
    make_ready(*mapped.bahaya)
    actions.add_to_proposal(2023, run_id=mapped.run.pk, village_id=mapped.bahaya[0].pk, by=officer)
    assert titles(officer) == ["Lengkapi usulan sasaran 2023"]
    actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(*mapped.bahaya), by=officer)
    assert (titles(officer), titles(head)) == ([], ["Tetapkan sasaran 2023"])
    decided = actions.decide_targets(
        2023, run_id=mapped.run.pk, choices=choose(*mapped.bahaya), client_key="satu", by=head
    )
    assert titles(officer) == titles(head) == ["Buat rancangan SK 2023"]
    actions.draft_sk(decided.pk, by=officer)
    assert titles(officer) == titles(head) == titles(actor_rehab) == []
    entry = Entry.objects.for_actor(officer).filter(round=mapped.round).first()
    fieldwork.withdraw_entry(entry.pk, reason="salah", by=officer)
    assert (titles(officer), titles(head)) == ([], ["Periksa putusan sasaran 2023"])
