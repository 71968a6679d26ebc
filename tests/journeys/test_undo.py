"""What can be undone is undone from the page where it was done, and what was used meanwhile says so."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bersinar.accounts.models import User
from bersinar.demo.story import collecting
from bersinar.fieldwork import queries
from bersinar.fieldwork.models import Round
from bersinar.territory.queries import villages_of_office
from tests.support.reader import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def officer(actor_p2m_cleared):
    return Reader(User.objects.get(pk=actor_p2m_cleared.user_id))


@pytest.fixture
def round_page(officer):
    officer.open("/data/putaran/buka/").press("Buka putaran", year="2023", title=collecting.TITLE)
    return officer.path


@pytest.fixture
def codes(belitung):
    return list(villages_of_office(belitung.pk).values_list("code", flat=True))


def bring(officer, round_page, value, codes):
    """A file in which every village has this number of cases."""
    empty = officer.open(f"{round_page}templat/").content
    sheet = collecting.filled(empty, {code: {"P1": value} for code in codes})
    officer.open(f"{round_page}unggah/").press("Unggah", file=SimpleUploadedFile("isian.xlsx", sheet))
    page = officer.path
    officer.press("Simpan")
    return page


def undo(officer):
    """Press the button in the message of what just happened."""
    address = re.search(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*?Urungkan', officer.html, re.DOTALL)
    assert address, "the message has no button to undo"
    return officer.client.post(address[1], follow=True)


def cases(actor):
    round_ = Round.objects.unscoped("test").get()
    return set(queries.indicator_table(round_.pk, actor).values[:, 0].tolist())


def test_a_file_just_stored_is_taken_back_whole(officer, round_page, codes, actor_p2m_cleared):
    bring(officer, round_page, 3, codes)
    bring(officer, round_page, 8, codes)
    assert cases(actor_p2m_cleared) == {8}
    assert undo(officer).status_code == 200
    assert cases(actor_p2m_cleared) == {3}


def test_a_run_made_from_values_taken_back_says_so_and_stays(officer, round_page, codes):
    page = bring(officer, round_page, 3, codes)
    officer.open("/peta/hitung/").press("Hitung")
    run = officer.path
    assert "88" in officer.html and "yang ditarik" not in officer.html
    officer.open(page).press("Tarik data berkas ini", reason="Salah putaran")
    officer.open(run)
    assert "88" in officer.html and "dibuat dari data yang ditarik" in officer.html
