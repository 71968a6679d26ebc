"""It keeps promises as records: who, what, by when, what became of them, and who has promised nothing."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from bersinar.access import NotAllowed, Role
from bersinar.audit.models import Event
from bersinar.documents import models as documents
from bersinar.programme import actions, errors, queries, sharing
from bersinar.programme.models import Commitment, CommitmentStep
from bersinar.programme.rules import commitments as rules
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin
from tests.programme.conftest import enrol
from tests.support.people import person

pytestmark = pytest.mark.django_db
DUE = date(2023, 8, 29)
TODAY = date(2023, 9, 7)


def promise(year, by, **changes):
    values = {
        "year_id": year.pk,
        "element": Element.BPD,
        "promised_by": "Uji Satu",
        "what": "Perdes P4GN",
        "due_date": DUE,
        "proof": "Naskah Perdes",
        "on": date(2023, 2, 13),
        "by": by,
    }
    return actions.record_commitment(**values | changes)


@pytest.fixture
def perdes(dukong, actor_p2m):
    return promise(dukong, actor_p2m)


def test_it_keeps_who_promised_what_by_when(perdes, dukong, actor_p2m):
    row = queries.commitment(perdes.pk, actor_p2m)

    assert (row.element, row.promised_by, row.what, row.proof) == (
        Element.BPD,
        "Uji Satu",
        "Perdes P4GN",
        "Naskah Perdes",
    )
    assert (row.status, row.due_date, row.village) == (CommitmentStatus.DIJANJIKAN, DUE, "Dukong")
    assert [step.on for step in queries.commitment_history(perdes.pk, actor_p2m)] == [date(2023, 2, 13)]


def test_it_dates_a_promise_on_the_day_of_its_meeting(rakor, dukong, actor_p2m):
    made = promise(dukong, actor_p2m, meeting_id=rakor.pk, on=None)

    assert queries.commitment_history(made.pk, actor_p2m)[0].on == date(2023, 2, 13)
    assert [row.id for row in queries.commitments(actor_p2m, meeting_id=rakor.pk)] == [made.pk]


def test_it_makes_one_record_for_each_village_of_a_common_promise(dukong, tanjung_binga, actor_p2m):
    made = actions.record_commitments(
        year_ids=[dukong.pk, tanjung_binga.pk],
        element=Element.KADES,
        promised_by="Kepala desa",
        what="5 agen pemulihan diusulkan",
        client_key="sekali",
        by=actor_p2m,
    )
    actions.change_commitment(
        made[0].pk, status=CommitmentStatus.SELESAI, evidence="Surat usulan", by=actor_p2m
    )

    states = {row.village: row.status for row in queries.commitments(actor_p2m)}
    assert states == {"Dukong": CommitmentStatus.SELESAI, "Tanjung Binga": CommitmentStatus.DIJANJIKAN}


def test_it_counts_a_promise_sent_twice_once(dukong, actor_p2m):
    first = promise(dukong, actor_p2m, client_key="sekali")
    second = promise(dukong, actor_p2m, client_key="sekali")

    assert first == second
    assert len(queries.commitments(actor_p2m)) == 1
    assert Event.objects.unscoped("a test").filter(verb="programme.commitment_recorded").count() == 1
    with pytest.raises(errors.SentBefore):
        promise(dukong, actor_p2m, client_key="sekali", what="Hal lain")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"what": "  "}, errors.PromiseIncomplete),
        ({"promised_by": ""}, errors.PromiseIncomplete),
        ({"due_date": date(2013, 8, 29)}, errors.DueBeforePromise),
        ({"on": date(2999, 1, 1), "due_date": None}, errors.DayInFuture),
        ({"origin": Origin.PERS}, errors.SourceMissing),
    ],
)
def test_it_refuses_what_cannot_be_meant(dukong, actor_p2m, changes, refused):
    with pytest.raises(refused):
        promise(dukong, actor_p2m, **changes)
    assert queries.commitments(actor_p2m) == []


def test_it_appends_what_became_of_a_promise(perdes, actor_p2m):
    actions.change_commitment(
        perdes.pk, status=CommitmentStatus.BERJALAN, note="Naskah dibahas", on=date(2023, 5, 2), by=actor_p2m
    )
    actions.change_commitment(
        perdes.pk,
        status=CommitmentStatus.SELESAI,
        evidence="Perdes 4/2023",
        on=date(2023, 8, 1),
        by=actor_p2m,
    )

    assert queries.commitment(perdes.pk, actor_p2m).status is CommitmentStatus.SELESAI
    assert [
        (step.status.label, step.on, step.note, step.evidence)
        for step in queries.commitment_history(perdes.pk, actor_p2m)
    ] == [
        ("ditepati", date(2023, 8, 1), "", "Perdes 4/2023"),
        ("berjalan", date(2023, 5, 2), "Naskah dibahas", ""),
        ("dijanjikan", date(2023, 2, 13), "", ""),
    ]


def test_it_lists_what_is_still_open_before_what_was_kept(perdes, dukong, actor_p2m):
    late = promise(dukong, actor_p2m, what="Lebih lambat", due_date=date(2024, 1, 1))
    dayless = promise(dukong, actor_p2m, what="Tanpa hari", due_date=None)
    actions.change_commitment(
        perdes.pk,
        status=CommitmentStatus.SELESAI,
        evidence="Perdes 4/2023",
        on=date(2023, 8, 1),
        by=actor_p2m,
    )
    listed = [row.id for row in queries.commitments(actor_p2m)]
    assert listed == [late.pk, dayless.pk, perdes.pk]


def test_it_lets_a_late_day_be_set_and_keeps_the_old_one_in_the_history(dukong, actor_p2m):
    made = promise(dukong, actor_p2m, due_date=None)
    later = timezone.localdate() + timedelta(days=30)

    actions.change_commitment(made.pk, status=CommitmentStatus.DIJANJIKAN, due_date=DUE, by=actor_p2m)
    actions.change_commitment(made.pk, status=CommitmentStatus.DIJANJIKAN, due_date=later, by=actor_p2m)

    assert queries.commitment(made.pk, actor_p2m).due_date == later
    assert [step.due_date for step in queries.commitment_history(made.pk, actor_p2m)] == [later, DUE, None]


@pytest.mark.parametrize("status", [CommitmentStatus.SELESAI, CommitmentStatus.DIBATALKAN])
def test_it_ends_no_promise_without_a_word(perdes, actor_p2m, status):
    with pytest.raises(errors.WordMissing):
        actions.change_commitment(perdes.pk, status=status, by=actor_p2m)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentStep.objects.create(
            commitment=perdes, status=status.value, on=DUE, client_key="x", recorded_by_name="uji"
        )


def test_it_takes_a_kept_promise_up_again_only_with_a_reason_and_never_drops_it(perdes, actor_p2m):
    actions.change_commitment(perdes.pk, status=CommitmentStatus.SELESAI, evidence="Foto", by=actor_p2m)

    with pytest.raises(errors.WrongStep):
        actions.change_commitment(perdes.pk, status=CommitmentStatus.DIBATALKAN, note="Batal", by=actor_p2m)
    with pytest.raises(errors.WordMissing):
        actions.change_commitment(perdes.pk, status=CommitmentStatus.BERJALAN, by=actor_p2m)
    actions.change_commitment(
        perdes.pk, status=CommitmentStatus.BERJALAN, note="Fotonya dari desa lain", by=actor_p2m
    )
    assert queries.commitment(perdes.pk, actor_p2m).status is CommitmentStatus.BERJALAN


def test_it_counts_a_step_sent_twice_once(perdes, actor_p2m):
    for _ in range(2):
        actions.change_commitment(
            perdes.pk, status=CommitmentStatus.BERJALAN, note="Mulai", client_key="k", by=actor_p2m
        )

    assert len(queries.commitment_history(perdes.pk, actor_p2m)) == 2


def test_it_withdraws_what_was_recorded_by_mistake_and_restores_it_as_it_was(perdes, dukong, actor_p2m):
    actions.change_commitment(perdes.pk, status=CommitmentStatus.SELESAI, evidence="Foto", by=actor_p2m)

    actions.withdraw_commitment(perdes.pk, reason="salah desa", by=actor_p2m)
    assert queries.commitments(actor_p2m) == []
    assert Element.BPD in queries.uncommitted(dukong.pk, actor_p2m)
    with pytest.raises(errors.PromiseWithdrawn):
        actions.change_commitment(perdes.pk, status=CommitmentStatus.BERJALAN, note="x", by=actor_p2m)

    actions.restore_commitment(perdes.pk, by=actor_p2m)
    row = queries.commitments(actor_p2m)[0]
    assert row.status is CommitmentStatus.SELESAI
    newest = queries.commitment_history(perdes.pk, actor_p2m)[0]
    assert (newest.evidence, newest.note) == ("Foto", "")


def test_it_never_edits_a_promise(perdes, actor_p2m):
    perdes.what = "Hal lain"

    with pytest.raises(errors.NeverChanges):
        perdes.save()
    with pytest.raises(errors.NeverChanges):
        Commitment.objects.for_actor(actor_p2m).delete()


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        (CommitmentStatus.DIJANJIKAN, DUE, True),
        (CommitmentStatus.BERJALAN, DUE, True),
        (CommitmentStatus.DIJANJIKAN, TODAY, False),  # the promised day itself is not late
        (CommitmentStatus.DIJANJIKAN, None, False),
        (CommitmentStatus.SELESAI, DUE, False),
        (CommitmentStatus.DIBATALKAN, DUE, False),
    ],
)
def test_it_knows_what_is_late(status, due, late):
    assert rules.is_overdue(status, due, TODAY) is late


def test_it_counts_promises_for_the_scoreboard_and_for_each_year(dukong, tanjung_binga, actor_p2m):
    kept = promise(dukong, actor_p2m)
    promise(dukong, actor_p2m, due_date=None)
    dropped = promise(dukong, actor_p2m)
    promise(tanjung_binga, actor_p2m)
    actions.change_commitment(kept.pk, status=CommitmentStatus.SELESAI, evidence="Foto", by=actor_p2m)
    actions.change_commitment(dropped.pk, status=CommitmentStatus.DIBATALKAN, note="Dana", by=actor_p2m)

    total = queries.scoreboard(actor_p2m, on=TODAY, year=2023)
    by_year = queries.tallies([dukong.pk, tanjung_binga.pk], actor_p2m, on=TODAY)

    assert (total.total, total.kept, total.open, total.overdue, total.without_day, total.dropped) == (
        4,
        1,
        2,
        1,
        1,
        1,
    )
    assert (by_year[dukong.pk].overdue, by_year[tanjung_binga.pk].overdue) == (0, 1)
    assert [row.village for row in queries.commitments(actor_p2m, overdue_on=TODAY)] == ["Tanjung Binga"]
    assert queries.programme_year(tanjung_binga.pk, actor_p2m).n_overdue == 1


def test_it_names_the_elements_that_promised_nothing(dukong, actor_p2m):
    promise(dukong, actor_p2m, element=Element.KADES)
    promise(dukong, actor_p2m, element=Element.CAMAT)

    silent = queries.uncommitted(dukong.pk, actor_p2m)

    assert Element.KADES not in silent
    assert Element.CAMAT not in silent
    assert len(silent) == len(Element) - 2


def test_it_waits_for_no_bpd_in_a_kelurahan(actor_p2m):
    assert Element.BPD not in queries.uncommitted(enrol("Parit", actor_p2m).pk, actor_p2m)


def test_it_shows_a_village_its_own_promises_and_nothing_else(dukong, tanjung_binga, rakor, actor_p2m):
    promise(dukong, actor_p2m)
    promise(tanjung_binga, actor_p2m, what="Posko dibuka")
    actions.withdraw_commitment(promise(dukong, actor_p2m, what="Salah catat").pk, by=actor_p2m)
    kades = person("kades.dukong", Role.KADES, village=dukong.village)

    own = queries.own_promises(kades)

    assert [(one.what, one.status, one.due_date) for one in own] == [
        ("Perdes P4GN", CommitmentStatus.DIJANJIKAN, DUE)
    ]
    assert not {"note", "evidence", "category", "values"} & set(own[0].__slots__)
    assert [row.what for row in queries.commitments(kades)] == ["Perdes P4GN"]
    assert queries.meetings(kades) == []
    assert queries.work_queue(kades, on=TODAY) == []
    with pytest.raises(NotAllowed):
        promise(dukong, kades)


def test_it_shows_people_of_the_office_nothing_as_own_promises(perdes, actor_p2m):
    assert queries.own_promises(actor_p2m) == []


def test_it_hides_promises_from_another_office_and_lets_the_province_only_look(
    perdes, dukong, actor_elsewhere, actor_province
):
    assert queries.commitments(actor_elsewhere) == []
    with pytest.raises(Http404):
        queries.commitment(perdes.pk, actor_elsewhere)
    with pytest.raises(Http404):
        queries.uncommitted(dukong.pk, actor_elsewhere)
    assert [row.id for row in queries.commitments(actor_province)] == [perdes.pk]
    with pytest.raises(Http404):
        actions.change_commitment(perdes.pk, status=CommitmentStatus.BERJALAN, note="x", by=actor_province)
    with pytest.raises(Http404):
        promise(dukong, actor_elsewhere)


def test_it_reminds_with_element_and_promise_and_never_a_person(perdes, actor_p2m):
    row = queries.commitment(perdes.pk, actor_p2m)

    text = sharing.reminder(row, "BNNK Belitung", TODAY).text

    assert "BPD Dukong" in text
    assert "“Perdes P4GN”" in text
    assert "29 Agustus 2023, sudah lewat" in text
    assert "Uji Satu" not in text


def test_it_puts_late_promises_into_the_work_queue(dukong, actor_p2m, actor_head, actor_rehab):
    today = timezone.localdate()
    promise(dukong, actor_p2m)
    promise(dukong, actor_p2m, due_date=today + timedelta(days=2))
    promise(dukong, actor_p2m, due_date=None)

    def titles(actor):
        return [task.title for task in queries.work_queue(actor, on=today) if "janji" in task.title]

    assert titles(actor_p2m) == [
        "Tanyakan 1 janji yang lewat tenggat",
        "Ingatkan 1 janji yang jatuh tempo pekan ini",
        "Isi tenggat 1 janji",
    ]
    assert titles(actor_head) == titles(actor_p2m)[:2]
    assert titles(actor_rehab) == []


def test_it_asks_for_the_elements_that_stayed_silent_after_the_rakor(rakor, dukong, actor_p2m):
    actions.write_minutes(rakor.pk, "Sepakat.", 0, actor_p2m)
    promise(dukong, actor_p2m)

    def lines():
        tasks = queries.work_queue(actor_p2m, on=TODAY)
        return {task.title for task in tasks if task.title.startswith("Minta komitmen")}

    assert lines() == set()
    actions.close_meeting(rakor.pk, by=actor_p2m)
    assert lines() == {"Minta komitmen 12 unsur di Dukong", "Minta komitmen 13 unsur di Tanjung Binga"}


# ---- pages ----------------------------------------------------------------------------------------------------------


def page(client, name, *args, **query):
    return client.get(reverse(f"programme:{name}", args=args), query).content.decode()


def test_it_picks_a_promise_up_from_the_meeting_in_one_line(
    rakor, dukong, tanjung_binga, actor_p2m, client_as
):
    client = client_as("actor_p2m")
    data = {
        "client_key": "satu",
        "element": "TOKOH_AGAMA",
        "village": "semua",
        "what": "Pesan pada khotbah",
        "due_date": "2023-06-30",
    }

    answered = client.post(reverse("programme:add_commitment", args=[rakor.pk]), data)
    client.post(reverse("programme:add_commitment", args=[rakor.pk]), data)

    assert answered.headers["Location"].endswith("#janji-baru")
    rows = queries.commitments(actor_p2m, meeting_id=rakor.pk)
    assert {(row.village, row.promised_by, row.due_date) for row in rows} == {
        ("Dukong", "Tokoh agama", date(2023, 6, 30)),
        ("Tanjung Binga", "Tokoh agama", date(2023, 6, 30)),
    }
    assert len(rows) == 2


def test_it_keeps_what_was_typed_when_a_promise_is_refused(rakor, client_as):
    answered = client_as("actor_p2m").post(
        reverse("programme:add_commitment", args=[rakor.pk]),
        {
            "client_key": "a",
            "element": "KADES",
            "village": "semua",
            "what": "Posko",
            "due_date": "2013-01-01",
        },
    )

    assert answered.status_code == 400
    text = answered.content.decode()
    assert "Periksa tahunnya" in text
    assert 'value="Posko"' in text


def test_it_filters_the_list_by_its_address(dukong, tanjung_binga, actor_p2m, client_as):
    promise(dukong, actor_p2m, what="Lewat sudah")
    promise(tanjung_binga, actor_p2m, what="Belum bertanggal", element=Element.KADES, due_date=None)
    client = client_as("actor_p2m")

    late = page(client, "commitments", tahun=2023, saring="terlambat")
    undated = page(client, "commitments", tahun=2023, saring="tanpa-tenggat")
    village = page(client, "commitments", tahun=2023, desa=tanjung_binga.village.code)
    element = page(client, "commitments", tahun=2023, unsur="KADES")
    nothing = page(client, "commitments", tahun=2022)

    for text, there, away in (
        (late, "Lewat sudah", "Belum bertanggal"),
        (undated, "Belum bertanggal", "Lewat sudah"),
        (village, "Belum bertanggal", "Lewat sudah"),
        (element, "Belum bertanggal", "Lewat sudah"),
    ):
        assert there in text
        assert away not in text
    assert "Tidak ada janji yang cocok" in nothing


def test_it_changes_a_promise_from_its_page_with_a_file(perdes, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:commitment", args=[perdes.pk])
    data = {"client_key": "a", "status": "SELESAI", "on": "2023-08-01", "due_date": "2023-08-29"}

    refused = client.post(address, data)
    accepted = client.post(address, data | {"file": SimpleUploadedFile("perdes.pdf", b"%PDF-1.7 isi uji")})

    assert refused.status_code == 400
    assert "Tulis buktinya atau alasannya" in refused.content.decode()
    assert accepted.status_code == 302
    step = queries.commitment_history(perdes.pk, actor_p2m)[0]
    assert (step.status, step.file_name) == (CommitmentStatus.SELESAI, "perdes.pdf")
    assert client.get(reverse("documents:file", args=[step.file_id])).status_code == 200


def test_it_takes_no_evidence_that_is_not_what_its_name_says(perdes, actor_p2m, client_as):
    client = client_as("actor_p2m")
    address = reverse("programme:commitment", args=[perdes.pk])
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"<script>")):
        file = SimpleUploadedFile(name, content)
        page = client.post(
            address, {"status": "SELESAI", "on": "2023-03-01", "client_key": "k", "file": file}
        )
        assert page.status_code == 400 and "nggah" in page.content.decode()
    assert not documents.StoredFile.objects.for_actor(actor_p2m).exists()


def test_it_withdraws_from_the_page_and_offers_to_undo(rakor, dukong, actor_p2m, client_as):
    made = promise(dukong, actor_p2m, meeting_id=rakor.pk)
    client = client_as("actor_p2m")

    answered = client.post(reverse("programme:withdraw_commitment", args=[made.pk]), follow=True)

    assert queries.commitments(actor_p2m) == []
    undo = reverse("programme:restore_commitment", args=[made.pk])
    assert f'action="{undo}"' in answered.content.decode()
    client.post(undo)
    assert [row.id for row in queries.commitments(actor_p2m)] == [made.pk]


@pytest.mark.parametrize(
    ("who", "see", "change"),
    [
        ("actor_p2m", 200, 302),
        ("actor_head", 200, 403),
        ("actor_rehab", 403, 403),
        ("actor_kades", 403, 403),
        ("actor_elsewhere", 404, 404),
    ],
)
def test_it_opens_a_promise_to_those_who_may(perdes, client_as, who, see, change):
    client = client_as(who)
    address = reverse("programme:commitment", args=[perdes.pk])
    data = {"client_key": "a", "status": "BERJALAN", "on": "2023-08-01", "note": "Mulai"}

    assert client.get(address).status_code == see
    assert client.post(address, data).status_code == change
    assert client.post(reverse("programme:withdraw_commitment", args=[perdes.pk])).status_code == change


def test_it_shows_the_province_no_form(perdes, client_as):
    text = client_as("actor_province").get(reverse("programme:commitment", args=[perdes.pk])).content.decode()

    assert "Simpan perkembangan" not in text
    assert "Tarik janji ini" not in text
