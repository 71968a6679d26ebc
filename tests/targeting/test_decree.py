"""It drafts a decree that names villages and money only, without a number, marked as a draft."""

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader

from bersinar.documents import queries as documents
from bersinar.documents.models import IssuedNumber, Letter
from bersinar.documents.vocabulary import LetterState
from bersinar.targeting import actions, errors, queries
from tests.targeting.conftest import choose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
REASON = "Alasan rahasia: empat bandar di dermaga"
FORBIDDEN = [
    "bahaya",
    "waspada",
    "siaga",
    "aman",
    "belum dapat ditentukan",
    "kategori",
    "skor",
    "nilai",
    "peringkat",
    "indikator",
    "rahasia",
    "bandar",
    "pengecualian",
    "dilewati",
]


@pytest.fixture
def letter(mapped, make_ready, head, officer):
    make_ready(*mapped.bahaya, mapped.waspada[0])
    decided = actions.decide_targets(
        2023,
        run_id=mapped.run.pk,
        choices=choose(mapped.bahaya[0], mapped.waspada[0], reason=REASON),
        passed_over_reason=REASON,
        client_key="satu",
        by=head,
    )
    (drafted,) = actions.draft_sk(decided.pk, by=officer)
    return drafted


def pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    told = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(f"{told} {' '.join(str(v) for v in (reader.metadata or {}).values())}".split())


def docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    marks = [
        p.text
        for section in document.sections
        for p in (*section.header.paragraphs, *section.footer.paragraphs)
    ]
    return " ".join(" ".join([*parts, *tables, *marks]).split())


@pytest.fixture(params=["pdf", "docx"])
def text(request, letter, officer) -> str:
    if request.param == "pdf":
        return pdf_text(documents.pdf(letter, officer))
    return docx_text(documents.docx(letter, officer))


def test_its_annex_names_village_kecamatan_and_money(text, mapped):
    for village in (mapped.bahaya[0], mapped.waspada[0]):
        assert village.name in text and village.district.name in text
    assert text.count("DIPA") >= 2


def test_it_never_tells_category_score_rank_or_reason(text, mapped, officer):
    lower = text.lower()
    for village in (mapped.bahaya[0], mapped.waspada[0]):  # names of places may hold such a word
        lower = lower.replace(village.name.lower(), "").replace(village.district.name.lower(), "")
    words = set(lower.replace(",", " ").replace(".", " ").replace(";", " ").split())
    assert [word for word in FORBIDDEN if word in words or (" " in word and word in lower)] == []
    for left_out in (*mapped.bahaya[1:], *mapped.waspada[1:]):
        assert left_out.name not in text


def test_no_part_of_the_word_file_tells_more(letter, officer):
    with zipfile.ZipFile(io.BytesIO(documents.docx(letter, officer))) as archive:
        raw = " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert [
        word
        for word in ("rahasia", "bandar", "Bahaya", "Waspada", "Siaga", "BAHAYA", "WASPADA")
        if word in raw
    ] == []


def test_its_facts_hold_nothing_else(letter):
    assert set(letter.facts) <= {"year", "villages", "example"}
    allowed = {"name", "kind_word", "district", "regency", "money_source"}
    assert all(set(village) == allowed for village in letter.facts["villages"])


def test_it_is_marked_a_draft_and_leaves_number_and_date_empty(text, letter, officer):
    assert "RANCANGAN" in text.upper()
    row = documents.letter_row(letter.pk, officer)
    assert row.state is LetterState.RANCANGAN and row.issue is None
    assert not IssuedNumber.objects.for_actor(officer).exists()
    assert "......" in text


def test_it_drafts_once_though_pressed_twice(letter, officer):
    (again,) = actions.draft_sk(int(letter.about_id), by=officer)
    assert again == letter and Letter.objects.for_actor(officer).count() == 1


def test_it_drafts_one_decree_for_each_bupati(mapped, head, officer):
    villages = [mapped.bahaya[0], mapped.aman[-1]]  # Belitung and Belitung Timur
    decided = actions.decide_targets(
        2023,
        run_id=mapped.run.pk,
        choices=choose(*villages, override_reason="Diminta kabupaten"),
        client_key="satu",
        by=head,
    )
    letters = actions.draft_sk(decided.pk, by=officer)
    assert sorted(letter.signatory_position for letter in letters) == [
        "Bupati Belitung",
        "Bupati Belitung Timur",
    ]
    assert [len(letter.facts["villages"]) for letter in letters] == [1, 1]
    assert not any(letter.signed_here for letter in letters)


def test_it_withdraws_the_unsigned_draft_of_a_decision_that_was_replaced(letter, mapped, head, officer):
    earlier = int(letter.about_id)
    later = actions.supersede_decision(
        earlier,
        run_id=mapped.run.pk,
        choices=choose(*mapped.bahaya[:1]),
        reason="Satu desa mundur",
        client_key="dua",
        by=head,
    )
    with pytest.raises(errors.AlreadySuperseded):
        actions.draft_sk(earlier, by=officer)
    (drafted,) = actions.draft_sk(later.pk, by=officer)
    assert documents.state_of(letter, officer) is LetterState.DIGANTIKAN
    assert documents.state_of(drafted, officer) is LetterState.RANCANGAN
    assert [row.letter for row in queries.decrees(later.pk, officer)] == [drafted]
