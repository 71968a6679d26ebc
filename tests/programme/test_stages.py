"""It accepts stages that are no ladder, lists what is open, and takes back what was wrong by appending."""

from datetime import date

import pytest
from django.http import Http404

from bersinar.access import NotAllowed
from bersinar.documents import actions as documents_actions
from bersinar.documents import queries as documents
from bersinar.programme import actions, errors, queries
from bersinar.programme.actions import Shown, Upload
from bersinar.programme.models import Evidence, StageEvent
from bersinar.programme.queries.steps import given
from bersinar.programme.vocabulary import MoneySource, Origin, Precision, Stage, Zone
from bersinar.territory.queries import villages_of_office
from tests.programme.conftest import plan
from tests.programme.decided import decide
from tests.support.pictures import SECRETS, photo

pytestmark = pytest.mark.django_db
RAKOR, LAUNCH = date(2023, 2, 13), date(2023, 10, 26)
PRESS = {"origin": Origin.PERS, "source": "Pradiva News, 26 Oktober 2023"}
FORM = Shown(item="formulir_monev", reference="Map monev 2023, lembar 4")


@pytest.fixture
def year(belitung, actor_p2m):
    """A village of a decision."""
    decide(belitung, 2023, [villages_of_office(belitung.pk)[0]])
    (enrolled,) = actions.enrol_chosen(2023, by=actor_p2m)
    return enrolled


@pytest.fixture
def record(year, actor_p2m):
    """Record one stage of that village."""

    def recorded(stage, on=RAKOR, **more):
        return actions.record_stage(year.pk, stage=stage, on=on, **({"by": actor_p2m} | more))

    return recorded


@pytest.fixture
def row(year, actor_p2m):
    return lambda: queries.programme_year(year.pk, actor_p2m)


def test_it_stands_at_the_furthest_accepted_stage(record, row, actor_p2m):
    record(Stage.RAKOR)
    record(Stage.PENCANANGAN, LAUNCH)
    record(Stage.PENETAPAN, LAUNCH)
    assert row().stage is Stage.PENCANANGAN
    assert row().next_stage is Stage.PELATIHAN
    assert row().launched == "26 Oktober 2023"
    states = {step.stage: (step.state, step.note) for step in queries.stage_steps(row().id, actor_p2m)}
    assert states[Stage.RAKOR] == ("done", "13 Februari 2023")
    assert states[Stage.PEMBENTUKAN] == ("", "belum dicatat")
    assert states[Stage.PENCANANGAN] == ("here", "26 Oktober 2023")
    assert states[Stage.PELATIHAN] == ("", "")


def test_it_accepts_the_naming_after_the_rakor_as_in_belitung(record, row):
    record(Stage.RAKOR)
    record(Stage.PENETAPAN, LAUNCH, **PRESS)
    assert row().stage is Stage.RAKOR
    assert "sk_penetapan" in {item.id for item in row().open_evidence}


def test_it_asks_a_reason_for_a_skipped_stage_that_does_not_overlap(record):
    with pytest.raises(errors.ExceptionMissing, match="Rapat koordinasi belum dicatat"):
        record(Stage.PELATIHAN)
    event = record(Stage.PELATIHAN, exception="Rakor digabung dengan rapat kecamatan.")
    assert event.is_exception
    assert ["TERLEWAT", "RAKOR", "Rapat koordinasi"] in event.obstacles


def test_it_takes_a_launch_from_the_press_without_what_came_before(record, row):
    record(Stage.PENCANANGAN, date(2022, 8, 25), precision=Precision.PALING_LAMBAT, **PRESS)
    assert row().launched == "paling lambat 25 Agustus 2022"


def test_it_refuses_a_stage_certainly_before_one_that_must_come_first(record):
    record(Stage.RAKOR, date(2023, 6, 1))
    with pytest.raises(errors.ExceptionMissing, match="mendahului tahap Rapat koordinasi"):
        record(Stage.PELATIHAN, date(2023, 5, 1))
    record(Stage.PELATIHAN, date(2023, 6, 20), precision=Precision.BULAN)


def test_it_blocks_a_stage_whose_evidence_may_not_follow(record, row):
    record(Stage.RAKOR)
    with pytest.raises(errors.ExceptionMissing, match="Formulir monev dengan nilai"):
        record(Stage.MONEV, LAUNCH, **PRESS)
    record(Stage.PEMBENTUKAN, LAUNCH)
    record(Stage.PENCANANGAN, LAUNCH)
    record(Stage.PELATIHAN, LAUNCH)
    event = record(Stage.MONEV, LAUNCH, evidence=[FORM])
    assert not event.is_exception
    assert row().stage is Stage.MONEV


def test_it_records_the_exception_to_missing_evidence(record, row):
    event = record(Stage.MONEV, LAUNCH, exception="Penilaian provinsi lisan, formulir menyusul.", **PRESS)
    assert event.is_exception
    assert "formulir_monev" in {item.id for item in row().open_evidence}


def test_it_keeps_no_exception_where_nothing_stood_in_the_way(record):
    event = record(Stage.RAKOR, exception="Berjaga-jaga.")
    assert not event.is_exception
    assert event.exception == ""


def test_it_shows_the_second_person_who_was_faster(record, actor_p2m_cleared):
    record(Stage.RAKOR)
    with pytest.raises(
        errors.StageAlreadyRecorded, match=r"sudah dicatat: 13 Februari 2023, oleh Uji p2m pada .* pukul"
    ):
        record(Stage.RAKOR, date(2023, 2, 14), by=actor_p2m_cleared)


def test_it_takes_a_double_press_as_one(record, actor_p2m):
    assert record(Stage.RAKOR) == record(Stage.RAKOR)
    assert StageEvent.objects.for_actor(actor_p2m).count() == 1


def test_it_appends_a_withdrawal_and_takes_the_stage_again(record, row, actor_p2m):
    event = record(Stage.RAKOR)
    actions.withdraw_stage(event.pk, "Tanggal keliru.", by=actor_p2m)
    assert row().stage is Stage.PENETAPAN
    again = record(Stage.RAKOR, date(2023, 2, 14))
    assert again.attempt == 2
    assert StageEvent.objects.for_actor(actor_p2m).count() == 2
    with pytest.raises(errors.AlreadyWithdrawn):
        actions.withdraw_stage(event.pk, "Lagi.", by=actor_p2m)
    with pytest.raises(errors.WithdrawalReasonMissing):
        actions.withdraw_stage(again.pk, " ", by=actor_p2m)


def test_it_refuses_days_that_cannot_be(record):
    for on in (date(2203, 2, 13), date(2018, 12, 31)):
        with pytest.raises(errors.UnlikelyDate):
            record(Stage.RAKOR, on)


def test_it_lets_only_the_own_office_record(record, actor_province, actor_elsewhere, actor_head):
    with pytest.raises(errors.OtherOfficesYear):
        record(Stage.RAKOR, by=actor_province)
    with pytest.raises(Http404):
        record(Stage.RAKOR, by=actor_elsewhere)
    with pytest.raises(NotAllowed):
        record(Stage.RAKOR, by=actor_head)


def test_it_stores_a_file_as_evidence(year, row, actor_p2m):
    upload = Upload("sk tim.pdf", "application/pdf", b"%PDF-1.7 isi")
    added = actions.add_evidence(
        year.pk, stage=Stage.PEMBENTUKAN, item="sk_tim", upload=upload, on=RAKOR, by=actor_p2m
    )
    assert added.title == "SK tim desa"
    assert documents.open_file(added.file_id, actor_p2m).content == upload.content
    actions.record_stage(year.pk, stage=Stage.PEMBENTUKAN, on=RAKOR, by=actor_p2m)
    assert "sk_tim" not in {item.id for item in row().open_evidence}


def test_it_keeps_of_a_photo_as_evidence_only_the_picture(year, actor_p2m):
    upload = Upload("suasana.jpg", "image/jpeg", photo())
    added = actions.add_evidence(year.pk, stage=Stage.PEMBENTUKAN, upload=upload, on=RAKOR, by=actor_p2m)
    content = documents.open_file(added.file_id, actor_p2m).content
    assert not [secret for secret in SECRETS if secret in content]


def test_it_refuses_evidence_nobody_could_find_or_nobody_asked_for(year, actor_p2m):
    with pytest.raises(errors.EvidenceNowhere):
        actions.add_evidence(year.pk, stage=Stage.RAKOR, item="notulen", on=RAKOR, by=actor_p2m)
    with pytest.raises(errors.UnknownEvidence):
        actions.add_evidence(
            year.pk, stage=Stage.RAKOR, item="sk_tim", reference="Map 1", on=RAKOR, by=actor_p2m
        )


def test_it_keeps_evidence_a_stage_rests_on(record, actor_p2m):
    record(Stage.MONEV, LAUNCH, evidence=[FORM], **PRESS)
    form = Evidence.objects.for_actor(actor_p2m).get(item="formulir_monev")
    with pytest.raises(errors.EvidenceNeeded):
        actions.withdraw_evidence(form.pk, "Lembar salah.", by=actor_p2m)
    record_again = Shown(item="formulir_monev", reference="Map monev 2023, lembar 5")
    actions.add_evidence(
        form.year_id, stage=Stage.MONEV, item=record_again.item, reference=record_again.reference, on=LAUNCH,
        by=actor_p2m,
    )  # fmt: skip
    actions.withdraw_evidence(form.pk, "Lembar salah.", by=actor_p2m)
    assert Evidence.objects.for_actor(actor_p2m).filter(withdrawal__isnull=True).count() == 1


def test_it_knows_the_evidence_this_system_holds(year, actor_p2m, actor_kades):
    assert given(year, actor_p2m) == {"kategori"}
    # Whoever sees the year sees the same open evidence, also without the right to see mapping or letters.
    assert given(year, actor_kades) == {"kategori"}


def test_it_plans_a_stage_until_it_happened(year, row, record, actor_p2m):
    actions.plan_stage(year.pk, stage=Stage.RAKOR, on=date(2023, 2, 10), by=actor_p2m)
    actions.plan_stage(year.pk, stage=Stage.RAKOR, on=RAKOR, note="Aula camat", by=actor_p2m)
    assert row().next_planned == RAKOR
    (entry,) = queries.timeline(year.village_id, 2023, actor_p2m)
    assert (entry.on, entry.done, entry.text) == (RAKOR, False, "Aula camat")
    tasks = queries.stage_tasks(actor_p2m, on=date(2023, 2, 1))
    assert next(task for task in tasks if task.title.startswith("Adakan rapat")).due == RAKOR
    record(Stage.RAKOR)
    assert [entry.done for entry in queries.timeline(year.village_id, 2023, actor_p2m)] == [True]
    with pytest.raises(errors.StageAlreadyRecorded):
        actions.plan_stage(year.pk, stage=Stage.RAKOR, on=RAKOR, by=actor_p2m)


def test_it_takes_a_plan_back(year, row, actor_p2m):
    actions.plan_stage(year.pk, stage=Stage.RAKOR, on=RAKOR, by=actor_p2m)
    actions.plan_stage(year.pk, stage=Stage.RAKOR, on=None, by=actor_p2m)
    assert row().next_planned is None


def test_it_writes_the_year_as_a_line(year, record, actor_p2m):
    record(Stage.RAKOR, note="19 dari 24 hadir", **PRESS)
    record(Stage.PENCANANGAN, LAUNCH)
    record(Stage.PELATIHAN, date(2024, 3, 1))
    found = queries.timeline(year.village_id, 2023, actor_p2m)
    assert [(entry.title, entry.when) for entry in found] == [
        ("Rapat koordinasi", "13 Februari 2023"),
        ("Pencanangan", "26 Oktober 2023"),
    ]
    assert found[0].origin is Origin.PERS
    assert found[0].source == PRESS["source"]
    office = queries.office_timeline(year.office_id, 2023, actor_p2m)
    assert {entry.village for entry in office} == {year.village.name}


def test_it_has_a_village_of_no_decision_with_its_naming_still_undated(belitung, actor_p2m):
    village = villages_of_office(belitung.pk)[1]
    made = actions.enrol_village(
        village_id=village.pk,
        year=2021,
        money_source=MoneySource.DIPA,
        source="Tribun Belitung, 28 September 2021",
        reason="Percontohan 2021.",
        origin=Origin.PERS,
        by=actor_p2m,
    )
    steps = queries.stage_steps(made.pk, actor_p2m)
    assert [(step.state, step.note) for step in steps[:2]] == [
        ("", "tidak tercatat"),
        ("here", "tanggal belum dicatat"),
    ]
    # A paper that shows the category says that the village was mapped.
    actions.add_evidence(
        made.pk, stage=Stage.PEMETAAN, item="kategori", reference="Map 4", on=date(2021, 1, 5), by=actor_p2m
    )
    assert queries.stage_steps(made.pk, actor_p2m)[0].state == "done"


def test_it_never_takes_an_open_village_for_one_with_a_category(belitung, actor_p2m):
    decide(belitung, 2023, [villages_of_office(belitung.pk)[0]], severity=-1)
    (year,) = actions.enrol_chosen(2023, by=actor_p2m)
    assert "kategori" not in given(year, actor_p2m)
    # The decision still rests on a released map, so the mapping itself happened.
    assert queries.stage_steps(year.pk, actor_p2m)[0].state == "done"


def test_it_takes_no_meeting_for_its_invitation(year, actor_p2m, actor_kades):
    meeting = plan([year], actor_p2m)
    assert "undangan" not in given(year, actor_p2m)
    letter = actions.draft_invitation(meeting.pk, by=actor_p2m)
    assert "undangan" in given(year, actor_p2m) and "undangan" in given(year, actor_kades)
    documents_actions.issue_letter(letter, by=actor_p2m)
    documents_actions.void_letter(letter, reason="Salah hari.", by=actor_p2m)
    assert "undangan" not in given(year, actor_p2m)


def test_it_lets_the_meeting_stand_for_its_stage(year, record, actor_p2m):
    record(Stage.RAKOR)
    meeting = actions.plan_meeting(
        title="Rapat koordinasi 2023",
        on=RAKOR,
        start=None,
        end=None,
        agenda=("Komitmen unsur desa",),
        zone=Zone.WIB,
        place="Aula camat",
        year_ids=[year.pk],
        by=actor_p2m,
        **PRESS,
    )
    (entry,) = queries.timeline(year.village_id, 2023, actor_p2m)
    assert (entry.kind, entry.title) == ("rapat", "Rapat koordinasi 2023")
    assert entry.url.endswith(f"/{meeting.pk}/")
    # The press told of a meeting, not of a letter to it.
    assert given(year, actor_p2m) == {"kategori"}
