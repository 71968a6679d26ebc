"""It calculates, takes objections and releases, and never changes what it stored."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry
from bersinar.fieldwork.rules.cells import PRESENCE, Reading
from bersinar.fieldwork.vocabulary import State
from bersinar.mapping import actions, errors, present, queries
from bersinar.mapping.forms import OwnRuleForm
from bersinar.mapping.models import MappingRun, Objection, Release, StoredRule, VillageResult
from bersinar.mapping.rules import has_examples, line_statuses, parse_rule, published_rule, shipped_text
from bersinar.mapping.table import FileKind
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import Category, Line, Presence, Status
from bersinar.territory.models import Village
from bersinar.territory.queries import villages_of_office

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LINES = [Line(Category.SIAGA, 1, 1), Line(Category.AMAN, 0, 0)]


def village_of(run, officer, number=0):
    rows = VillageResult.objects.for_actor(officer).filter(run=run).order_by("village__code")
    return rows[number].village_id


def object_to(run, officer, text="Data lama"):
    return actions.record_objection(
        run.pk,
        village_id=village_of(run, officer),
        text=text,
        raised_by="kepala desa",
        raised_on=date(2023, 1, 2),
        by=officer,
    )


def events(verb):
    return Event.objects.unscoped("the test counts them").filter(verb=verb).count()


def test_it_stores_one_result_a_village(run, officer):
    counts = queries.counts_of(run.pk, officer)
    assert counts["BAHAYA"] == 1 and sum(counts.values()) == run.n_villages == 88
    assert counts == run.counts


def test_it_never_takes_silence_for_safety(run, officer):
    rows, _total = queries.results(run.pk, officer, sort="desa")
    assert {row.category for row in rows} == {None, Category.BAHAYA}
    empty = queries.result_of_village(run.pk, village_of(run, officer, 2), officer)
    assert empty.category is None and empty.possible == (Category.BAHAYA,) and empty.open_end
    assert empty.settles == ("D1", "D2", "D3", "D4", "D5")


def test_it_keeps_what_it_was_made_from(run, officer):
    assert run.instrument == "bnn-8-5 2015" and (run.rule_id, run.rule_version) == ("banda-aceh-2021", "1")
    assert len(run.input_fingerprint) == len(run.result_fingerprint) == len(run.rule_fingerprint) == 64
    assert run.computed_by_name == officer.name
    assert parse_rule(run.rule_text).lines[0].category is Category.BAHAYA


def test_it_gives_the_same_run_for_the_same_data_and_rule(run, round_, officer):
    assert actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer) == run
    assert events("mapping.computed") == 1


def test_it_makes_another_run_when_one_value_changes(run, round_, officer):
    village = village_of(run, officer, 5)
    entry = Entry.objects.for_actor(officer).get(round=round_, village_id=village, indicator="P1")
    fieldwork.enter_value(
        round_.pk,
        village_id=village,
        indicator="P1",
        reading=Reading(State.TERISI, 3),
        based_on=entry.pk,
        client_key=None,
        by=officer,
    )
    again = actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer)
    assert again.pk != run.pk and again.input_fingerprint != run.input_fingerprint
    assert queries.data_changed(queries.run_summary(run.pk, officer), officer)
    assert not queries.data_changed(queries.run_summary(again.pk, officer), officer)


def test_it_tells_how_far_it_is(round_, officer):
    told = []
    actions.run_mapping(
        round_.pk,
        rule_key=queries.PUBLISHED_KEY,
        by=officer,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(88, 88)]


def test_it_never_edits_or_deletes_what_it_stored(run, officer):
    release = actions.release_run(run.pk, by=officer)
    for row in (run, release, VillageResult.objects.for_actor(officer).first()):
        with pytest.raises(errors.NeverChanges):
            row.save()
        with pytest.raises(errors.NeverChanges):
            row.delete()
    for model in (MappingRun, VillageResult, Release, Objection, StoredRule):
        with pytest.raises(errors.NeverChanges):
            model.objects.for_actor(officer).update(pk=1)
        with pytest.raises(errors.NeverChanges):
            model.objects.for_actor(officer).delete()


def test_it_refuses_release_while_a_village_is_missing_and_names_it(run, officer):
    sibling = villages_of_office(officer.office_id).first()
    Village.objects.create(
        district=sibling.district, code="19.02.01.2999", name="Desa Pemekaran", kind=sibling.kind
    )
    with pytest.raises(errors.SumsDoNotMatch, match="88, seharusnya 89.*Desa Pemekaran") as refused:
        actions.release_run(run.pk, by=officer)
    assert refused.value.missing == (f"Desa Pemekaran ({sibling.district.name})",)
    assert not queries.is_released(run.pk, officer)


def test_it_refuses_release_when_a_row_is_gone_and_names_the_village(run, officer):
    gone = VillageResult.objects.for_actor(officer).filter(run=run).select_related("village").last()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mapping_villageresult WHERE id = %s", [gone.pk])
    with pytest.raises(errors.SumsDoNotMatch, match=f"87, seharusnya 88.*{gone.village.name}"):
        actions.release_run(run.pk, by=officer)


def test_it_refuses_release_when_two_errors_cancel_in_the_sum(run, officer):
    villages = list(villages_of_office(officer.office_id)[:2])
    Village.objects.for_actor(officer).filter(pk=villages[0].pk).update(valid_to=date(2024, 1, 1))
    Village.objects.create(
        district=villages[1].district, code="19.02.01.2999", name="Desa Baru", kind=villages[1].kind
    )
    gate = queries.gate(run.pk, officer)
    assert gate.result.total == gate.result.expected == 88 and not gate.result.ok
    with pytest.raises(errors.SumsDoNotMatch, match=f"Desa Baru.*tidak lagi dilayani.*{villages[0].name}"):
        actions.release_run(run.pk, by=officer)


@pytest.mark.parametrize("column", ["severity = 2", "present = ''"])
def test_it_refuses_release_when_a_stored_row_was_changed_behind_its_back(run, officer, column):
    row = VillageResult.objects.for_actor(officer).get(run=run, severity=Category.BAHAYA.severity)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE mapping_villageresult SET {column} WHERE id = %s", [row.pk])
    with pytest.raises(errors.ResultsChanged):
        actions.release_run(run.pk, by=officer)


def test_it_refuses_release_while_an_objection_waits(run, officer):
    objection = object_to(run, officer)
    with pytest.raises(errors.OpenObjections):
        actions.release_run(run.pk, by=officer)
    actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITOLAK, text="Sudah benar", by=officer)
    with pytest.raises(errors.AlreadyAnswered):
        actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITERIMA, text="x", by=officer)
    actions.release_run(run.pk, by=officer)
    assert queries.is_released(run.pk, officer)


def test_it_refuses_to_release_what_the_office_agreed_is_wrong(run, officer):
    objection = object_to(run, officer)
    actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITERIMA, text="Benar", by=officer)
    with pytest.raises(errors.AcceptedObjections):
        actions.release_run(run.pk, by=officer)


def test_it_takes_an_objection_and_an_answer_once_though_sent_twice(run, officer):
    first, second = object_to(run, officer), object_to(run, officer)
    assert first == second and events("mapping.objected") == 1
    answers = [
        actions.answer_objection(first.pk, outcome=ObjectionOutcome.DITOLAK, text="Benar", by=officer)
        for _ in range(2)
    ]
    assert answers[0] == answers[1] and events("mapping.objection_answered") == 1


def test_it_takes_no_objection_of_tomorrow_or_of_elsewhere(run, officer, elsewhere):
    said = {"text": "x", "raised_by": "x", "by": officer}
    with pytest.raises(errors.ObjectionInFuture):
        actions.record_objection(
            run.pk,
            village_id=village_of(run, officer),
            raised_on=timezone.localdate() + timedelta(days=1),
            **said,
        )
    with pytest.raises(errors.VillageNotInRun):
        actions.record_objection(
            run.pk,
            village_id=villages_of_office(elsewhere.pk).first().pk,
            raised_on=date(2023, 1, 2),
            **said,
        )


def test_it_takes_nothing_more_after_release(run, officer):
    actions.release_run(run.pk, by=officer)
    with pytest.raises(errors.AlreadyReleased):
        actions.release_run(run.pk, by=officer)
    with pytest.raises(errors.AlreadyReleased):
        object_to(run, officer)


def test_it_lets_an_office_above_read_but_not_map_or_release(run, round_, actor_province):
    assert queries.run_summary(run.pk, actor_province).n_villages == 88
    with pytest.raises(errors.OtherOffice):
        actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=actor_province)
    with pytest.raises(errors.OtherOffice):
        actions.release_run(run.pk, by=actor_province)


def test_it_asks_for_the_right_first(run, reader):
    with pytest.raises(NotAllowed):
        actions.release_run(run.pk, by=reader)


def test_it_marks_runs_whose_data_were_withdrawn_and_releases_them_no_more(run, round_, officer):
    assert not queries.run_summary(run.pk, officer).withdrawn
    entry = Entry.objects.for_actor(officer).filter(round=round_).first()
    fieldwork.withdraw_entry(entry.pk, reason="salah ketik", by=officer)
    assert queries.run_summary(run.pk, officer).withdrawn
    assert MappingRun.objects.for_actor(officer).get(pk=run.pk).result_fingerprint == run.result_fingerprint
    with pytest.raises(errors.DataWithdrawn):
        actions.release_run(run.pk, by=officer)


def test_it_stores_every_rule_of_a_unit_as_a_new_version(officer):
    versions = [
        actions.add_own_rule(title=title, document="Pedoman", lines=LINES, by=officer).version
        for title in ("Garis", "Garis baru", "Garis baru")  # the last was sent twice
    ]
    assert versions == ["1", "2", "2"]
    with pytest.raises(errors.RuleRefused, match="tidak dapat diganti"):
        actions.add_own_rule(
            title="Garis", document="Pedoman", lines=[Line(Category.BAHAYA, 1, 1)], by=officer
        )
    with pytest.raises(errors.RuleRefused, match="paling sedikit satu garis atau satu batas"):
        actions.add_own_rule(title="Garis", document="Pedoman", by=officer)


def test_it_maps_by_the_thresholds_of_the_unit_and_labels_them(round_, officer):
    strict = {"P1": Presence(">=", 50, "kasus", Status.OWN, "Pedoman"), "P2": Presence(">", 30)}
    stored = actions.add_own_rule(
        title="Batas unit", document="Pedoman", presence={k: strict[k] for k in ("P1",)}, by=officer
    )
    rule = parse_rule(stored.text)
    assert (rule.presence["P1"].threshold, rule.presence["P1"].status) == (50, Status.OWN)
    assert rule.presence["P2"].status is Status.PLACEHOLDER
    made = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    first = queries.result_of_village(made.pk, village_of(made, officer), officer)
    assert first.n_main == 7 and "P1" not in first.present


@pytest.mark.parametrize("limit", [Presence(">=", 0), Presence("<", 3), Presence(">", -1)])
def test_it_refuses_a_threshold_that_makes_none_count_as_present(officer, limit):
    with pytest.raises(errors.RuleRefused, match="nihil pun dianggap ada"):
        actions.add_own_rule(title="x", document="x", presence={"P1": limit}, by=officer)


def test_it_hands_out_only_a_released_table_and_writes_it_down(run, officer):
    with pytest.raises(errors.NotReleased):
        actions.export_table(run.pk, kind=FileKind.CSV, by=officer)
    actions.release_run(run.pk, by=officer)
    actions.export_table(run.pk, kind=FileKind.CSV, by=officer)
    assert events("mapping.table_exported") == 1


def answer_yes(round_, village_id, names):
    """The village's answers become a plain yes, as a column of yes and no leaves them."""
    Entry.objects.unscoped("the test types them").filter(
        round=round_, village_id=village_id, indicator__in=names
    ).update(state=State.TERISI, value=1, note=PRESENCE)


def test_it_never_takes_a_yes_for_absent_where_the_unit_asks_for_more(round_, officer, clerk):
    asked = ("P1", "P2", "P3", "P5", "P8")
    village = villages_of_office(round_.office_id)[5].pk
    answer_yes(round_, village, published_rule().indicators)
    stored = actions.add_own_rule(
        title="Batas unit",
        document="Pedoman",
        lines=[Line(Category.AMAN, 0, 0)],
        presence={
            name: Presence(">=", 3, published_rule().presence[name].unit, Status.OWN) for name in asked
        },
        by=officer,
    )
    run = actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
    row = queries.result_of_village(run.pk, village, officer)
    assert row.category is None and row.possible == (Category.BAHAYA, Category.AMAN)
    assert set(asked) <= set(row.yes_only) <= set(row.missing)
    told = present.why(row, queries.run_rule(run.pk, officer))
    assert any("hanya dijawab ya" in sentence and "P3" in sentence for sentence in told)
    hidden = present.why(queries.result_of_village(run.pk, village, clerk), queries.run_rule(run.pk, clerk))
    assert not any("P3" in sentence for sentence in hidden)
    actions.release_run(run.pk, by=officer)


def test_it_takes_a_yes_for_present_where_one_is_enough(round_, officer):
    village = villages_of_office(round_.office_id)[5].pk
    answer_yes(round_, village, ("P1", "P2", "P6", "D1"))
    run = actions.run_mapping(round_.pk, rule_key=queries.PUBLISHED_KEY, by=officer)
    row = queries.result_of_village(run.pk, village, officer)
    assert row.present == ("P1", "P2", "P6", "D1") and row.yes_only == () == row.missing


def mapped_again(round_, officer):
    """The same data under another rule: a new run of the same round."""
    stored = actions.add_own_rule(title="Garis", document="Pedoman", lines=LINES, by=officer)
    return actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)


def correct(round_, village_id, officer):
    entry = Entry.objects.for_actor(officer).get(round=round_, village_id=village_id, indicator="P1")
    fieldwork.enter_value(
        round_.pk,
        village_id=village_id,
        indicator="P1",
        reading=Reading(State.TERISI, entry.value + 1),
        based_on=entry.pk,
        client_key=None,
        by=officer,
    )


def test_it_leaves_no_unanswered_objection_behind_by_taking_another_rule(run, round_, officer):
    objection = object_to(run, officer)
    again = mapped_again(round_, officer)
    with pytest.raises(errors.OpenObjections):
        actions.release_run(again.pk, by=officer)
    assert queries.gate(again.pk, officer).objected_runs == (run.pk,)
    assert [task.url for task in queries.work_queue(officer, on=date(2023, 2, 1))] == [
        reverse("mapping:objections", args=[run.pk])
    ]
    actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITOLAK, text="Benar", by=officer)
    actions.release_run(again.pk, by=officer)


def test_it_releases_no_run_of_the_round_until_what_was_accepted_is_corrected(run, round_, officer):
    objection = object_to(run, officer)
    actions.answer_objection(objection.pk, outcome=ObjectionOutcome.DITERIMA, text="Benar", by=officer)
    with pytest.raises(errors.AcceptedObjections):
        actions.release_run(mapped_again(round_, officer).pk, by=officer)
    correct(round_, village_of(run, officer, 7), officer)
    with pytest.raises(errors.AcceptedObjections):
        actions.release_run(mapped_again(round_, officer).pk, by=officer)
    correct(round_, objection.village_id, officer)
    actions.release_run(mapped_again(round_, officer).pk, by=officer)


@pytest.fixture
def example_rule(officer):
    stored = actions.add_own_rule(
        title="Contoh",
        document="rekaan",
        lines=[Line(Category.SIAGA, 1, 3, status=Status.CONTOH, source="rekaan")],
        presence={
            "P1": Presence(">=", 2, "kasus", Status.CONTOH),
            "P2": Presence(">", 4, status=Status.CONTOH),
        },
        status=Status.CONTOH,
        by=officer,
    )
    return parse_rule(stored.text)


def resaved(known, officer, **changes):
    """The form as it opens, saved again."""
    opened = OwnRuleForm(base=published_rule(), names={}, known=known)
    typed = {name: opened.get_initial_for_field(field, name) for name, field in opened.fields.items()}
    chosen = {
        name: "and" for name in typed if name.endswith("_combine")
    }  # as a browser sends an untouched list
    given = {name: value for name, value in (typed | changes).items() if value is not None}
    data = chosen | given
    form = OwnRuleForm(data, base=published_rule(), names={}, known=known)
    assert form.is_valid(), form.errors
    wanted = ("title", "document", "lines", "presence")
    stored = actions.add_own_rule(**{key: form.cleaned_data[key] for key in wanted}, by=officer)
    return parse_rule(stored.text)


def test_it_keeps_an_example_an_example_until_it_is_changed(example_rule, officer):
    rule = resaved(example_rule, officer, document="Pedoman", limit_P2="5")
    assert line_statuses(rule)[Category.SIAGA] is Status.CONTOH
    assert (rule.presence["P1"].status, rule.presence["P2"].status) == (Status.CONTOH, Status.OWN)
    assert has_examples(rule)
    changed = resaved(rule, officer, siaga_main="2", limit_P1="3")
    assert line_statuses(changed)[Category.SIAGA] is changed.presence["P1"].status is Status.OWN
    assert not has_examples(changed)


def test_it_calls_whatever_is_entered_in_a_demo_an_example(example_rule, officer, settings):
    settings.BERSINAR_DEMO = True
    rule = resaved(example_rule, officer, siaga_main="2", limit_P1="3")
    assert {rule.status, line_statuses(rule)[Category.SIAGA], rule.presence["P1"].status} == {Status.CONTOH}


def test_it_maps_no_values_by_thresholds_in_another_unit(round_, officer):
    text = shipped_text().replace('unit = "persen"', 'unit = "keluarga"')
    stored = StoredRule.objects.create(
        office_id=officer.office_id,
        rule_id="unit",
        version="1",
        title="Garis",
        text=text,
        created_by_name="uji",
    )
    with pytest.raises(errors.OtherUnits, match="D3"):
        actions.run_mapping(round_.pk, rule_key=f"unit:{stored.pk}", by=officer)
