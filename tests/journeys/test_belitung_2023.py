"""The year 2023 of BNNK Belitung, page by page, from the empty template to the list that is sent upward.

Which villages were chosen, and the days, are facts of the press; every value is generated.
"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from bersinar.accounts.models import User
from bersinar.audit import queries as audit
from bersinar.audit.actions import seal
from bersinar.demo.story import collecting, sources
from bersinar.territory.queries import villages_of_office
from tests.support.reader import Reader

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)
CHOSEN = (sources.TANJUNG_BINGA, sources.DUKONG)
REASON = "Disebut pers sebagai sasaran 2023."
EXCEPTION = "Sasaran mengikuti berita; nilainya rekaan."


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path


@pytest.fixture
def officer(actor_p2m_cleared):
    return Reader(User.objects.get(pk=actor_p2m_cleared.user_id))


@pytest.fixture
def head(actor_head):
    return Reader(User.objects.get(pk=actor_head.user_id))


@pytest.fixture
def chosen(belitung):
    """Code to number of the two villages."""
    return dict(villages_of_office(belitung.pk).filter(code__in=CHOSEN).values_list("code", "pk"))


def test_the_year_from_the_first_sheet_to_the_list(officer, head, belitung, chosen):
    collect(officer, belitung)
    run = map_and_release(officer, head)
    choose(officer, head, chosen, run)
    decree(officer)
    years = enrol(officer)
    meet(officer, years)
    launch(officer, years)
    report(officer)
    seal()
    assert not audit.verify().problems


def collect(officer, belitung):
    officer.open("/data/putaran/buka/").press("Buka putaran", year="2023", title=collecting.TITLE)
    round_page = officer.path
    empty = officer.open(f"{round_page}templat/").content
    sheet = collecting.filled(empty, collecting.answers(belitung.pk, 2023))
    officer.open(f"{round_page}unggah/").press("Unggah", file=SimpleUploadedFile("isian.xlsx", sheet))
    assert "/data/berkas/" in officer.path
    officer.press("Simpan")
    assert "disimpan" in officer.html
    officer.open(round_page)
    assert "88" in officer.html


def map_and_release(officer, head):
    officer.open("/peta/hitung/").press("Hitung")
    run = officer.path
    # The published line alone: a village that does not reach it stays open, never Aman.
    assert "sementara" in officer.html.casefold() and "Belum dapat ditentukan" in officer.html
    head.open(f"{run}rilis/").press("Rilis")
    assert "dirilis" in head.html.casefold()
    return run


def choose(officer, head, chosen, run):
    for pk in chosen.values():
        officer.client.post("/sasaran/2023/pilih/", {"tambah": pk})
    officer.open("/sasaran/2023/usulan/")
    texts = {f"reason_{pk}": REASON for pk in chosen.values()}
    texts |= {f"override_{pk}": EXCEPTION for pk in chosen.values()}
    officer.press("Simpan", **texts, passed_over_reason=EXCEPTION)
    assert officer.client.get("/sasaran/2023/tetapkan/").status_code == 403
    head.open("/sasaran/2023/tetapkan/").press("Tetapkan")
    assert "/sasaran/putusan/" in head.path
    assert "Tanjung Binga" in head.html and "Dukong" in head.html and REASON in head.html


def decree(officer):
    officer.open("/sasaran/?tahun=2023").open(link(officer, "/sasaran/putusan/"))
    officer.press("SK")
    letter = link(officer, "/surat/")
    pdf = officer.open(f"{letter}surat.pdf").content
    assert pdf.startswith(b"%PDF")
    officer.open(letter).press("Simpan nomor", number="188.45/12/KEP/2023", date="2023-10-26")
    assert "188.45/12/KEP/2023" in officer.html


def enrol(officer):
    officer.open("/desa-bersinar/daftarkan/?tahun=2023")
    officer.press("Daftarkan 2 desa")
    officer.open("/desa-bersinar/?tahun=2023")
    assert "Tanjung Binga" in officer.html and "Dukong" in officer.html
    from bersinar.programme.models import ProgrammeYear

    rows = ProgrammeYear.objects.unscoped("test").values_list("village__code", "pk")
    return dict(rows)


def meet(officer, years):
    officer.open("/kegiatan/rencana/?tahun=2023").press(
        "Simpan rencana",
        title="Rapat Koordinasi Desa Bersinar 2023",
        on="2023-02-13",
        start="09:00",
        end="12:00",
        place="Ruang rapat",
        years=[str(pk) for pk in years.values()],
    )
    meeting = officer.path
    officer.open(f"{meeting}undangan/").press("Buat undangan")
    assert officer.open(f"{meeting}undangan.ics").content.startswith(b"BEGIN:VCALENDAR")
    officer.open(f"{meeting}hadir/")
    seats = [name for name in officer.form("Simpan kehadiran").fields if name.startswith("hadir:KADES:")]
    assert len(seats) == 2
    answers = {}
    for seat in seats:
        answers |= {seat: "on", seat.replace("hadir:", "nama:"): "Orang Rekaan"}
    officer.press("Simpan kehadiran", **answers)
    officer.open(meeting).press(
        "Tambah janji",
        element="KADES",
        village=str(years[sources.TANJUNG_BINGA]),
        promised_by="Orang Rekaan",
        what="Menyediakan ruang posko",
        due_date="2023-05-31",
    )
    assert "Menyediakan ruang posko" in officer.open(meeting).html
    officer.open(f"{meeting}notulen/").press("Simpan dan selesai", text="Komitmen unsur desa diminta.")
    officer.open(f"{meeting}sahkan/").press("Sahkan", years=[str(pk) for pk in years.values()])
    officer.open("/kegiatan/janji/?tahun=2023")
    assert "Menyediakan ruang posko" in officer.html and "lewat" in officer.html


def launch(officer, years):
    year = f"/desa-bersinar/{years[sources.TANJUNG_BINGA]}/"
    officer.open(f"{year}PENCANANGAN/catat/").press("Catat", on="2023-10-26", exception="SK menyusul.")
    assert "26 Oktober 2023" in officer.open(year).html
    officer.open(f"/desa/{sources.TANJUNG_BINGA}/")
    assert "26 Oktober 2023" in officer.html


def report(officer):
    officer.open("/laporan/?tahun=2023")
    assert "Tanjung Binga" in officer.html
    sheet = load_workbook(io.BytesIO(officer.open("/laporan/desa-bersinar.xlsx?tahun=2023").content)).active
    text = "\n".join(" ".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(values_only=True))
    line = next(line for line in text.splitlines() if "Tanjung Binga" in line)
    assert "Sijuk" in line and "2023" in line
    assert not any(word in text for word in ("Bahaya", "Waspada", "Siaga"))


def link(reader, start):
    """The first link of a page that begins like this."""
    import re

    found = re.search(rf'href="({re.escape(start)}\d+/)"', reader.html)
    assert found, f"no link to {start} on {reader.path}"
    return found[1]
