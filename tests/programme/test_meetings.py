"""It plans a rakor, lets it move, and invites who is expected."""

from datetime import date, time, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.programme import actions, errors, queries
from bersinar.programme.models import MeetingPlan
from bersinar.programme.rules import meetings as rules
from bersinar.programme.vocabulary import Element, MeetingState, Origin, Stage
from tests.programme.conftest import RAKOR_DAY, enrol, plan

pytestmark = pytest.mark.django_db


def recorded(verb):
    return Event.objects.unscoped("a test").filter(verb=verb).count()


def test_it_keeps_what_was_planned(rakor, actor_p2m, dukong, tanjung_binga):
    row = queries.meeting(rakor.pk, actor_p2m, on=date(2023, 2, 1))

    assert (row.title, row.on, row.start, row.end, row.zone) == (
        "Rapat koordinasi Desa Bersinar 2023",
        RAKOR_DAY,
        time(9),
        time(12),
        "WIB",
    )
    assert row.agenda == ("Hasil pemetaan", "Komitmen unsur desa")
    assert (row.money_source, row.budget_name) == ("DIPA", "Pembentukan Desa Bersinar")
    assert set(row.year_ids) == {dukong.pk, tanjung_binga.pk}
    assert row.village_names == "Dukong dan Tanjung Binga"
    assert row.state is MeetingState.DIRENCANAKAN
    assert row.sequence == 0


def test_it_expects_every_element_of_the_template_at_its_reach(rakor, actor_p2m):
    seats = queries.seats(rakor.pk, actor_p2m)
    by_element = {group.element: [seat.title for seat in group.seats] for group in seats.groups}

    far = [Element.PUSKESMAS, Element.CAMAT, Element.KESBANGPOL, Element.DPMD]
    assert list(by_element) == [*(one for one in Element if one not in far), *far]
    assert by_element[Element.KADES] == ["Kepala Desa Dukong", "Kepala Desa Tanjung Binga"]
    assert by_element[Element.CAMAT] == ["Camat Tanjungpandan", "Camat Sijuk"]
    assert by_element[Element.KESBANGPOL] == ["Kepala Badan Kesatuan Bangsa dan Politik Kabupaten Belitung"]
    assert seats.n_seats == 9 * 2 + 2 * 2 + 2
    assert seats.n_filled == 0


def test_it_expects_no_bpd_in_a_kelurahan(actor_p2m):
    meeting = plan([enrol("Parit", actor_p2m)], actor_p2m)

    seats = queries.seats(meeting.pk, actor_p2m)

    assert Element.BPD not in {group.element for group in seats.groups}
    assert "Kepala Kelurahan Parit" in {seat.title for seat in seats.seats}


def test_it_invites_only_the_elements_that_were_chosen(actor_p2m, dukong):
    meeting = plan([dukong], actor_p2m, elements=[Element.BABINSA, Element.KADES])

    assert [group.element for group in queries.seats(meeting.pk, actor_p2m).groups] == [
        Element.KADES,
        Element.BABINSA,
    ]


def test_it_makes_one_meeting_of_a_form_sent_twice(actor_p2m, dukong):
    first = plan([dukong], actor_p2m, client_key="sekali")
    second = plan([dukong], actor_p2m, client_key="sekali")

    assert first == second
    assert recorded("programme.meeting_planned") == 1
    with pytest.raises(errors.SentBefore):
        plan([dukong], actor_p2m, client_key="sekali", title="Rapat lain")


def test_it_raises_the_number_of_the_plan_with_each_move_and_keeps_the_earlier_ones(rakor, actor_p2m):
    actions.move_meeting(rakor.pk, on=date(2023, 2, 15), reason="Kades berhalangan", by=actor_p2m)
    actions.move_meeting(rakor.pk, place="Balai Desa Dukong", reason="Aula dipakai", by=actor_p2m)

    row = queries.meeting(rakor.pk, actor_p2m)
    assert (row.sequence, row.on, row.place) == (2, date(2023, 2, 15), "Balai Desa Dukong")
    assert row.village_names == "Dukong dan Tanjung Binga"
    assert [one.on for one in queries.meeting_plans(rakor.pk, actor_p2m)] == [
        RAKOR_DAY,
        date(2023, 2, 15),
        date(2023, 2, 15),
    ]


def test_it_counts_a_move_sent_twice_once(rakor, actor_p2m):
    for _ in range(2):
        actions.move_meeting(
            rakor.pk, on=date(2023, 2, 15), reason="Hujan", client_key="pindah", based_on=0, by=actor_p2m
        )

    assert queries.meeting(rakor.pk, actor_p2m).sequence == 1


def test_it_refuses_a_move_made_from_an_old_page(rakor, actor_p2m):
    actions.move_meeting(rakor.pk, on=date(2023, 2, 15), reason="Hujan", based_on=0, by=actor_p2m)

    with pytest.raises(errors.PlanChanged):
        actions.move_meeting(rakor.pk, on=date(2023, 2, 16), reason="Hujan", based_on=0, by=actor_p2m)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"reason": " "}, errors.ReasonMissing),
        ({}, errors.NothingChanged),
        ({"end": time(8)}, errors.EndsBeforeStart),
        ({"place": "  "}, errors.PlanIncomplete),
        ({"agenda": ["", " "]}, errors.PlanIncomplete),
        ({"year_ids": [987654]}, errors.NotTheirYear),
    ],
)
def test_it_refuses_a_plan_that_cannot_be_meant(rakor, actor_p2m, changes, refused):
    with pytest.raises(refused):
        actions.move_meeting(rakor.pk, by=actor_p2m, **{"reason": "Perlu", **changes})

    assert queries.meeting(rakor.pk, actor_p2m).sequence == 0


def test_it_cancels_and_lets_a_new_day_bring_the_meeting_back(rakor, actor_p2m):
    actions.cancel_meeting(rakor.pk, reason="Banjir", by=actor_p2m)
    cancelled = queries.meeting(rakor.pk, actor_p2m)
    actions.move_meeting(rakor.pk, on=date(2023, 3, 1), reason="Jalan dibuka", by=actor_p2m)
    again = queries.meeting(rakor.pk, actor_p2m)

    assert (cancelled.state, cancelled.sequence, cancelled.reason) == (MeetingState.DIBATALKAN, 1, "Banjir")
    assert (again.cancelled, again.sequence, again.on) == (False, 2, date(2023, 3, 1))


def test_it_never_edits_a_plan(rakor, actor_p2m):
    row = queries.meeting_plans(rakor.pk, actor_p2m)[0]
    row.title = "Lain"

    with pytest.raises(errors.NeverChanges):
        row.save()
    with pytest.raises(errors.NeverChanges):
        MeetingPlan.objects.for_actor(actor_p2m).update(title="Lain")


def test_it_closes_a_meeting_with_its_minutes_and_records_the_stage(rakor, actor_p2m, dukong):
    actions.write_minutes(rakor.pk, "Semua sepakat.", 0, actor_p2m)

    closing = actions.close_meeting(rakor.pk, stage_year_ids=[dukong.pk], by=actor_p2m)
    again = actions.close_meeting(rakor.pk, stage_year_ids=[dukong.pk], by=actor_p2m)

    assert closing == again
    assert closing.minutes.text == "Semua sepakat."
    assert queries.meeting(rakor.pk, actor_p2m).state is MeetingState.SELESAI
    assert queries.programme_year(dukong.pk, actor_p2m).stage is Stage.RAKOR
    with pytest.raises(errors.MeetingClosed):
        actions.move_meeting(rakor.pk, on=date(2023, 5, 1), reason="Lupa", by=actor_p2m)


def test_it_records_the_stage_only_for_villages_of_the_meeting(actor_p2m, dukong, tanjung_binga):
    meeting = plan([dukong], actor_p2m)
    actions.write_minutes(meeting.pk, "Sepakat.", 0, actor_p2m)

    actions.close_meeting(meeting.pk, stage_year_ids=[dukong.pk, tanjung_binga.pk], by=actor_p2m)

    assert queries.programme_year(tanjung_binga.pk, actor_p2m).stage is not Stage.RAKOR


def test_it_closes_nothing_that_has_no_minutes_or_has_not_been(actor_p2m, rakor, dukong):
    with pytest.raises(errors.NothingWritten):
        actions.close_meeting(rakor.pk, by=actor_p2m)
    later = plan([dukong], actor_p2m, on=timezone.localdate() + timedelta(days=3))
    with pytest.raises(errors.NotYet):
        actions.close_meeting(later.pk, by=actor_p2m)


def test_it_takes_a_press_meeting_only_with_its_source(actor_p2m, dukong):
    with pytest.raises(errors.SourceMissing):
        plan([dukong], actor_p2m, origin=Origin.PERS)

    meeting = plan([dukong], actor_p2m, origin=Origin.PERS, source="Belitong Ekspres", start=None, end=None)
    row = queries.meeting(meeting.pk, actor_p2m)
    assert (row.origin, row.source, row.start) == (Origin.PERS, "Belitong Ekspres", None)


def test_it_hides_a_meeting_from_another_office_and_lets_the_province_only_look(
    rakor, actor_elsewhere, actor_province, actor_kades
):
    assert queries.meetings(actor_elsewhere) == []
    assert queries.meetings(actor_kades) == []
    with pytest.raises(Http404):
        queries.meeting(rakor.pk, actor_elsewhere)
    with pytest.raises(Http404):
        queries.seats(rakor.pk, actor_kades)
    assert [row.id for row in queries.meetings(actor_province)] == [rakor.pk]
    with pytest.raises(Http404):
        actions.move_meeting(rakor.pk, place="Lain", reason="Ingin", by=actor_province)


def test_it_lets_only_people_with_the_right_plan(actor_head, actor_rehab, dukong):
    for actor in (actor_head, actor_rehab):
        with pytest.raises(NotAllowed):
            plan([dukong], actor)


def test_it_takes_no_village_of_another_office(actor_elsewhere, dukong):
    with pytest.raises(errors.NotTheirYear):
        plan([dukong], actor_elsewhere)


def test_it_puts_what_presses_into_the_work_queue(actor_p2m, dukong, rakor):
    today = timezone.localdate()
    plan([dukong], actor_p2m, on=today + timedelta(days=10))

    def titles():
        tasks = queries.work_queue(actor_p2m, on=today)
        return [task.title.split(" rakor ")[0] for task in tasks if " rakor " in task.title]

    assert set(titles()) == {"Siapkan undangan", "Catat kehadiran"}
    actions.record_attendance(rakor.pk, element=Element.KADES, by=actor_p2m)
    assert "Isi notulen" in titles()
    actions.write_minutes(rakor.pk, "Sepakat.", 0, actor_p2m)
    assert "Sahkan notulen" in titles()
    actions.close_meeting(rakor.pk, by=actor_p2m)
    assert titles() == ["Siapkan undangan"]


@pytest.mark.parametrize(
    ("line", "name", "position", "element"),
    [
        ("1. Uji Satu, S.Sos., Kepala Desa Dukong", "Uji Satu, S.Sos.", "Kepala Desa Dukong", Element.KADES),
        (
            "Uji Dua\tSekretaris Desa Tanjung Binga",
            "Uji Dua",
            "Sekretaris Desa Tanjung Binga",
            Element.SEKDES,
        ),
        ("- Uji Tiga; Ketua BPD Dukong", "Uji Tiga", "Ketua BPD Dukong", Element.BPD),
        (
            "Uji Empat, SH, MM, Sekretaris Camat Sijuk",
            "Uji Empat, SH, MM",
            "Sekretaris Camat Sijuk",
            Element.CAMAT,
        ),
        ("Serda Uji Lima, Babinsa Dukong", "Serda Uji Lima", "Babinsa Dukong", Element.BABINSA),
        ("Uji Enam, wartawan", "Uji Enam", "wartawan", None),
    ],
)
def test_it_reads_a_pasted_line(rakor, actor_p2m, line, name, position, element):
    row = queries.meeting(rakor.pk, actor_p2m)
    found = rules.read_names(line, queries.seats(rakor.pk, actor_p2m), [one.place for one in row.villages])

    assert [(one.name, one.position, one.element) for one in found] == [(name, position, element)]


def test_it_gives_pasted_names_the_free_seats_of_the_place_they_name(rakor, actor_p2m):
    row = queries.meeting(rakor.pk, actor_p2m)
    text = (
        "Uji A, Babinsa Dukong\nUji B, Babinsa Dukong\nUji C, Camat Sijuk\nUji D, Babinsa\nUji E, Kesbangpol"
    )
    seats = queries.seats(rakor.pk, actor_p2m)
    found = rules.read_names(text, seats, [one.place for one in row.villages])
    titles = {seat.key: seat.title for seat in seats.seats}

    assert [titles.get(f"{one.element}:{one.place_code}", "") for one in found] == [
        "Babinsa Desa Dukong",
        "",  # the seat is taken
        "Camat Sijuk",
        "",  # two villages have a Babinsa, the line names none
        "Kepala Badan Kesatuan Bangsa dan Politik Kabupaten Belitung",
    ]
