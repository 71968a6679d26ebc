"""It shows the head one year on one sheet: numbers, decision, letters that wait, stages and what is overdue."""

from datetime import date

import pytest
from django.urls import reverse

from bersinar.documents import actions as documents
from bersinar.documents.vocabulary import DocumentKind, Signatory
from bersinar.reporting.queries import years as queries

pytestmark = pytest.mark.django_db
YEAR = reverse("reporting:year", args=[2023])


def test_it_gathers_the_year(text_of, released, formed, promise):
    promise("Papan nama", kept=True)
    promise("Spanduk", due_date=date(2023, 3, 1))
    page = text_of("actor_head", YEAR)
    assert "Tahap setiap desa" in page and "Tanjung Binga" in page and "1 janji lewat" in page
    assert "Spanduk" in page and "1 Maret 2023" in page and "Papan nama" not in page
    assert "Belum ada putusan untuk tahun ini." in page
    assert "88 desa menurut kategori" in page
    assert "data-print" in page


def test_it_lists_the_letters_nobody_signed_yet(text_of, formed, actor_p2m):
    draft = documents.draft_letter(
        DocumentKind.SURAT,
        about=formed.rakor,
        facts={"subject": "Perihal uji", "addressees": ["Camat Sijuk"], "paragraphs": ["Isi."]},
        signatory=Signatory("Kepala BNNK Belitung"),
        by=actor_p2m,
    )
    page = text_of("actor_head", YEAR)
    waiting = page[page.index("Surat menunggu") :]
    assert reverse("documents:letter", args=[draft.pk]) in waiting
    assert "Kepala BNNK Belitung" in waiting


def test_a_village_of_an_earlier_year_stays_in_guidance(formed, actor_head):
    found = queries.year_at_a_glance(2024, actor_head, on=date(2024, 3, 1))
    assert [one.row.is_guidance for one in found.villages] == [True, True]
    assert not any(one.silent for one in found.villages)
    assert found.years == (2024, 2023)


def test_an_empty_year_teaches_the_next_step(text_of, belitung):
    assert "Belum ada yang tercatat untuk tahun ini" in text_of("actor_head", YEAR)


@pytest.mark.parametrize("year", [1, 1999, 2101, 99999])
def test_a_year_that_cannot_be_meant_is_not_there(text_of, belitung, year):
    text_of("actor_head", reverse("reporting:year", args=[year]), status=404)


@pytest.mark.parametrize("who", ["actor_rehab", "actor_admin", "actor_kades", "actor_enforcement"])
def test_it_is_closed_to_those_who_do_not_read_the_programme(text_of, belitung, who):
    text_of(who, YEAR, status=403)


def test_it_shows_nothing_of_another_office(text_of, released, formed):
    page = text_of("actor_elsewhere", YEAR)
    assert "Tanjung Binga" not in page and "menurut kategori" not in page
