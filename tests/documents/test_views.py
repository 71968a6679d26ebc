"""Its pages show where a letter stands, offer the one next step, and hand files out as files."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from bersinar.documents import actions, queries
from bersinar.documents.actions import letters
from bersinar.documents.vocabulary import DocumentKind, LetterState
from tests.documents.conftest import FACTS

pytestmark = pytest.mark.django_db
FEBRUARY = date(2023, 2, 7)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"documents:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_it_shows_a_letter_of_every_kind(client_as, draft, kind):
    letter = draft(kind)
    assert letter.title in page(client_as("actor_p2m"), "letter", letter.pk)


def test_it_lists_letters_by_kind_and_state(client_as, draft, actor_p2m):
    invitation, decree = draft(), draft(DocumentKind.SK_PENETAPAN)
    actions.issue_letter(invitation, by=actor_p2m)
    client = client_as("actor_p2m")

    def titles(**query):
        text = page(client, "list", **query)
        return [letter.title in text for letter in (invitation, decree)]

    assert titles() == [True, True]
    assert titles(keadaan="RANCANGAN") == [False, True]
    assert titles(jenis="UNDANGAN") == [True, False]
    assert titles(jenis="UNDANGAN", keadaan="RANCANGAN") == [False, False]
    assert titles(jenis="apa pun", keadaan="'") == [True, True]


def test_it_issues_from_the_page_and_tells_the_number(client_as, draft, actor_p2m):
    letter, client = draft(), client_as("actor_p2m")
    assert reverse("documents:issue", args=[letter.pk]) in page(client, "letter", letter.pk)
    answer = client.post(reverse("documents:issue", args=[letter.pk]), {"on": "2023-02-07"}, follow=True)
    assert "1/BNNK Belitung/II/2023" in answer.content.decode()
    assert reverse("documents:issue", args=[letter.pk]) not in answer.content.decode()


def test_it_asks_for_number_and_date_of_a_paper_signed_elsewhere(client_as, draft, actor_p2m):
    letter, client = draft(DocumentKind.SK_PENETAPAN), client_as("actor_p2m")
    text = page(client, "letter", letter.pk)
    assert reverse("documents:record", args=[letter.pk]) in text
    assert reverse("documents:issue", args=[letter.pk]) not in text
    client.post(reverse("documents:record", args=[letter.pk]), {"number": "188.45/1", "date": "2023-10-26"})
    assert queries.letter_row(letter.pk, actor_p2m).issue.number == "188.45/1"


def test_it_keeps_what_was_typed_when_it_refuses(client_as, draft):
    letter, client = draft(DocumentKind.SK_PENETAPAN), client_as("actor_p2m")
    data = {"number": "188.45/1", "date": "2999-01-01"}
    answer = client.post(reverse("documents:record", args=[letter.pk]), data)
    assert answer.status_code == 400
    assert 'value="188.45/1"' in answer.content.decode()
    assert "sesudah hari ini" in answer.content.decode()


def test_it_voids_with_a_reason_and_shows_it(client_as, draft, actor_p2m):
    letter, client = draft(), client_as("actor_p2m")
    actions.issue_letter(letter, by=actor_p2m)
    assert client.post(reverse("documents:void", args=[letter.pk]), {"reason": " "}).status_code == 400
    client.post(reverse("documents:void", args=[letter.pk]), {"reason": "Rapat batal"})
    assert "Rapat batal" in page(client, "letter", letter.pk)


def test_it_offers_no_step_to_an_office_above(client_as, draft, province):
    letter = draft()
    text = page(client_as("actor_province"), "letter", letter.pk)
    assert reverse("documents:issue", args=[letter.pk]) not in text


def test_it_shows_a_letter_to_no_other_office(client_as, draft):
    letter, client = draft(), client_as("actor_elsewhere")
    for name in ("letter", "pdf", "docx"):
        assert client.get(reverse(f"documents:{name}", args=[letter.pk])).status_code == 404


def test_it_leads_from_an_old_version_to_the_new_one(client_as, draft, actor_p2m):
    first = draft()
    second = draft(replaces=first)
    assert f'href="{reverse("documents:letter", args=[second.pk])}"' in page(
        client_as("actor_p2m"), "letter", first.pk
    )


def test_it_makes_a_message_of_an_invitation_only(client_as, draft):
    client = client_as("actor_p2m")
    text = page(client, "letter", draft().pk)
    assert "https://wa.me/?text=" in text
    assert "wa.me" not in page(client, "letter", draft(DocumentKind.SK_PENETAPAN).pk)


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_it_hands_letters_out_as_files(client_as, draft, name):
    answer = client_as("actor_p2m").get(reverse(f"documents:{name}", args=[draft().pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_it_offers_our_template_and_takes_the_offices_own(client_as, draft, actor_p2m):
    client = client_as("actor_p2m")
    ours = client.get(reverse("documents:built_in", args=["SURAT"])).content
    assert Document(io.BytesIO(ours)).paragraphs
    data = {"kind": "SURAT", "note": "kop baru", "file": SimpleUploadedFile("surat.docx", ours)}
    assert "kop baru" in client.post(reverse("documents:templates"), data, follow=True).content.decode()
    assert queries.template_in_force(DocumentKind.SURAT, actor_p2m).version == 1
    assert client.get(reverse("documents:built_in", args=["NODA"])).status_code == 404


def test_it_says_what_is_wrong_with_a_template_and_keeps_nothing(client_as, actor_p2m):
    data = {"kind": "SURAT", "note": "", "file": SimpleUploadedFile("surat.docx", b"bukan word")}
    answer = client_as("actor_p2m").post(reverse("documents:templates"), data)
    assert answer.status_code == 400
    assert "bukan dokumen Word" in answer.content.decode()
    assert queries.template_in_force(DocumentKind.SURAT, actor_p2m) is None


def test_it_shows_how_the_next_number_will_read(client_as, actor_p2m):
    client = client_as("actor_p2m")
    client.post(reverse("documents:pattern"), {"kind": "SURAT", "pattern": "P2M/{nomor3}/{tahun}"})
    assert "P2M/001/" in page(client, "templates")
    assert client.post(reverse("documents:pattern"), {"kind": "SURAT", "pattern": "tetap"}).status_code == 400
    assert client.post(reverse("documents:pattern"), {"kind": "DAFTAR_HADIR"}).status_code == 400


@pytest.fixture
def code_of(monkeypatch, draft, actor_p2m):
    """Issue a letter and tell what its code says."""

    def of(letter):
        seen, real = [], letters.render_pdf
        with monkeypatch.context() as patched:
            patched.setattr(letters, "render_pdf", lambda paper: seen.append(paper.code) or real(paper))
            actions.issue_letter(letter, by=actor_p2m, on=FEBRUARY)
        return seen[0]

    return of


def asked(client, text):
    return client.post(reverse("documents:verify"), {"text": text}).content.decode()


def test_anybody_can_check_a_code(client, draft, code_of):
    text = asked(client, code_of(draft()))
    assert "Kode ini asli" in text
    assert "1/BNNK Belitung/II/2023" in text
    assert "bukan kode surat" in asked(client, "javascript:alert(1)")


def test_a_check_tells_that_a_letter_was_voided_or_replaced(client, draft, code_of, actor_p2m):
    first = draft()
    code = code_of(first)
    actions.issue_letter(draft(replaces=first), by=actor_p2m)
    assert "sudah diganti" in asked(client, code)
    actions.void_letter(first, reason="salah", by=actor_p2m)
    text = asked(client, code)
    assert "sudah dibatalkan" in text
    assert "Kode ini asli" not in text


def test_a_check_never_tells_more_than_the_code_itself(client, draft, code_of):
    letter = draft(facts=FACTS[DocumentKind.UNDANGAN] | {"contact": "Uji Rahasia"})
    assert "Uji Rahasia" not in asked(client, code_of(letter))


def test_a_sheet_is_printed_and_never_issued(client_as, draft, actor_p2m):
    letter = draft(DocumentKind.DAFTAR_HADIR)
    assert queries.state_of(letter, actor_p2m) is LetterState.SIAP_CETAK
    answer = client_as("actor_p2m").post(reverse("documents:issue", args=[letter.pk]), {"on": "2023-02-07"})
    assert "tidak bernomor" in answer.content.decode()


def test_its_queue_names_what_waits_for_a_number(draft, actor_p2m, actor_rehab):
    invitation, decree = draft(), draft(DocumentKind.SK_PENETAPAN)
    draft(DocumentKind.DAFTAR_HADIR)
    tasks = {task.url: task for task in queries.work_queue(actor_p2m, on=FEBRUARY)}
    there = {letter: tasks[reverse("documents:letter", args=[letter.pk])] for letter in (invitation, decree)}
    assert len(tasks) == 2
    assert there[invitation].title == "Terbitkan undangan Rapat Koordinasi Desa Bersinar 2023"
    assert there[invitation].due == date(2023, 2, 13)
    assert there[decree].title == "Catat nomor SK Penetapan Desa Bersinar Tahun 2023"
    assert "Bupati Belitung" in there[decree].text
    actions.issue_letter(invitation, by=actor_p2m, on=FEBRUARY)
    assert len(queries.work_queue(actor_p2m, on=FEBRUARY)) == 1
    assert queries.work_queue(actor_rehab, on=FEBRUARY) == []


def test_an_invitation_presses_only_until_its_meeting(draft, actor_p2m):
    draft()
    after = date(2023, 2, 14)
    assert [task.due for task in queries.work_queue(actor_p2m, on=after)] == [None]
