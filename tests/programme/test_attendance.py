"""It records who came, seat by seat, without losing or doubling anybody."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.programme import actions, errors, queries
from bersinar.programme.actions import SeatAnswer, WalkIn
from bersinar.programme.forms.attendance import AttendanceForm
from bersinar.programme.models import Attendance
from bersinar.programme.rules.meetings import ABOVE_VILLAGES, NamedLine, Place, expected_seats, parts
from bersinar.programme.rules.template import current_template
from bersinar.programme.vocabulary import Element
from tests.programme.conftest import plan

pytestmark = pytest.mark.django_db


def seats(meeting, actor):
    return queries.seats(meeting.pk, actor)


def sitting(meeting, actor):
    """Who sits where, by the seat's title."""
    return {
        seat.title: [person.words for person in seat.people]
        for seat in seats(meeting, actor).seats
        if seat.is_filled
    }


def seat_of(meeting, actor, element, place):
    return next(
        seat for seat in seats(meeting, actor).seats if seat.element is element and seat.place == place
    )


def answer(seat, **values):
    person = seat.people[0] if seat.people else None
    given = {"present": True, "name": "", "position": "", "known": person.id if person else None}
    return SeatAnswer(seat.element, seat.place_code, **given | values)


def test_it_fills_the_seat_of_the_village(rakor, dukong, actor_p2m):
    actions.record_attendance(
        rakor.pk, element=Element.KADES, village_id=dukong.village_id, name="Uji Satu", by=actor_p2m
    )

    assert sitting(rakor, actor_p2m) == {"Kepala Desa Dukong": ["Uji Satu"]}


def test_it_fills_the_first_free_seat_when_no_place_is_said(rakor, dukong, actor_p2m):
    actions.record_attendance(rakor.pk, element=Element.KADES, village_id=dukong.village_id, by=actor_p2m)
    actions.record_attendance(rakor.pk, element=Element.KADES, name="Uji Dua", by=actor_p2m)

    assert sitting(rakor, actor_p2m) == {
        "Kepala Desa Dukong": ["tanpa nama"],
        "Kepala Desa Tanjung Binga": ["Uji Dua"],
    }


def test_it_names_the_elements_of_whom_nobody_came(rakor, actor_p2m):
    for seat in seats(rakor, actor_p2m).seats:
        if seat.element not in (Element.TOKOH_ADAT, Element.DPMD):
            actions.record_attendance(
                rakor.pk, element=seat.element, place_code=seat.place_code, name="Uji", by=actor_p2m
            )

    found = seats(rakor, actor_p2m)
    assert found.unrepresented == (Element.TOKOH_ADAT, Element.DPMD)
    assert (found.n_filled, found.n_seats) == (21, 24)


def test_it_never_lets_another_place_represent_a_seat(rakor, actor_p2m):
    actions.record_attendance(
        rakor.pk, element=Element.CAMAT, place_code="19.02.03", name="Uji Camat", by=actor_p2m
    )

    found = seats(rakor, actor_p2m)
    assert sitting(rakor, actor_p2m) == {}
    assert [person.name for person in found.walk_ins] == ["Uji Camat"]
    assert Element.CAMAT in found.unrepresented


def test_it_keeps_people_nobody_expected(rakor, actor_p2m):
    actions.record_attendance(
        rakor.pk, element=None, name="Uji Wartawan", institution="Surat kabar uji", by=actor_p2m
    )

    found = seats(rakor, actor_p2m)
    assert [(one.name, one.institution) for one in found.walk_ins] == [("Uji Wartawan", "Surat kabar uji")]
    assert (found.n_people, found.n_filled) == (1, 0)
    with pytest.raises(errors.UnknownPerson):
        actions.record_attendance(rakor.pk, element=None, by=actor_p2m)


def test_it_records_one_person_for_a_form_sent_twice(rakor, actor_p2m):
    for _ in range(2):
        actions.record_attendance(
            rakor.pk, element=Element.PKK, name="Uji Tiga", client_key="sekali", by=actor_p2m
        )

    assert seats(rakor, actor_p2m).n_people == 1
    with pytest.raises(errors.SentBefore):
        actions.record_attendance(
            rakor.pk, element=Element.PKK, name="Orang lain", client_key="sekali", by=actor_p2m
        )


def test_it_withdraws_and_restores_by_further_rows(rakor, actor_p2m):
    row = actions.record_attendance(rakor.pk, element=Element.PKK, name="Uji Tiga", by=actor_p2m)

    actions.withdraw_attendance(row.pk, reason="salah orang", by=actor_p2m)
    actions.withdraw_attendance(row.pk, by=actor_p2m)
    assert seats(rakor, actor_p2m).n_people == 0
    assert Attendance.objects.for_actor(actor_p2m).filter(pk=row.pk).exists()

    actions.restore_attendance(row.pk, by=actor_p2m)
    assert seats(rakor, actor_p2m).n_people == 1
    verbs = list(
        Event.objects.unscoped("a test").filter(about_type="programme.meeting").values_list("verb", flat=True)
    )
    assert verbs.count("programme.attendance_withdrawn") == 1
    assert verbs.count("programme.attendance_restored") == 1


def test_it_takes_over_the_whole_list_and_changes_nothing_when_it_comes_again(rakor, actor_p2m):
    kades = seat_of(rakor, actor_p2m, Element.KADES, "Dukong")
    camat = seat_of(rakor, actor_p2m, Element.CAMAT, "Sijuk")
    empty = seat_of(rakor, actor_p2m, Element.DPMD, "Belitung")
    sent = {
        "answers": [
            answer(kades),
            answer(camat, present=False, name="Uji Camat"),  # a name without a tick is somebody who came
            answer(empty, present=False),
        ],
        "walk_ins": [WalkIn("Uji Tamu", institution="Kantor uji")],
        "client_key": "daftar-1",
        "by": actor_p2m,
    }

    assert actions.save_attendance(rakor.pk, **sent) == 3
    assert actions.save_attendance(rakor.pk, **sent) == 0

    assert sitting(rakor, actor_p2m) == {"Kepala Desa Dukong": ["tanpa nama"], "Camat Sijuk": ["Uji Camat"]}
    assert [one.name for one in seats(rakor, actor_p2m).walk_ins] == ["Uji Tamu"]


def test_it_corrects_a_name_by_a_withdrawal_and_a_new_row(rakor, actor_p2m):
    seat = seat_of(rakor, actor_p2m, Element.KADES, "Dukong")
    actions.save_attendance(
        rakor.pk, answers=[answer(seat, name="Uji Sato")], walk_ins=[], client_key="a", by=actor_p2m
    )
    wrong = seat_of(rakor, actor_p2m, Element.KADES, "Dukong")

    actions.save_attendance(
        rakor.pk, answers=[answer(wrong, name="Uji Satu")], walk_ins=[], client_key="b", by=actor_p2m
    )

    assert sitting(rakor, actor_p2m) == {"Kepala Desa Dukong": ["Uji Satu"]}
    assert Attendance.objects.for_actor(actor_p2m).count() == 2


def test_it_withdraws_whoever_is_unticked_and_asks_when_the_row_is_unclear(rakor, actor_p2m):
    seat = seat_of(rakor, actor_p2m, Element.KADES, "Dukong")
    actions.save_attendance(
        rakor.pk, answers=[answer(seat, name="Uji Satu")], walk_ins=[], client_key="a", by=actor_p2m
    )
    known = seat_of(rakor, actor_p2m, Element.KADES, "Dukong")

    with pytest.raises(errors.UnclearRow):
        actions.save_attendance(
            rakor.pk,
            answers=[answer(known, present=False, name="Orang lain")],
            walk_ins=[],
            client_key="b",
            by=actor_p2m,
        )
    assert sitting(rakor, actor_p2m) == {"Kepala Desa Dukong": ["Uji Satu"]}

    actions.save_attendance(
        rakor.pk,
        answers=[answer(known, present=False, name="Uji Satu")],
        walk_ins=[],
        client_key="c",
        by=actor_p2m,
    )
    assert sitting(rakor, actor_p2m) == {}


def test_it_records_nobody_before_the_day_or_at_a_cancelled_meeting(rakor, dukong, actor_p2m):
    later = plan([dukong], actor_p2m, on=timezone.localdate() + timedelta(days=1))
    actions.cancel_meeting(rakor.pk, reason="Banjir", by=actor_p2m)

    with pytest.raises(errors.NotYet):
        actions.record_attendance(later.pk, element=Element.KADES, by=actor_p2m)
    with pytest.raises(errors.MeetingCancelled):
        actions.record_attendance(rakor.pk, element=Element.KADES, by=actor_p2m)


def test_it_lets_nobody_else_write_or_take_back(
    rakor, actor_p2m, actor_head, actor_elsewhere, actor_province
):
    row = actions.record_attendance(rakor.pk, element=Element.KADES, name="Uji", by=actor_p2m)

    with pytest.raises(NotAllowed):
        actions.record_attendance(rakor.pk, element=Element.KADES, by=actor_head)
    for actor in (actor_elsewhere, actor_province):
        with pytest.raises(Http404):
            actions.record_attendance(rakor.pk, element=Element.KADES, by=actor)
        with pytest.raises(Http404):
            actions.withdraw_attendance(row.pk, by=actor)


def fields(page):
    """The attendance form of a page as a browser would send it back."""
    form = page.context["form"]
    data = {"client_key": form["client_key"].value(), "tamu": str(form.n_guests), "baris": []}
    for row in form.rows():
        data["baris"].append(row.key)
        for bound in (row.present, row.name, row.position):
            if bound.value():
                data[bound.name] = bound.value()
    for guest in form.guests():
        data |= {bound.name: bound.value() or "" for bound in guest}
    return data


def test_it_saves_the_list_from_the_page(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:attendance", args=[rakor.pk])
    data = fields(client.get(address))
    first = data["baris"][0]
    data |= {f"nama:{first}": "Uji Satu", "tamu-nama:0": "Uji Tamu", "tamu-unsur:0": "PKK"}

    answered = client.post(address, data)

    assert answered.status_code == 302
    assert sitting(rakor, actor_p2m) == {
        "Kepala Desa Dukong": ["Uji Satu"],
        "Ketua TP PKK Desa Dukong": ["Uji Tamu"],
    }
    assert "Kehadiran disimpan: 2 perubahan." in client.get(answered.headers["Location"]).content.decode()


def test_it_puts_pasted_names_onto_the_page_without_storing_them(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    names = "1. Uji Satu, S.Sos., Kepala Desa Dukong\n2. Uji Dua, wartawan"

    page = client.post(reverse("programme:paste_names", args=[rakor.pk]), {"names": names})

    assert "1 dari 2 nama mengisi kursinya" in page.content.decode()
    assert sitting(rakor, actor_p2m) == {}
    data = fields(page)
    client.post(reverse("programme:attendance", args=[rakor.pk]), data)
    assert sitting(rakor, actor_p2m) == {"Kepala Desa Dukong": ["Uji Satu, S.Sos."]}
    assert [one.name for one in seats(rakor, actor_p2m).walk_ins] == ["Uji Dua"]


def test_it_takes_a_walk_in_back_from_the_page_and_offers_to_undo(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    row = actions.record_attendance(rakor.pk, element=None, name="Uji Tamu", by=actor_p2m)

    answered = client.post(reverse("programme:withdraw_attendance", args=[row.pk]), follow=True)

    assert seats(rakor, actor_p2m).walk_ins == ()
    undo = reverse("programme:restore_attendance", args=[row.pk])
    assert f'action="{undo}"' in answered.content.decode()
    client.post(undo)
    assert [one.name for one in seats(rakor, actor_p2m).walk_ins] == ["Uji Tamu"]


def test_it_shows_a_long_list_by_place():
    places = [
        Place(f"19.02.01.{2000 + n}", f"Desa {n}", "DESA", "19.02.01", "Sijuk", "19.02", "Belitung")
        for n in range(40)
    ]
    plan_of_forty = expected_seats(current_template().elements, places)
    pasted = [NamedLine("Uji Satu", "Babinsa", Element.BABINSA, places[7].code), NamedLine("Uji Tamu")]

    def shown(**given):
        return [row.place_code for row in AttendanceForm(plan=plan_of_forty, **given).rows()]

    assert [code for code, _label in parts(plan_of_forty)][:2] == [places[0].code, places[1].code]
    assert shown(part=places[7].code) == [places[7].code] * 9
    assert shown(part=ABOVE_VILLAGES) == ["19.02.01"] * 2 + ["19.02"] * 2
    assert shown(part=places[0].code, pasted=pasted) == [places[7].code]


@pytest.mark.parametrize("person", ["actor_head", "actor_rehab", "actor_kades"])
def test_it_opens_the_list_to_nobody_without_the_right_to_record(rakor, client_as, person):
    assert client_as(person).get(reverse("programme:attendance", args=[rakor.pk])).status_code == 403


def test_it_is_not_there_for_another_office(rakor, client_as):
    client = client_as("actor_elsewhere")

    assert client.get(reverse("programme:attendance", args=[rakor.pk])).status_code == 404
    assert client.get(reverse("programme:meeting", args=[rakor.pk])).status_code == 404


def test_it_lets_the_province_look_at_the_meeting_and_not_write(rakor, client_as):
    client = client_as("actor_province")

    page = client.get(reverse("programme:meeting", args=[rakor.pk])).content.decode()
    assert "Catat kehadiran" not in page
    assert "Tambah janji" not in page
    for name in ("attendance", "minutes", "invitation", "report", "move_meeting"):
        assert client.get(reverse(f"programme:{name}", args=[rakor.pk])).status_code == 404
