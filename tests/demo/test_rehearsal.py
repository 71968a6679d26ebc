"""It copies an office's structure and nothing of its people or values, and shows on everything that it is practice."""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from bersinar.access import Role, Section
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.audit.models import Event
from bersinar.config import rehearsal as copy
from bersinar.demo.errors import NoOfficeToRehearse, NotARehearsal, RealOffice
from bersinar.demo.rehearsal import building, making, structure
from bersinar.documents import queries as documents
from bersinar.documents.actions import draft_letter, issue_letter
from bersinar.documents.actions.letters import set_number_pattern
from bersinar.documents.errors import PatternRefused
from bersinar.documents.models import IssuedNumber
from bersinar.documents.papers.pdf import render_pdf
from bersinar.documents.vocabulary import DocumentKind, Signatory
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.sheets import write_template
from bersinar.fieldwork.vocabulary import State
from bersinar.reporting import sheets
from bersinar.territory.models import Office
from bersinar.territory.queries import villages_of_office
from tests.support.crawl import reachable
from tests.support.people import person

pytestmark = pytest.mark.django_db
CANARY = "KENARI"


@pytest.fixture
def real_office(belitung, settings, tmp_path):
    """People and values of which nothing may go across."""
    settings.BERSINAR_DATA, settings.BERSINAR_DEMO = tmp_path, False
    people = [
        person(f"{CANARY}.p2m{k}", Role.STAF, Section.P2M, office=belitung, sees_enforcement=k == 1)
        for k in (1, 2)
    ]
    person(f"{CANARY}.kepala", Role.KEPALA, office=belitung)
    person(f"{CANARY}.lama", Role.ADMIN, office=belitung, is_active=False)
    person(f"{CANARY}.kades", Role.KADES, village=villages_of_office(belitung.pk)[3])
    User.objects.update(name=f"{CANARY} orang")
    round_ = fieldwork.open_round(year=2026, title=f"{CANARY} judul", by=people[0])
    fieldwork.enter_value(
        round_.pk,
        village_id=villages_of_office(belitung.pk)[0].pk,
        indicator="P3",
        reading=Reading(State.TERISI, 987654),
        based_on=None,
        by=people[0],
    )
    draft_letter(
        kind=DocumentKind.SURAT,
        facts={
            "addressees": [f"{CANARY} penerima"],
            "subject": f"{CANARY} hal",
            "paragraphs": [f"{CANARY} isi"],
        },
        signatory=Signatory("Kepala", f"{CANARY} pejabat"),
        by=people[0],
    )
    return belitung


@pytest.fixture
def practising(settings, tmp_path):
    """A folder that is a rehearsal copy of one office, with nothing in it yet."""
    office = structure.OfficeStructure(
        structure.OfficeKind.BNNK,
        "BNNK Belitung",
        "Tanjungpandan",
        ("19.02", "19.06"),
        (structure.Position(Role.STAF, Section.P2M, sees_enforcement=False, count=2),),
    )
    (tmp_path / copy.MARK).write_text(structure.to_text((office,)))
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = settings.BERSINAR_REHEARSAL = True
    return office


@pytest.fixture
def practised(practising, regions):
    building.build_if_absent(say=str)
    return Office.objects.unscoped("test").get()


@pytest.fixture
def trainee(practised):
    return actor_of(User.objects.get(username="p2m.khusus1"))


def strings(part):
    if isinstance(part, dict):
        return [text for value in part.values() for text in strings(value)]
    if isinstance(part, list):
        return [text for value in part for text in strings(value)]
    return [part] if isinstance(part, str) else []


# What goes across.


def test_only_published_words_and_counts_go_across(real_office, tmp_path):
    making.begin(structure.of_this_installation())
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir() and path.name == copy.FOLDER]
    assert [path.name for path in folder.iterdir()] == [copy.MARK]
    text = (folder / copy.MARK).read_text()
    published = {real_office.name, real_office.seat, real_office.kind, "19.02", "19.06", ""}
    assert set(strings(json.loads(text))) <= published | {*Role, *Section}
    assert CANARY not in text and "987654" not in text
    for user in User.objects.all():
        assert user.password not in text


def test_it_counts_positions_of_people_who_work_there_now(real_office):
    (office,) = structure.of_this_installation()
    assert {(one.role, one.section, one.sees_enforcement, one.count) for one in office.positions} == {
        (Role.STAF, Section.P2M, True, 1),
        (Role.STAF, Section.P2M, False, 1),
        (Role.KEPALA, None, False, 1),
    }


def test_what_is_written_is_read_again(real_office):
    offices = structure.of_this_installation()
    assert structure.from_text(structure.to_text(offices)) == offices


def test_it_only_reads_the_real_office(real_office):
    before = (
        Event.objects.unscoped("test").count(),
        User.objects.count(),
        Office.objects.unscoped("t").count(),
    )
    call_command("rehearsal", commit=True)
    after = Event.objects.unscoped("test").count(), User.objects.count(), Office.objects.unscoped("t").count()
    assert before == after


def test_a_dry_run_says_what_would_go_across_and_writes_nothing(real_office, tmp_path, capsys):
    before = sorted(tmp_path.rglob("*"))
    call_command("rehearsal")
    told = capsys.readouterr().out
    assert "BNNK Belitung" in told and "1 akun KEPALA" in told and CANARY not in told
    assert sorted(tmp_path.rglob("*")) == before


def test_without_an_office_there_is_nothing_to_copy(db):
    with pytest.raises(NoOfficeToRehearse):
        structure.of_this_installation()
    with pytest.raises(CommandError, match=r"demo\.no_office_to_rehearse"):
        call_command("rehearsal", commit=True)


# What the copy holds.


def test_its_office_and_people_say_that_it_is_practice(practised):
    assert practised.name == "LATIHAN BNNK Belitung"
    names = dict(User.objects.values_list("username", "name"))
    assert set(names) == {"p2m1", "p2m2", "p2m.khusus1", "kepala1", "kades1"}
    assert all(name.endswith("(latihan)") for name in names.values())


def test_its_passwords_are_its_own_and_for_this_account_of_the_computer_alone(practised, tmp_path):
    path = tmp_path / "akun-contoh.txt"
    assert path.stat().st_mode & 0o077 == 0
    password = re.search(r"^kepala1 +(\S+)", path.read_text(), re.MULTILINE)[1]
    assert User.objects.get(username="kepala1").check_password(password)


def test_its_values_are_invented_and_its_last_year_still_waits_for_answers(practised):
    made = Round.objects.unscoped("test").order_by("year")
    assert list(made.values_list("year", "is_example")) == [(2024, True), (2025, True), (2026, True)]
    entries = Entry.objects.unscoped("test")
    assert entries.count() == 88 * 13 * 3
    assert set(entries.values_list("imported__file_name", flat=True)) == {
        f"contoh-{year}-19.csv" for year in (2024, 2025, 2026)
    }
    waiting = entries.filter(round__year=2026, reason="DESA_BELUM_MENJAWAB").values("village").distinct()
    assert waiting.count() > 10


def test_building_it_again_changes_nothing(practised):
    before = Event.objects.unscoped("test").count()
    assert building.build_if_absent(say=str) == 0
    assert Event.objects.unscoped("test").count() == before


def test_a_kill_leaves_something_the_next_start_completes(practising, regions, monkeypatch):
    from bersinar.demo.synthesis import filling

    with monkeypatch.context() as patched:

        def dies(*args, **kwargs):
            raise KeyboardInterrupt

        patched.setattr(filling, "store", dies)
        with pytest.raises(KeyboardInterrupt):
            building.build_if_absent(say=str)
    people = set(User.objects.values_list("username", "password"))
    assert building.build_if_absent(say=str) == 1
    assert set(User.objects.values_list("username", "password")) == people
    assert Round.objects.unscoped("test").count() == 3


def test_nothing_is_built_into_a_folder_that_is_no_copy(real_office):
    with pytest.raises(NotARehearsal):
        building.build_if_absent(say=str)
    with pytest.raises(NotARehearsal):
        making.ask_anew()


def test_nothing_is_built_over_real_values_whatever_the_folder_says(real_office, practising):
    with pytest.raises(RealOffice):
        building.build_if_absent(say=str)


def test_a_copy_is_not_copied_again(practising):
    with pytest.raises(CommandError, match=r"demo\.already_a_rehearsal"):
        call_command("rehearsal", commit=True)


# How it shows.


@pytest.mark.parametrize("username", ["p2m.khusus1", "kades1"])
def test_every_page_wears_the_band_and_every_file_its_name(practised, client, username):
    client.force_login(User.objects.get(username=username))
    pages = files = 0
    for address in reachable(client, of_each_kind=1):
        answer = client.get(address.path)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            text = answer.content.decode()
            assert 'class="practice"' in text and "<title>LATIHAN" in text, address
            pages += 1
        elif "Content-Disposition" in answer.headers:
            assert "LATIHAN-" in answer.headers["Content-Disposition"], address
            files += 1
    assert (pages, files) >= ((15, 1) if username == "p2m.khusus1" else (2, 0))


def test_the_door_wears_the_band(practised, client):
    assert 'class="practice"' in client.get("/akun/masuk/").content.decode()


def test_errors_wear_the_band_too(practised, client, settings):
    client.raise_request_exception = False
    assert 'class="practice"' in client.get("/tidak/ada/").content.decode()
    settings.ALLOWED_HOSTS = []
    assert 'class="practice"' in client.get("/akun/masuk/").content.decode()


def test_a_real_office_shows_no_band_and_has_no_page_to_empty_anything(client_as):
    browser = client_as("actor_p2m")
    assert "LATIHAN" not in browser.get("/").content.decode()
    assert browser.get(reverse("demo:rehearsal")).status_code == 404
    assert browser.post(reverse("demo:rehearsal")).status_code == 404


def test_a_letter_says_latihan_across_every_page_and_has_no_real_number(trainee):
    letter = draft_letter(
        kind=DocumentKind.SURAT,
        facts={"addressees": ["Kepala Desa"], "subject": "Rapat", "paragraphs": ["Isi."]},
        signatory=Signatory("Kepala BNNK", "Nama Contoh"),
        by=trainee,
    )
    issue_letter(letter, by=trainee, on=date(2026, 1, 5))
    (drawn,) = IssuedNumber.objects.unscoped("test")
    assert drawn.text.startswith("CONTOH-1/LATIHAN BNNK Belitung/")
    paper = documents.paper_of_row(documents.letter_row(letter.pk, trainee))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(paper))).pages)
    assert paper.marks == "LATIHAN" and text.count("LATIHAN") >= 2


def test_its_series_takes_no_pattern_that_could_be_real(trainee):
    with pytest.raises(PatternRefused):
        set_number_pattern(DocumentKind.SURAT, year=2026, pattern="B/{nomor}/I/{tahun}/BNNK", by=trainee)


def test_the_sheet_to_fill_says_latihan(trainee):
    made = Round.objects.for_actor(trainee).first()
    book = load_workbook(io.BytesIO(write_template(made, trainee)))
    assert book["Isian"]["A3"].value.startswith("LATIHAN · DATA CONTOH")


def test_exported_tables_say_latihan(trainee, client):
    client.force_login(User.objects.get(username="p2m.khusus1"))
    answer = client.get(reverse("reporting:list_xlsx"))
    assert "LATIHAN-" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.worksheets[0]["A2"].value == f"LATIHAN · {sheets.EXAMPLE}"


def test_whoever_practises_may_ask_for_a_new_beginning(practised, client, tmp_path):
    client.force_login(User.objects.get(username="p2m1"))
    assert client.get(reverse("demo:rehearsal")).status_code == 200
    assert not (tmp_path / copy.ASKED_ANEW).exists()
    answer = client.post(reverse("demo:rehearsal"))
    assert answer.status_code == 200 and "mulai lagi" in answer.content.decode()
    assert (tmp_path / copy.ASKED_ANEW).exists()
