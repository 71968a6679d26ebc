"""It drafts without a number, issues without gaps or twins, and never edits what it wrote."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from bersinar.access import NotAllowed
from bersinar.audit.models import Event
from bersinar.config.shape import Shape, Standing
from bersinar.documents import actions, errors, keys, queries
from bersinar.documents.actions import letters
from bersinar.documents.models import IssuedNumber, Letter, NumberSeries
from bersinar.documents.papers.pdf import render_pdf
from bersinar.documents.rules.code import Verdict, check
from bersinar.documents.vocabulary import DocumentKind, LetterState, Signatory
from tests.documents.conftest import FACTS, HEAD, REGENT

pytestmark = pytest.mark.django_db
FEBRUARY = date(2023, 2, 7)


def numbers(actor):
    return [drawn.sequence for drawn in IssuedNumber.objects.for_actor(actor).order_by("sequence")]


def test_it_draws_no_number_for_a_draft(draft, actor_p2m):
    letter = draft()
    assert queries.state_of(letter, actor_p2m) is LetterState.RANCANGAN
    assert not NumberSeries.objects.for_actor(actor_p2m).exists()


def test_it_numbers_issued_letters_without_a_gap(draft, actor_p2m):
    issued = [actions.issue_letter(draft(), by=actor_p2m, on=FEBRUARY) for _ in range(3)]
    assert numbers(actor_p2m) == [1, 2, 3]
    assert issued[2].number == "3/BNNK Belitung/II/2023"


def test_it_leaves_no_gap_when_printing_fails(draft, actor_p2m, monkeypatch):
    letter = draft()
    with monkeypatch.context() as patched:
        patched.setattr(letters, "render_pdf", lambda paper: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.issue_letter(letter, by=actor_p2m)
    assert numbers(actor_p2m) == []
    assert actions.issue_letter(letter, by=actor_p2m, on=FEBRUARY).number.startswith("1/")


def test_it_issues_a_letter_once(draft, actor_p2m):
    letter = draft()
    actions.issue_letter(letter, by=actor_p2m)
    with pytest.raises(errors.AlreadyIssued):
        actions.issue_letter(letter, by=actor_p2m)
    assert numbers(actor_p2m) == [1]


def test_it_starts_again_each_year_with_the_pattern_of_the_last(draft, actor_p2m):
    actions.set_number_pattern(DocumentKind.UNDANGAN, year=2023, pattern="P2M/{nomor3}/{tahun}", by=actor_p2m)
    first = actions.issue_letter(draft(), by=actor_p2m, on=FEBRUARY)
    second = actions.issue_letter(draft(), by=actor_p2m, on=date(2024, 1, 3))
    assert (first.number, second.number) == ("P2M/001/2023", "P2M/001/2024")


def test_it_marks_numbers_in_the_demo(draft, actor_p2m, settings):
    settings.BERSINAR_DEMO = True
    assert actions.issue_letter(draft(), by=actor_p2m, on=FEBRUARY).number.startswith("CONTOH-1/")
    with pytest.raises(errors.PatternRefused):
        actions.set_number_pattern(DocumentKind.SURAT, year=2023, pattern="{nomor}/{tahun}", by=actor_p2m)


def test_it_marks_the_number_of_an_example_in_a_real_office(draft, actor_p2m):
    letter = draft(facts=FACTS[DocumentKind.UNDANGAN] | {"example": True})
    assert actions.issue_letter(letter, by=actor_p2m).number.startswith("CONTOH-")


def test_it_takes_the_number_of_a_paper_signed_elsewhere_from_the_paper(draft, actor_p2m):
    letter = draft(DocumentKind.SK_PENETAPAN)
    with pytest.raises(errors.SignedElsewhere):
        actions.issue_letter(letter, by=actor_p2m)
    issue = actions.record_signed(letter, number="  188.45 / 1 ", date=FEBRUARY, by=actor_p2m)
    assert issue.number == "188.45 / 1"
    assert numbers(actor_p2m) == []
    with pytest.raises(errors.NumberTaken):
        actions.record_signed(
            draft(DocumentKind.SK_PENETAPAN), number="188.45 / 1", date=FEBRUARY, by=actor_p2m
        )


def test_it_does_not_take_a_typed_number_for_its_own_letters(draft, actor_p2m):
    with pytest.raises(errors.SignedHere):
        actions.record_signed(draft(), number="7", date=FEBRUARY, by=actor_p2m)


def test_it_refuses_a_date_after_today(draft, actor_p2m):
    with pytest.raises(errors.DateInFuture):
        actions.issue_letter(draft(), by=actor_p2m, on=timezone.localdate() + timedelta(days=1))


def test_it_keeps_an_issued_letter_in_force_until_the_next_is_issued(draft, actor_p2m):
    first = draft()
    actions.issue_letter(first, by=actor_p2m)
    second = draft(replaces=first)
    assert queries.state_of(first, actor_p2m) is LetterState.TERBIT
    actions.issue_letter(second, by=actor_p2m)
    assert queries.state_of(first, actor_p2m) is LetterState.DIGANTIKAN
    assert [row.letter.version for row in queries.versions(first, actor_p2m)] == [2, 1]
    with pytest.raises(errors.NotTheNewest):
        draft(replaces=first)


def test_it_puts_a_draft_aside_for_its_next_version(draft, actor_p2m):
    first = draft()
    draft(replaces=first)
    assert queries.state_of(first, actor_p2m) is LetterState.DIGANTIKAN
    with pytest.raises(errors.NotTheNewest):
        actions.issue_letter(first, by=actor_p2m)


def test_it_keeps_the_number_of_a_voided_letter(draft, actor_p2m):
    letter = draft()
    actions.issue_letter(letter, by=actor_p2m)
    actions.void_letter(letter, reason="Rapat dibatalkan", by=actor_p2m)
    assert queries.state_of(letter, actor_p2m) is LetterState.BATAL
    actions.issue_letter(draft(), by=actor_p2m)
    assert numbers(actor_p2m) == [1, 2]


def test_it_does_not_void_a_draft(draft, actor_p2m):
    with pytest.raises(errors.NotIssued):
        actions.void_letter(draft(), reason="salah", by=actor_p2m)


def test_it_gives_out_the_same_bytes_after_the_form_has_changed(draft, actor_p2m, monkeypatch):
    letter = draft()
    actions.issue_letter(letter, by=actor_p2m)
    before = queries.pdf(letter, actor_p2m)
    monkeypatch.setattr(queries, "render_pdf", lambda paper: b"another form")
    assert queries.pdf(letter, actor_p2m) == before


def test_it_signs_what_stands_on_the_paper(draft, actor_p2m, monkeypatch):
    seen = []
    real = letters.render_pdf
    monkeypatch.setattr(letters, "render_pdf", lambda paper: seen.append(paper) or real(paper))
    issue = actions.issue_letter(draft(), by=actor_p2m, on=FEBRUARY)
    answer = check(seen[0].code, keys.trusted())
    assert answer.verdict is Verdict.SAH
    assert (answer.claims.number, answer.claims.date) == (issue.number, FEBRUARY)
    assert answer.claims.content_sha256 == issue.content_sha256


def test_it_refuses_to_edit_a_letter(draft, actor_p2m):
    letter = draft()
    letter.title = "lain"
    with pytest.raises(errors.NeverChanges):
        letter.save()
    with pytest.raises(errors.NeverChanges):
        Letter.objects.for_actor(actor_p2m).update(title="lain")


def test_it_lets_only_the_office_itself_write_its_letters(draft, actor_elsewhere, actor_rehab):
    letter = draft()
    with pytest.raises(Http404):
        actions.issue_letter(letter, by=actor_elsewhere)
    with pytest.raises(NotAllowed):
        actions.issue_letter(letter, by=actor_rehab)


@pytest.mark.parametrize(
    ("extra", "named"),
    [({"category": "BAHAYA"}, "category"), ({"villages": []}, "villages"), ({"year": "2023"}, "year")],
)
def test_it_refuses_facts_that_do_not_belong_in_a_letter(draft, extra, named):
    with pytest.raises(errors.FactsRefused, match=named):
        draft(DocumentKind.SK_PENETAPAN, facts=FACTS[DocumentKind.SK_PENETAPAN] | extra)


def test_it_refuses_a_category_beside_a_village(draft):
    villages = [{**FACTS[DocumentKind.SK_PENETAPAN]["villages"][0], "score": "7"}]
    with pytest.raises(errors.FactsRefused, match="score"):
        draft(DocumentKind.SK_PENETAPAN, facts={"year": 2023, "villages": villages})


def test_it_records_each_step_once(draft, actor_p2m):
    letter = draft()
    actions.issue_letter(letter, by=actor_p2m)
    actions.void_letter(letter, reason="salah", by=actor_p2m)
    verbs = Event.objects.unscoped("test").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["documents.drafted", "documents.issued", "documents.voided"]


def test_it_lists_the_letters_of_what_they_were_written_for(draft, actor_p2m, belitung, elsewhere):
    mine = draft(about=belitung)
    draft(about=elsewhere)
    assert [row.letter for row in queries.letters_about(belitung, actor_p2m)] == [mine]


def test_it_reads_a_page_of_letters_without_a_query_for_each(draft, actor_p2m, django_assert_num_queries):
    for _ in range(4):
        actions.issue_letter(draft(), by=actor_p2m)
    with django_assert_num_queries(1):
        assert len(queries.rows(queries.letters(actor_p2m))) == 4


def test_it_prints_the_signatory_it_was_given(draft):
    assert draft().signatory == HEAD
    assert draft(DocumentKind.SK_PENETAPAN).signatory == REGENT


@pytest.mark.parametrize("sign", ["✅", "👍", "ﷺ", "李"])
def test_it_names_the_sign_no_font_can_print(draft, sign):
    facts = FACTS[DocumentKind.UNDANGAN] | {"agenda": ["Pembukaan", f"Doa {sign}"]}
    with pytest.raises(errors.FactsRefused, match=f"agenda baris 2 memuat tanda “{sign}”"):
        draft(facts=facts)
    with pytest.raises(errors.FactsRefused, match=f"Penanda tangan nama memuat tanda “{sign}”"):
        draft(signatory=Signatory("Kepala", f"A {sign}"))


def test_it_takes_every_sign_that_prints(draft, actor_p2m):
    words = "Désa ḥ → ≥ 5 – “a” • ½ ™"
    letter = draft(facts=FACTS[DocumentKind.UNDANGAN] | {"agenda": [words]})
    assert queries.pdf(letter, actor_p2m).startswith(b"%PDF-")


def test_a_letter_from_before_that_cannot_print_says_so(draft, client_as):
    letter = draft()
    wanted = {**letter.facts, "agenda": ["Pembukaan ✅"]}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_letter SET facts = %s WHERE id = %s", [json.dumps(wanted), letter.pk]
        )
    page = client_as("actor_p2m").get(reverse("documents:pdf", args=[letter.pk]))
    assert page.status_code == 400 and "✅" in page.content.decode()


@pytest.mark.parametrize(
    ("standing", "starts"),
    [
        (Standing(Shape.ONE_PC), "BERSINAR:1:"),
        (Standing(Shape.OFFICE_NETWORK, "https://192.168.1.10:8443"), "BERSINAR:1:"),
        (
            Standing(Shape.SERVER, "https://bersinar.example.id"),
            "https://bersinar.example.id/surat/periksa/#BERSINAR:1:",
        ),
    ],
    ids=["one PC", "office network", "server"],
)
def test_its_code_carries_an_address_only_where_whoever_holds_it_can_open_it(
    draft, actor_p2m, settings, monkeypatch, standing, starts
):
    settings.BERSINAR_STANDING = standing
    printed = []
    # The code lives in the printed bytes alone, so the printer is asked what it was given.
    monkeypatch.setattr(letters, "render_pdf", lambda paper: printed.append(paper) or render_pdf(paper))
    actions.issue_letter(draft(), on=FEBRUARY, by=actor_p2m)
    assert printed[0].code.startswith(starts)
    assert check(printed[0].code, keys.trusted()).verdict is Verdict.SAH
