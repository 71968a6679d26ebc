"""It prints letters that everybody can read, that say what they are, and whose code can be checked."""

import io
from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from bersinar.documents import errors
from bersinar.documents.papers import Paper, pdf
from bersinar.documents.papers.compose import annex, compose
from bersinar.documents.papers.docx import render_docx
from bersinar.documents.papers.pdf import render_pdf, render_png
from bersinar.documents.rules import code, facts
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin
from tests.documents.conftest import FACTS, SIGNATORIES, VILLAGES

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KINDS = list(DocumentKind)
NUMBERED = [kind for kind in KINDS if not kind.is_sheet]


def paper(kind=DocumentKind.UNDANGAN, **fields):
    tidy = facts.checked(kind, FACTS[kind])
    usual = Paper(
        kind=kind,
        title=facts.title_of(kind, tidy),
        facts=tidy,
        office_name="BNNK Belitung",
        office_seat="Tanjungpandan",
        signatory=SIGNATORIES[kind],
    )
    return replace(usual, **fields)


def issued(kind=DocumentKind.UNDANGAN, **fields):
    bare = paper(
        kind,
        state=LetterState.TERBIT,
        number="CONTOH-1/BNNK Belitung/II/2023",
        date=date(2023, 2, 7),
        **fields,
    )
    claims = code.Claims(
        b"x" * 16, 1, kind.value, bare.office_name, bare.number, bare.date, bare.content_sha256
    )
    return replace(bare, code=code.sign(claims, KEY))


def text_of(made):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_tagged_and_says_its_language_and_title(kind):
    root = PdfReader(io.BytesIO(render_pdf(issued(kind)))).trailer["/Root"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "id-ID"
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("made", [issued, paper], ids=["issued", "draft"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_fit_for_archives(kind, made):
    """PDF/A-2a: it says so beside its tags, and needs nothing outside the file."""
    printed = PdfReader(io.BytesIO(render_pdf(made(kind))))
    root = printed.trailer["/Root"]
    told = xmp(root["/Metadata"].get_data())
    assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
    assert root["/StructTreeRoot"] and root["/Lang"] == "id-ID" and root["/OutputIntents"]
    fonts = [font for page in printed.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts and all(
        any(name in inner["/FontDescriptor"] for name in ("/FontFile2", "/FontFile3"))
        for font in fonts
        for inner in font.get_object()["/DescendantFonts"]
    )
    assert "/AA" not in root and "/OpenAction" not in root and not printed.is_encrypted


def xmp(packet):
    """What the file says of itself: name to text."""
    names = {"http://www.aiim.org/pdfa/ns/id/": "pdfaid", "http://www.aiim.org/pdfua/ns/id/": "pdfuaid"}
    found = {}
    for one in fromstring(packet).iter():
        space, _, name = one.tag[1:].partition("}")
        if space in names:
            found[f"{names[space]}:{name}"] = one.text
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_small(kind):
    assert len(render_pdf(issued(kind))) < 1_000_000
    assert len(render_docx(issued(kind))) < 1_000_000


def test_it_stays_small_with_a_whole_regency_in_the_annex():
    long = paper(DocumentKind.SK_PENETAPAN)
    long.facts["villages"] = VILLAGES * 200
    assert len(render_pdf(long)) < 1_000_000


def test_it_gives_the_same_bytes_for_the_same_letter():
    assert render_pdf(issued()) == render_pdf(issued())


@pytest.mark.parametrize("kind", KINDS)
def test_it_marks_every_page_of_a_draft(kind):
    for page in PdfReader(io.BytesIO(render_pdf(paper(kind)))).pages:
        assert "RANCANGAN" in page.extract_text()
    assert "RANCANGAN" not in text_of(render_pdf(issued(kind)))


def test_it_marks_every_page_of_an_example():
    for page in PdfReader(io.BytesIO(render_pdf(issued(DocumentKind.SK_PENETAPAN, example=True)))).pages:
        assert "CONTOH" in page.extract_text()


def test_it_leaves_number_and_date_of_a_draft_empty():
    words = compose(paper(DocumentKind.SK_PENETAPAN))
    assert set(words["nomor"]) == set(words["tanggal"]) == {"."}


def test_it_lists_village_kecamatan_and_money_source_only():
    assert set(annex(VILLAGES)[0]) == {"no", "desa", "kecamatan", "sumber_dana"}
    words = text_of(render_pdf(paper(DocumentKind.SK_PENETAPAN))).lower()
    assert "tanjung binga" in words
    for never in ("bahaya", "waspada", "siaga", "skor", "peringkat"):
        assert never not in words


def test_it_names_the_regency_where_there_are_several():
    two = [VILLAGES[0], {**VILLAGES[1], "regency": "Kabupaten Belitung Timur"}]
    assert annex(two, several_regencies=True)[1]["kecamatan"] == "Tanjungpandan, Kabupaten Belitung Timur"


def test_it_marks_the_law_nobody_has_told_us_as_a_blank():
    drafted = compose(paper(DocumentKind.SK_PENETAPAN))["mengingat"]
    assert drafted[-1]["isi"].startswith("[Isian")
    signed = issued(DocumentKind.SK_PENETAPAN, origin=Origin.NASKAH_BERTANDA_TANGAN)
    assert "[Isian" not in text_of(render_pdf(signed))


def test_it_puts_many_addressees_into_an_annex():
    many = paper()
    many.facts["addressees"] = [f"Camat {number}" for number in range(9)]
    made = PdfReader(io.BytesIO(render_pdf(many)))
    assert len(made.pages) == 2
    assert "Camat 8" in made.pages[1].extract_text()


def test_it_never_takes_a_name_for_a_command():
    odd = paper()
    odd.facts["addressees"] = ["#panic() *tebal* $x$ <label> @ref \\"]
    assert "#panic() *tebal*" in text_of(render_pdf(odd))


def test_it_carries_no_code_before_it_is_issued():
    assert not read_code(render_png(paper(), ppi=150)[0])
    assert "Periksa keaslian" not in text_of(render_pdf(paper()))


def read_code(png):
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    found, _corners, _straight = cv2.QRCodeDetectorAruco().detectAndDecode(picture)
    return found


@pytest.mark.parametrize("address", ["", "https://bersinar.bnnk-belitung.example.id/surat/periksa/"])
@pytest.mark.parametrize("kind", NUMBERED)
def test_its_printed_code_can_be_scanned_and_checked(kind, address):
    letter = issued(kind)
    if address:
        letter = replace(letter, code=code.behind(address, letter.code))
    text = next(filter(None, map(read_code, render_png(letter, ppi=200))))
    assert text.startswith(address)
    answer = code.check(text, {code.key_id(KEY.public_key()): KEY.public_key()})
    assert answer.verdict is code.Verdict.SAH
    assert answer.claims.content_sha256 == letter.content_sha256


def test_it_says_what_to_do_when_the_fonts_are_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(errors.FontsMissing, match="--setup"):
        render_pdf(paper())
