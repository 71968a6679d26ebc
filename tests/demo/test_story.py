"""It tells the Belitung story through the actions of every stage, and says of everything where it comes from."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from bersinar.accounts.models import User
from bersinar.audit.models import Event
from bersinar.demo import story
from bersinar.demo.actions import build_if_absent
from bersinar.demo.story import CHAPTERS, choosing, collecting, convening, forming, sources
from bersinar.documents.models import Letter
from bersinar.fieldwork.models import Entry, Round
from bersinar.mapping.models import MappingRun, Objection, ObjectionAnswer, Release
from bersinar.methods.categories import Status
from bersinar.programme import queries as programme
from bersinar.programme.models import (
    Attendance,
    Commitment,
    CommitmentStep,
    Meeting,
    ProgrammeYear,
    StageEvent,
)
from bersinar.programme.vocabulary import Origin
from bersinar.targeting.models import Choice
from bersinar.territory.models import VillagePoint

PRESS = {value for name, value in vars(sources).items() if str(value).startswith("https://")}
FOLDER = Path(story.__file__).parent


def test_it_says_what_it_does(told):
    assert len(told) == len(CHAPTERS) and all(sentence.endswith("…") for sentence in told)


def test_it_tells_nothing_twice(scene):
    before = Event.objects.unscoped("test").count()
    assert build_if_absent(say=print) == 0
    assert Event.objects.unscoped("test").count() == before


def test_it_writes_an_audit_event_for_every_action_under_an_invented_name(scene):
    names = set(Event.objects.unscoped("test").values_list("actor_name", flat=True))
    assert names == {"Bagus Contoh", "Kepala (akun contoh)", "sistem: contoh"}


def test_every_person_says_that_it_is_an_example(scene):
    assert User.objects.count() == 7
    assert all("contoh" in name.casefold() for name in User.objects.values_list("name", flat=True))


def test_the_accounts_file_opens_every_account(scene):
    text = (settings.BERSINAR_DATA / "akun-contoh.txt").read_text()
    for user in User.objects.all():
        password = next(line.split()[1] for line in text.splitlines() if line.startswith(user.username + " "))
        assert user.check_password(password)


def test_somebody_of_a_village_may_look_around(scene, client):
    village = User.objects.get(username="kades")
    assert (village.office, village.village.code) == (None, sources.TANJUNG_BINGA)
    text = (settings.BERSINAR_DATA / "akun-contoh.txt").read_text()
    password = next(line.split()[1] for line in text.splitlines() if line.startswith("kades "))
    assert client.login(username="kades", password=password)
    assert client.get("/").status_code == 200


def test_its_example_lines_go_down_in_equal_steps(scene):
    from bersinar.mapping.rules import parse_rule

    rule = parse_rule(MappingRun.objects.unscoped("test").first().rule_text)
    assert [(line.min_main, line.min_supporting) for line in rule.lines] == [(5, 4), (3, 2), (1, 0), (0, 0)]


def test_every_generated_value_is_marked(scene):
    assert all(Round.objects.unscoped("test").values_list("is_example", flat=True))
    assert all(MappingRun.objects.unscoped("test").values_list("is_example", flat=True))
    assert Entry.objects.unscoped("test").exclude(imported__file_name__startswith="contoh-").count() == 0


def test_every_year_adds_up_to_the_88_villages_and_is_released(scene):
    runs = list(MappingRun.objects.unscoped("test"))
    assert sorted(run.year for run in runs) == [2021, 2022, 2023]
    assert all(sum(run.counts.values()) == 88 for run in runs)
    assert Release.objects.unscoped("test").count() == 3


def test_every_village_has_a_point_with_its_source(scene):
    points = VillagePoint.objects.unscoped("test")
    assert points.count() == 88
    assert all("BIG" in point.source for point in points)


def test_an_objection_was_answered_before_release(scene):
    assert Objection.objects.unscoped("test").count() == ObjectionAnswer.objects.unscoped("test").count() == 1


def test_its_own_lines_are_examples_and_the_published_one_is_not(scene):
    from bersinar.mapping.rules import parse_rule

    rule = parse_rule(MappingRun.objects.unscoped("test").first().rule_text)
    assert [line.status for line in rule.lines] == [Status.REPORTED, *[Status.CONTOH] * 3]


@pytest.mark.parametrize("path", ["collecting.py", "maps.py"])
def test_values_and_categories_know_nothing_of_the_press(path):
    tree = ast.parse((FOLDER / path).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "bersinar.demo.story.sources" not in imported


def test_who_was_asked_for_readiness_does_not_depend_on_who_was_chosen(scene, monkeypatch):
    from bersinar.targeting.models import Readiness

    def records():
        rows = Readiness.objects.unscoped("test").order_by("pk")
        return list(rows.values_list("village_id", "pact", "answers"))

    first = records()
    monkeypatch.setattr(choosing, "CHOSEN", ())
    choosing._readiness(scene)
    # Nothing new was learnt: who was asked, and what they said, came out the same.
    assert records() in (first, first + first)


def test_the_targets_are_those_of_the_press_and_their_reasons_say_so(scene):
    choices = Choice.objects.unscoped("test").select_related("village")
    assert {choice.village.code for choice in choices} == {sources.TANJUNG_BINGA, sources.DUKONG}
    for choice in choices:
        assert "data contoh dan bukan dasar" in choice.reason and sources.TARGETS_2023 in choice.reason
        assert choice.override_reason or choice.eligible


def test_the_decree_cannot_be_taken_for_real(scene):
    letters = Letter.objects.unscoped("test")
    assert letters and all(letter.example for letter in letters)
    assert all(letter.issue.number.startswith("CONTOH") for letter in letters.filter(kind="SK_PENETAPAN"))


def test_real_officials_appear_by_office(scene):
    assert not Letter.objects.unscoped("test").exclude(signatory_name="").exists()


def test_every_stage_quotes_the_press(scene):
    stages = StageEvent.objects.unscoped("test")
    assert stages.count() == 11
    assert set(stages.values_list("origin", flat=True)) == {Origin.PERS.value}
    assert set(stages.values_list("source", flat=True)) <= PRESS


def test_it_tells_of_a_decree_only_where_the_press_did():
    dukong = [forming.NAMED, *forming.LATER_IN_2023[sources.DUKONG]]
    assert not any("SK" in one.note for one in dukong)


def test_six_villages_are_in_the_programme(scene):
    years = ProgrammeYear.objects.unscoped("test").values_list("village__code", "year")
    assert dict(years) == {
        sources.AIK_PELEMPANG_JAYA: 2021,
        sources.LALANG: 2022,
        sources.PEGANTUNGAN: 2022,
        sources.AIR_MERBAU: 2022,
        sources.TANJUNG_BINGA: 2023,
        sources.DUKONG: 2023,
    }


def test_tanjung_binga_was_launched_on_26_october_2023(scene):
    launch = StageEvent.objects.unscoped("test").get(
        year__village__code=sources.TANJUNG_BINGA, stage="PENCANANGAN"
    )
    assert (launch.date.isoformat(), launch.precision) == ("2023-10-26", "HARI")


def test_one_year_is_still_being_asked(scene):
    rounds = collecting.the_round(scene, 2024)
    answered = Entry.objects.unscoped("test").filter(round=rounds).exclude(state="BELUM")
    assert 20 < answered.values("village").distinct().count() < 70


def test_the_rakor_is_a_fact_of_the_press_and_the_people_in_it_are_invented(scene):
    meeting = Meeting.objects.unscoped("test").get(client_key=convening.KEY)
    assert (meeting.origin, meeting.source) == (Origin.PERS.value, sources.RAKOR_2023)
    people = Attendance.objects.unscoped("test").filter(meeting=meeting)
    assert people.count() == 17
    assert all(one.origin == Origin.CONTOH.value and one.name.endswith(" Contoh") for one in people)


def test_every_promise_is_an_example_and_those_of_the_rakor_were_kept(scene):
    promises = Commitment.objects.unscoped("test")
    assert all(one.origin == Origin.CONTOH.value and one.promised_by.endswith(" Contoh") for one in promises)
    steps = CommitmentStep.objects.unscoped("test").exclude(commitment__meeting=None).order_by("pk")
    assert set(dict(steps.values_list("commitment_id", "status")).values()) == {"SELESAI"}


def test_something_is_overdue_today_and_nothing_by_years(scene):
    overdue = programme.commitments(scene.officer, overdue_on=timezone.localdate())
    assert [(timezone.localdate() - one.due_date).days for one in overdue] == [6]
