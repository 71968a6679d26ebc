"""It decides once, with a reason for everything, and never edits what was decided."""

from dataclasses import replace

import pytest
from django.http import Http404

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry
from bersinar.mapping import actions as mapping
from bersinar.mapping.queries import PUBLISHED_KEY
from bersinar.targeting import actions, errors, queries, rules
from bersinar.targeting.checks import Chosen
from bersinar.targeting.models import Choice, Decision, OfficePolicy, Proposal, Readiness
from bersinar.targeting.rules import ChecklistItem, Obstacle
from bersinar.targeting.vocabulary import Answer, MoneySource, OpenCategory, Reason, Signatory
from bersinar.territory.queries import villages_of_office
from tests.targeting.conftest import YES, choose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def decide(mapped, by, *villages, key="satu", **fields):
    choices = fields.pop("choices", None) or choose(*villages)
    return actions.decide_targets(
        2023, run_id=mapped.run.pk, choices=choices, client_key=key, by=by, **fields
    )


def events(verb):
    return Event.objects.unscoped("the test counts them").filter(verb=verb).count()


def policy_of(officer, **changes):
    own = replace(rules.shipped_policy(), title="Kebijakan unit", **changes)
    return actions.enter_policy(2023, policy=own, by=officer)


def test_it_writes_down_who_chose_what_and_why(mapped, decided, head, officer):
    facts = queries.decision(decided.pk, officer)
    assert [choice.village_id for choice in facts.choices] == [village.pk for village in mapped.bahaya]
    assert {choice.reason for choice in facts.choices} == {"Kepala desa bersedia"}
    assert (facts.number, facts.decided_by, facts.is_current) == (1, head.name, True)
    assert facts.policy == rules.shipped_policy() and facts.run_id == mapped.run.pk
    assert events("targeting.decided") == 1


@pytest.mark.parametrize(
    ("reason", "override", "error"),
    [
        ("", "", errors.ReasonMissing),
        ("  ", "x", errors.ReasonMissing),
        ("Baik", " ", errors.OverrideReasonMissing),
    ],
)
def test_it_asks_a_reason_of_every_village_and_of_every_exception(mapped, head, reason, override, error):
    choices = [Chosen(mapped.bahaya[0].pk, MoneySource.DIPA, reason, override)]
    with pytest.raises(error):
        decide(mapped, head, choices=choices)
    assert not Decision.objects.for_actor(head).exists()


def test_it_keeps_what_stood_against_an_exception(mapped, head):
    village = mapped.bahaya[0]
    decided = decide(mapped, head, choices=choose(village, override_reason="Pakta menyusul Maret"))
    choice = Choice.objects.for_actor(head).get(decision=decided)
    assert choice.override and choice.override_reason == "Pakta menyusul Maret"
    assert [Reason.PACT_UNKNOWN.value, ""] in choice.verdict


def test_it_keeps_no_exception_for_a_village_that_meets_the_policy(mapped, make_ready, head):
    make_ready(*mapped.bahaya)
    decided = decide(mapped, head, choices=choose(*mapped.bahaya, override_reason="tidak perlu lagi"))
    assert {c.override_reason for c in Choice.objects.for_actor(head).filter(decision=decided)} == {""}


def test_it_asks_why_a_worse_and_eligible_village_is_passed_over(mapped, make_ready, head, officer):
    make_ready(*mapped.bahaya, *mapped.waspada)
    with pytest.raises(errors.PassedOverReasonMissing) as refused:
        decide(mapped, head, *mapped.waspada)
    assert refused.value.names == tuple(
        f"{village.name} ({village.district.name})" for village in mapped.bahaya
    )
    decided = decide(mapped, head, *mapped.waspada, passed_over_reason="Penindakan berjalan di sana.")
    facts = queries.decision(decided.pk, officer)
    assert facts.passed_over == refused.value.names
    assert facts.passed_over_reason == "Penindakan berjalan di sana."


def test_it_keeps_to_the_quota_of_each_money_source(mapped, make_ready, head):
    make_ready(*mapped.bahaya, *mapped.waspada)
    with pytest.raises(errors.QuotaExceeded) as refused:
        decide(mapped, head, *mapped.bahaya, mapped.waspada[0])
    assert (refused.value.chosen, refused.value.quota) == (3, 2)
    extra = Chosen(mapped.waspada[0].pk, MoneySource.NON_DIPA, "Hibah kabupaten")
    assert decide(mapped, head, choices=[*choose(*mapped.bahaya), extra]).choices.for_actor(head).count() == 3


def test_it_refuses_a_village_twice_a_stranger_and_an_empty_list(mapped, make_ready, head, elsewhere):
    make_ready(*mapped.bahaya)
    with pytest.raises(errors.VillageChosenTwice):
        decide(mapped, head, mapped.bahaya[0], mapped.bahaya[0])
    with pytest.raises(errors.NotACandidate):
        decide(mapped, head, villages_of_office(elsewhere.pk).first())
    with pytest.raises(errors.NothingChosen):
        actions.decide_targets(2023, run_id=mapped.run.pk, choices=[], client_key="x", by=head)


def test_it_rests_on_a_released_run_of_the_own_office_only(
    mapped, make_ready, head, officer, actor_elsewhere
):
    make_ready(*mapped.bahaya)
    second = mapping.run_mapping(mapped.round.pk, rule_key=PUBLISHED_KEY, by=officer)
    with pytest.raises(errors.RunNotReleased):
        actions.decide_targets(
            2023, run_id=second.pk, choices=choose(*mapped.bahaya), client_key="x", by=head
        )
    stranger = replace(actor_elsewhere, rights=head.rights)
    with pytest.raises(Http404):
        decide(mapped, stranger, *mapped.bahaya)


def test_it_lets_only_those_decide_who_hold_the_right(mapped, officer):
    with pytest.raises(NotAllowed):
        decide(mapped, officer, *mapped.bahaya)


def test_it_decides_once_though_one_finger_taps_twice(mapped, make_ready, head):
    make_ready(*mapped.bahaya)
    first = decide(mapped, head, *mapped.bahaya, key="sama")
    assert decide(mapped, head, *mapped.bahaya, key="sama") == first
    assert Decision.objects.for_actor(head).count() == 1 and events("targeting.decided") == 1


def test_it_tells_the_second_of_two_officers_who_decide_at_once(mapped, make_ready, head):
    make_ready(*mapped.bahaya)
    decide(mapped, head, *mapped.bahaya, key="kepala")
    with pytest.raises(errors.AlreadyDecided):
        decide(mapped, replace(head, name="Wakil kepala"), *mapped.bahaya, key="wakil")
    assert Decision.objects.for_actor(head).count() == 1


def test_it_never_edits_or_deletes_a_decision(decided, head):
    for row in (decided, Choice.objects.for_actor(head).first()):
        with pytest.raises(errors.DecisionIsFinal):
            row.save()
        with pytest.raises(errors.DecisionIsFinal):
            row.delete()
    for model in (Decision, Choice):
        with pytest.raises(errors.DecisionIsFinal):
            model.objects.for_actor(head).update(pk=1)
        with pytest.raises(errors.DecisionIsFinal):
            model.objects.for_actor(head).delete()


def test_it_supersedes_with_a_reason_and_leaves_the_earlier_as_it_was(
    mapped, decided, make_ready, head, officer
):
    make_ready(*mapped.waspada)
    again = {"run_id": mapped.run.pk, "choices": choose(mapped.bahaya[0]), "by": head}
    with pytest.raises(errors.SupersedingReasonMissing):
        actions.supersede_decision(decided.pk, reason=" ", client_key="dua", **again)
    later = actions.supersede_decision(
        decided.pk,
        reason="Kepala desa mengundurkan diri",
        client_key="dua",
        passed_over_reason="Mengundurkan diri",
        **again,
    )
    earlier = queries.decision(decided.pk, officer)
    assert earlier.superseded_by_id == later.pk and len(earlier.choices) == 2
    assert queries.current_decision(head.office_id, 2023, officer).id == later.pk
    assert [one.village_id for one in queries.chosen(head.office_id, 2023, officer)] == [mapped.bahaya[0].pk]


def test_it_replaces_a_decision_once(mapped, decided, head):
    again = {"run_id": mapped.run.pk, "choices": choose(*mapped.bahaya), "reason": "Salah tulis", "by": head}
    later = actions.supersede_decision(decided.pk, client_key="dua", **again)
    assert actions.supersede_decision(decided.pk, client_key="dua", **again) == later
    with pytest.raises(errors.AlreadySuperseded):
        actions.supersede_decision(decided.pk, client_key="tiga", **again)
    assert Decision.objects.for_actor(head).count() == 2


def test_it_flags_a_decision_whose_data_were_withdrawn_and_changes_nothing(mapped, decided, officer):
    before = queries.decision(decided.pk, officer)
    assert not before.data_withdrawn
    entry = Entry.objects.for_actor(officer).filter(round=mapped.round).first()
    fieldwork.withdraw_entry(entry.pk, reason="salah berkas", by=officer)
    after = queries.decision(decided.pk, officer)
    assert after.data_withdrawn
    assert replace(after, data_withdrawn=False) == before


def test_it_decides_the_draft_as_it_was_shown(mapped, make_ready, head, officer):
    make_ready(*mapped.bahaya)
    draft = actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(*mapped.bahaya), by=officer)
    shown = {"run_id": mapped.run.pk, "client_key": "satu", "by": head}
    actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(mapped.bahaya[0]), by=officer)
    with pytest.raises(errors.ProposalChanged, match=officer.name):
        actions.decide_proposal(2023, revision=draft.revision, **shown)
    decided = actions.decide_proposal(2023, revision=draft.revision + 1, **shown)
    assert decided.choices.for_actor(head).count() == 1
    # The second tap comes after the draft's year is decided.
    assert actions.decide_proposal(2023, revision=draft.revision + 1, **shown) == decided


def test_it_never_lets_one_text_vanish_under_another(mapped, officer, head):
    first = actions.save_proposal(2023, run_id=mapped.run.pk, lines=choose(mapped.bahaya[0]), by=officer)
    save = {"run_id": mapped.run.pk, "revision": first.revision}
    actions.save_proposal(2023, lines=choose(*mapped.bahaya), by=head, **save)
    with pytest.raises(errors.ProposalChanged, match=head.name):
        actions.save_proposal(2023, lines=choose(mapped.bahaya[1]), by=officer, **save)
    # The same text sent twice is no conflict.
    kept = actions.save_proposal(2023, lines=choose(*mapped.bahaya), by=head, **save)
    assert kept.revision == 2 and Proposal.objects.for_actor(officer).count() == 1


def test_it_puts_villages_into_free_dipa_places_first(mapped, officer):
    for village in (*mapped.bahaya, mapped.waspada[0], mapped.waspada[0]):
        draft = actions.add_to_proposal(2023, run_id=mapped.run.pk, village_id=village.pk, by=officer)
    assert [line["money_source"] for line in draft.lines] == ["DIPA", "DIPA", "NON_DIPA"]
    draft = actions.drop_from_proposal(2023, village_id=mapped.bahaya[0].pk, by=officer)
    assert len(draft.lines) == 2


def test_it_appends_readiness_and_keeps_what_was_known_before(mapped, officer):
    village = mapped.bahaya[0]
    for pact, evidence in (
        (Answer.BELUM, ""),
        (Answer.YA, "Nota 1"),
        (Answer.YA, "Nota 1"),
        (Answer.TIDAK, ""),
    ):
        actions.record_readiness(
            village.pk, year=2023, pact=pact, pact_evidence=evidence, answers=YES, by=officer
        )
    history = queries.readiness_history(village.pk, 2023, officer)
    assert [row.pact for row in history] == ["TIDAK", "YA", "BELUM"]  # sent twice is once
    known = queries.readiness_by_village(officer.office_id, 2023, officer)
    assert known[village.pk].pact is Answer.TIDAK


def test_it_refuses_a_pact_without_evidence_and_a_point_nobody_asked(mapped, officer):
    with pytest.raises(errors.EvidenceMissing):
        actions.record_readiness(
            mapped.bahaya[0].pk, year=2023, pact=Answer.YA, pact_evidence=" ", by=officer
        )
    with pytest.raises(errors.UnknownItem):
        actions.record_readiness(
            mapped.bahaya[0].pk, year=2023, pact=Answer.BELUM, answers={"lain": Answer.YA}, by=officer
        )
    assert not Readiness.objects.for_actor(officer).exists()


def test_it_judges_by_the_units_own_policy_and_keeps_it_until_another(mapped, decided, officer):
    policy_of(officer, open_category=OpenCategory.BOLEH, needs_pact=False, checklist=())
    policy_of(officer, open_category=OpenCategory.BOLEH, needs_pact=False, checklist=())  # sent twice
    rows = queries.candidates(2023, officer).by_id()
    assert rows[mapped.open[0].pk].verdict.eligible and not rows[mapped.aman[0].pk].verdict.eligible
    assert OfficePolicy.objects.for_actor(officer).count() == 1
    next_year = queries.policy_in_force(officer.office_id, 2024, officer)
    assert next_year.is_own and next_year.year == 2023
    assert not queries.policy_in_force(officer.office_id, 2022, officer).is_own
    assert queries.decision(decided.pk, officer).policy == rules.shipped_policy()


def test_it_numbers_the_versions_of_a_policy(officer):
    for quota in (1, 2):
        stored = policy_of(officer, quota={MoneySource.DIPA: quota})
        assert rules.parse_policy(stored.text).version == str(stored.version) == str(quota)


def test_an_answer_never_moves_to_another_question(mapped, officer):
    def ask(*titles):
        items = tuple(ChecklistItem(rules.item_id(title), title) for title in titles)
        stored = policy_of(officer, checklist=items)
        return {item.title: item.id for item in rules.parse_policy(stored.text).checklist}

    first = ask("Ada posko", "Data mutakhir")
    village = mapped.siaga[0].pk
    yes = {first["Ada posko"]: Answer.YA}
    actions.record_readiness(village, year=2023, pact=Answer.BELUM, answers=yes, by=officer)

    second = ask("Ada posko!", "Data mutakhir")
    assert second["Data mutakhir"] == first["Data mutakhir"]
    obstacles = queries.candidates(2023, officer).by_id()[village].verdict.reasons
    assert Obstacle(Reason.ITEM_UNKNOWN, second["Ada posko!"]) in obstacles

    # Asked again later, the same question finds its own answer.
    third = ask("Ada posko!", "Ada posko")
    assert third == {"Ada posko!": second["Ada posko!"], "Ada posko": first["Ada posko"]}
    obstacles = queries.candidates(2023, officer).by_id()[village].verdict.reasons
    assert first["Ada posko"] not in {obstacle.about for obstacle in obstacles}


def test_it_names_a_signatory_by_office(mapped, make_ready, head, officer):
    policy_of(officer, signatory=Signatory.KEPALA_UNIT)
    make_ready(*mapped.bahaya)
    letters = actions.draft_sk(decide(mapped, head, *mapped.bahaya).pk, by=officer)
    assert [(one.signatory_position, one.signed_here) for one in letters] == [("Kepala BNNK Belitung", True)]
