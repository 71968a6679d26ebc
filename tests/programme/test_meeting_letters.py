"""It writes what leaves the office about a meeting: invitation, calendar, WhatsApp, sheet to sign, report."""

from datetime import date, time, timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bersinar.access import NotAllowed
from bersinar.documents import queries as documents
from bersinar.documents.actions import issue_letter
from bersinar.documents.vocabulary import Signatory
from bersinar.programme import actions, errors, queries, sharing
from bersinar.programme.vocabulary import Element, FileKind
from tests.programme.conftest import plan
from tests.support.pictures import SECRETS, photo

pytestmark = pytest.mark.django_db


def event_of(content):
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_it_invites_every_seat(rakor, actor_p2m):
    letter = actions.draft_invitation(rakor.pk, by=actor_p2m)

    assert letter.facts["date"] == "2023-02-13"
    assert (letter.facts["time"], letter.facts["until"], letter.facts["zone"]) == ("09.00", "12.00", "WIB")
    assert letter.facts["agenda"] == ["Hasil pemetaan", "Komitmen unsur desa"]
    assert letter.facts["addressees"][:2] == ["Kepala Desa Dukong", "Kepala Desa Tanjung Binga"]
    assert len(letter.facts["addressees"]) == 24
    assert letter.signatory == Signatory("Kepala BNNK Belitung")


def test_it_drafts_the_same_invitation_once_and_a_moved_one_as_the_next_version(rakor, actor_p2m):
    first = actions.draft_invitation(rakor.pk, by=actor_p2m)
    again = actions.draft_invitation(rakor.pk, by=actor_p2m)
    actions.move_meeting(rakor.pk, on=date(2023, 2, 20), reason="Hujan", by=actor_p2m)
    moved = actions.draft_invitation(rakor.pk, by=actor_p2m)

    assert first == again
    assert (moved.thread, moved.version, moved.facts["date"]) == (first.thread, 2, "2023-02-20")


def test_it_invites_only_those_who_did_not_come(rakor, actor_p2m):
    for seat in queries.seats(rakor.pk, actor_p2m).seats:
        if seat.element is not Element.TOKOH_ADAT:
            actions.record_attendance(
                rakor.pk, element=seat.element, place_code=seat.place_code, name="Uji", by=actor_p2m
            )

    letter = actions.draft_invitation(rakor.pk, only_absent=True, by=actor_p2m)

    assert letter.facts["addressees"] == ["Tokoh adat Desa Dukong", "Tokoh adat Desa Tanjung Binga"]


def test_it_invites_nobody_without_an_hour_a_seat_or_a_meeting(actor_p2m, dukong, rakor):
    hourless = plan([dukong], actor_p2m, start=None, end=None)
    with pytest.raises(errors.HourMissing):
        actions.draft_invitation(hourless.pk, by=actor_p2m)
    with pytest.raises(errors.NobodyInvited):
        actions.draft_invitation(plan([], actor_p2m).pk, by=actor_p2m)
    actions.cancel_meeting(rakor.pk, reason="Banjir", by=actor_p2m)
    with pytest.raises(errors.MeetingCancelled):
        actions.draft_invitation(rakor.pk, by=actor_p2m)


def test_it_raises_the_calendars_number_with_every_plan(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:invitation.ics", args=[rakor.pk])
    planned = event_of(client.get(address).content)
    actions.move_meeting(rakor.pk, on=date(2023, 2, 20), start=time(10), reason="Hujan", by=actor_p2m)
    moved = event_of(client.get(address).content)
    actions.cancel_meeting(rakor.pk, reason="Banjir", by=actor_p2m)
    answer = client.get(address)
    cancelled = event_of(answer.content)

    assert {str(one["UID"]) for one in (planned, moved, cancelled)} == {str(planned["UID"])}
    assert [int(one["SEQUENCE"]) for one in (planned, moved, cancelled)] == [0, 1, 2]
    assert moved.decoded("DTSTART").strftime("%Y-%m-%d %H:%M") == "2023-02-20 10:00"
    assert moved["DTSTART"].params["TZID"] == "Asia/Jakarta"
    assert (str(moved["STATUS"]), str(cancelled["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert answer.headers["Content-Type"].startswith("text/calendar")


def test_it_says_first_that_a_meeting_moved_or_was_cancelled(rakor, actor_p2m):
    def text():
        return sharing.invitation_message(queries.meeting(rakor.pk, actor_p2m), "BNNK Belitung").text

    assert "13 Februari 2023, pukul 09.00 WIB" in text()
    actions.move_meeting(rakor.pk, on=date(2023, 2, 20), reason="Hujan", by=actor_p2m)
    assert "Ada perubahan" in text()
    assert "Senin, 20 Februari 2023" in text()
    actions.cancel_meeting(rakor.pk, reason="Banjir", by=actor_p2m)
    assert "dibatalkan" in text()


def test_it_prints_a_sheet_to_sign_with_every_seat(rakor, actor_p2m):
    letter = actions.draft_attendance_sheet(rakor.pk, blank_rows=5, by=actor_p2m)

    assert len(letter.facts["seats"]) == 24
    assert letter.facts["seats"][0] == {"element": "Kepala desa", "institution": "Pemerintah Desa Dukong"}
    assert letter.facts["blank_rows"] == 5
    usual = actions.draft_attendance_sheet(rakor.pk, by=actor_p2m)
    assert usual.facts["blank_rows"] == 5


def test_it_fills_the_page_of_a_short_sheet_with_rows_for_guests(dukong, actor_p2m):
    few = plan([dukong], actor_p2m, elements=[Element.KADES, Element.BABINSA])
    letter = actions.draft_attendance_sheet(few.pk, by=actor_p2m)
    assert len(letter.facts["seats"]) + letter.facts["blank_rows"] == 14


def test_it_reports_every_field_of_the_national_form(rakor, dukong, actor_p2m):
    actions.record_attendance(
        rakor.pk, element=Element.KADES, village_id=dukong.village_id, name="Uji Satu", by=actor_p2m
    )
    actions.record_attendance(rakor.pk, element=None, name="Uji Tamu", institution="Media uji", by=actor_p2m)
    actions.record_commitment(
        year_id=dukong.pk,
        meeting_id=rakor.pk,
        element=Element.KADES,
        promised_by="Uji Satu",
        what="Posko dibuka",
        proof="Foto",
        due_date=date(2023, 6, 15),
        by=actor_p2m,
    )
    actions.write_minutes(rakor.pk, "Yang disepakati\n- Posko", 0, actor_p2m)
    actions.save_record(
        rakor.pk,
        warrant="Sprin/12/II/2023",
        committee_unit="Seksi P2M",
        committee=["Uji Panitia"],
        target="Masyarakat",
        chair="Kepala BNNK Belitung",
        minutes_by="Uji Notulis",
        speakers=["Uji Narasumber, S.Sos., Kepala BNNK"],
        material="Hasil pemetaan",
        material_summary="Dua desa",
        results="Komitmen diperoleh",
        by=actor_p2m,
    )
    actions.add_file(
        rakor.pk,
        content=photo(),
        name="rapat.jpg",
        kind=FileKind.FOTO,
        caption="Suasana rapat",
        by=actor_p2m,
    )

    letter = actions.draft_minutes_letter(rakor.pk, by=actor_p2m)

    facts = letter.facts
    assert facts["meeting"]["regency"] == "Kabupaten Belitung"
    assert facts["points"] == ["Yang disepakati:", "Posko"]
    assert facts["attendance"][0] == {
        "element": "Kepala desa",
        "name": "Uji Satu",
        "position": "",
        "institution": "Pemerintah Desa Dukong",
        "present": True,
    }
    assert facts["attendance"][1]["present"] is False
    assert facts["attendance"][-1]["institution"] == "Media uji"
    assert facts["commitments"] == [
        {
            "element": "Kepala desa, Dukong",
            "who": "Uji Satu",
            "what": "Posko dibuka (bukti: Foto)",
            "due": "2023-06-15",
        }
    ]
    assert facts["report"] == {
        "warrant": "Sprin/12/II/2023",
        "unit": "BNNK Belitung",
        "committee": [{"name": "Uji Panitia", "unit": "Seksi P2M"}],
        "target": "Masyarakat",
        "participants": 2,
        "speakers": [{"name": "Uji Narasumber, S.Sos.", "position": "Kepala BNNK"}],
        "materials": [{"title": "Hasil pemetaan", "summary": "Dua desa"}],
        "money_source": "DIPA",
        "budget": "Pembentukan Desa Bersinar",
        "results": ["Komitmen diperoleh"],
        "photos": ["Suasana rapat"],
    }
    words = "\n".join(
        [
            *(line.text for line in docx.Document(BytesIO(documents.docx(letter, actor_p2m))).paragraphs),
            *(
                cell.text
                for table in docx.Document(BytesIO(documents.docx(letter, actor_p2m))).tables
                for row in table.rows
                for cell in row.cells
            ),
        ]
    )
    for said in ("Sprin/12/II/2023", "Uji Panitia", "Posko dibuka", "Komitmen diperoleh", "Suasana rapat"):
        assert said in words


def test_it_reports_nothing_without_minutes(rakor, actor_p2m):
    with pytest.raises(errors.NothingWritten):
        actions.draft_minutes_letter(rakor.pk, by=actor_p2m)


def test_it_keeps_the_same_record_and_the_same_file_once(rakor, actor_p2m):
    for _ in range(2):
        record = actions.save_record(rakor.pk, warrant="Sprin/1", by=actor_p2m)
        actions.add_file(
            rakor.pk,
            content=photo(),
            name="a.jpg",
            kind=FileKind.FOTO,
            by=actor_p2m,
        )

    assert queries.meeting_record(rakor.pk, actor_p2m) == record
    assert len(queries.meeting_files(rakor.pk, actor_p2m)) == 1


def test_it_lets_only_people_who_record_write_letters(rakor, actor_head):
    for draft in (actions.draft_invitation, actions.draft_attendance_sheet, actions.draft_minutes_letter):
        with pytest.raises(NotAllowed):
            draft(rakor.pk, by=actor_head)


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_it_leads_from_the_plan_to_the_invitation(dukong, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = f"{reverse('programme:plan_meeting')}?tahun=2023"
    form = client.get(address).context["form"]
    data = {
        "client_key": form["client_key"].value(),
        "title": form["title"].value(),
        "years": [dukong.pk],
        "on": "2023-02-13",
        "start": "09:00",
        "end": "",
        "zone": "WIB",
        "place": "Aula",
        "agenda": "Komitmen\n\nRencana",
        "elements": ["KADES", "BABINSA"],
        "money_source": "NON_DIPA",
        "budget_name": "Hibah",
    }

    planned = client.post(address, data)
    client.post(address, data)

    assert form["years"].value() == [dukong.pk]
    rows = queries.meetings(actor_p2m)
    assert [(row.place, row.agenda, row.money_source, row.n_seats) for row in rows] == [
        ("Aula", ("Komitmen", "Rencana"), "NON_DIPA", 2)
    ]
    assert planned.headers["Location"] == reverse("programme:meeting", args=[rows[0].id])
    invitation = reverse("programme:invitation", args=[rows[0].id])
    client.post(invitation, {"position": "Kepala BNNK Belitung", "name": "", "purpose": "", "contact": ""})
    page = client.get(invitation).content.decode()
    assert "Periksa dan terbitkan" in page
    assert "wa.me" in page
    assert "Surat resminya menyusul." in page


def test_it_shares_an_invitation_that_was_issued(dukong, actor_p2m, client_as):
    coming = plan([dukong], actor_p2m, on=timezone.localdate() + timedelta(days=9))
    letter = actions.draft_invitation(coming.pk, by=actor_p2m)
    client = client_as("actor_p2m")

    def asked():
        return client.get(reverse("programme:meeting", args=[coming.pk])).context["next"]["label"]

    assert asked() == "Siapkan undangan"
    issue_letter(letter, by=actor_p2m)
    assert asked() == "Bagikan undangan"
    page = client.get(reverse("programme:invitation", args=[coming.pk])).content.decode()
    assert "Surat resminya terlampir." in page


def test_it_says_on_the_meeting_why_there_is_no_sheet_to_sign_yet(dukong, actor_p2m, client_as):
    hourless = plan([dukong], actor_p2m, start=None, end=None)
    answer = client_as("actor_p2m").post(
        reverse("programme:attendance_sheet", args=[hourless.pk]), follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("programme:meeting", args=[hourless.pk])
    assert "Jam mulai belum diisi" in answer.content.decode()


def test_it_gives_the_form_back_with_what_is_wrong(client_as, belitung):
    answered = client_as("actor_p2m").post(
        reverse("programme:plan_meeting"),
        {
            "client_key": "a",
            "title": "Rakor",
            "on": "2023-02-13",
            "start": "10:00",
            "end": "09:00",
            "zone": "WIB",
        },
    )

    assert answered.status_code == 400
    text = answered.content.decode()
    assert "Jam selesai harus sesudah jam mulai." in text
    assert 'value="Rakor"' in text


def test_it_prefills_the_meeting_that_follows_with_the_absent_elements(rakor, actor_p2m, client_as):
    for seat in queries.seats(rakor.pk, actor_p2m).seats:
        if seat.element is not Element.DPMD:
            actions.record_attendance(
                rakor.pk, element=seat.element, place_code=seat.place_code, name="Uji", by=actor_p2m
            )

    form = (
        client_as("actor_p2m").get(reverse("programme:plan_meeting"), {"susulan": rakor.pk}).context["form"]
    )

    assert form["elements"].value() == ["DPMD"]
    assert form["title"].value().startswith("Susulan: ")


def test_it_marks_a_letter_that_names_the_old_day(rakor, actor_p2m, client_as):
    actions.draft_invitation(rakor.pk, by=actor_p2m)
    actions.move_meeting(rakor.pk, on=date(2023, 2, 20), reason="Hujan", by=actor_p2m)

    page = client_as("actor_p2m").get(reverse("programme:meeting", args=[rakor.pk])).content.decode()

    assert "jadwal lama" in page
    assert "Hujan" not in page.split("Rencana sebelumnya")[0]


def test_it_moves_cancels_and_closes_from_the_pages(rakor, dukong, actor_p2m, client_as):
    client = client_as("actor_p2m")
    form = client.get(reverse("programme:move_meeting", args=[rakor.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data |= {
        "place": "Balai desa",
        "reason": "Aula dipakai",
        "on": "2023-02-13",
        "start": "09:00",
        "end": "12:00",
    }
    moved = client.post(reverse("programme:move_meeting", args=[rakor.pk]), data)
    assert moved.headers["Location"] == reverse("programme:invitation", args=[rakor.pk])
    assert queries.meeting(rakor.pk, actor_p2m).place == "Balai desa"

    client.post(
        reverse("programme:minutes", args=[rakor.pk]), {"client_key": "a", "based_on": 0, "text": "Sepakat."}
    )
    client.post(reverse("programme:close_meeting", args=[rakor.pk]), {"years": [dukong.pk]})
    assert queries.meeting(rakor.pk, actor_p2m).is_closed
    assert queries.programme_year(dukong.pk, actor_p2m).stage == "RAKOR"

    other = plan([dukong], actor_p2m)
    client.post(
        reverse("programme:cancel_meeting", args=[other.pk]),
        {"client_key": "b", "based_on": 0, "reason": "Banjir"},
    )
    assert queries.meeting(other.pk, actor_p2m).cancelled


def test_it_fills_in_the_report_and_prints_it(rakor, actor_p2m, client_as):
    actions.write_minutes(rakor.pk, "Sepakat.", 0, actor_p2m)
    client = client_as("actor_p2m")
    address = reverse("programme:report", args=[rakor.pk])
    data = {"warrant": "Sprin/9", "committee": "Uji A\nUji B", "position": "Kepala BNNK Belitung"}

    client.post(address, data)
    printed = client.post(address, data | {"cetak": "1"})

    record = queries.meeting_record(rakor.pk, actor_p2m)
    assert (record.warrant, record.committee) == ("Sprin/9", ["Uji A", "Uji B"])
    letter = queries.meeting_letters(rakor.pk, actor_p2m)[0].letter
    assert printed.headers["Location"] == reverse("documents:letter", args=[letter.pk])


def test_it_keeps_a_photo_from_the_page(rakor, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:add_meeting_file", args=[rakor.pk])

    kept = client.post(
        address, {"kind": "FOTO", "caption": "Suasana", "file": SimpleUploadedFile("a.jpg", photo())}
    )
    refused = client.post(address, {"kind": "FOTO"})
    page = client.post(address, {"kind": "FOTO", "file": SimpleUploadedFile("a.jpg", b"<script>")})

    assert kept.status_code == 302
    assert refused.status_code == 400
    assert page.status_code == 400 and "bukan JPG" in page.content.decode()
    assert [one.caption for one in queries.meeting_files(rakor.pk, actor_p2m)] == ["Suasana"]


def test_it_keeps_of_a_photo_neither_place_nor_time(rakor, actor_p2m):
    kept = actions.add_file(rakor.pk, content=photo(), name="a.jpg", kind=FileKind.FOTO, by=actor_p2m)

    content = documents.open_file(kept.file_id, actor_p2m).content
    assert content.startswith(b"\xff\xd8\xff") and not [one for one in SECRETS if one in content]


def test_it_shows_the_list_of_a_year(rakor, actor_p2m, client_as):
    client = client_as("actor_head")

    there = client.get(reverse("programme:meetings"), {"tahun": 2023}).content.decode()
    away = client.get(reverse("programme:meetings"), {"tahun": timezone.localdate().year}).content.decode()

    assert "Rapat koordinasi Desa Bersinar 2023" in there
    assert "Rencanakan rakor" not in there.replace("Rencanakan rakor lebih dulu", "")
    assert "Belum ada rapat tahun" in away


@pytest.mark.parametrize("name", ["invitation", "report", "close_meeting", "move_meeting", "cancel_meeting"])
@pytest.mark.parametrize(
    ("who", "status"), [("actor_head", 403), ("actor_kades", 403), ("actor_elsewhere", 404)]
)
def test_it_opens_the_pages_that_write_to_nobody_else(rakor, client_as, name, who, status):
    assert client_as(who).get(reverse(f"programme:{name}", args=[rakor.pk])).status_code == status
