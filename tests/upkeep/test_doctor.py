"""It names each trouble by its code and says what to do; a broken check keeps no other away; nothing is changed."""

import json
import re
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor
from bersinar.config import logs, storage
from bersinar.jobs.models import Job
from bersinar.upkeep import platform
from bersinar.upkeep.backup import places, standing
from bersinar.upkeep.doctor import databases, keeping, machine, visit, work
from bersinar.upkeep.doctor.findings import Mood
from tests.support.states import lay, query, store_file

Usage = namedtuple("Usage", "total used free")
GB = 1024**3


@pytest.fixture
def folder(tmp_path, settings):
    settings.BERSINAR_DATA = tmp_path
    return tmp_path


def codes(findings):
    return {finding.code: finding.mood for finding in findings}


def test_a_damaged_page_is_found_and_left_as_it_is(folder):
    lay(folder)
    path = folder / "main.sqlite3"
    with path.open("r+b") as file:
        file.seek(60 * 4096)
        file.write(b"\xff" * 4096)
    before = path.read_bytes()
    found = [databases._sqlite("main.sqlite3", "utama", deep=deep) for deep in (False, True)]
    assert {one.code for one in found} == {"doctor.database_damaged"}
    assert all("bersinar restore" in one.todo for one in found) and path.read_bytes() == before


def test_a_row_that_points_nowhere_is_found(folder):
    lay(folder)
    query(folder / "main.sqlite3", "UPDATE fieldwork_entry SET round_id = 987 WHERE id = 5")
    found = databases._sqlite("main.sqlite3", "utama", deep=False)
    assert found.mood is Mood.BAD and "fieldwork_entry -> fieldwork_round" in found.text


def test_a_whole_database_is_well_and_a_missing_one_is_not_begun_anew(folder):
    lay(folder)
    assert databases._sqlite("main.sqlite3", "utama", deep=True).mood is Mood.WELL
    (folder / "main.sqlite3").unlink()
    found = databases._sqlite("main.sqlite3", "utama", deep=False)
    assert found.code == "doctor.database_missing" and "jangan" in found.todo
    assert not (folder / "main.sqlite3").exists()


@pytest.mark.parametrize(
    "version, code",
    [
        ((3, 40, 1), "doctor.sqlite_wal_reset"),
        ((3, 51, 2), "doctor.sqlite_wal_reset"),
        ((3, 51, 3), "doctor.sqlite"),
    ],
)
def test_it_tells_what_the_version_of_sqlite_means(version, code):
    found = databases._sqlite_version(version)
    assert found.code == code and not found.is_trouble
    assert ("bergiliran" in found.text) is (code == "doctor.sqlite_wal_reset")


@pytest.mark.parametrize(
    "free, code", [(50 * GB, "doctor.disk"), (GB, "doctor.disk_low"), (GB // 4, "doctor.disk_full")]
)
def test_room_on_the_disk(folder, monkeypatch, free, code):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: Usage(100 * GB, 0, free))
    assert codes(machine.disk()) == {code: {"": 0, "_low": 2, "_full": 3}[code.removeprefix("doctor.disk")]}


def test_a_disk_that_failed_is_told_by_the_server_that_met_it(folder, monkeypatch):
    monkeypatch.setattr(storage, "has_failed", lambda: True)
    assert codes(machine.disk())["doctor.disk_failed"] is Mood.BAD


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ahead, code",
    [
        (timedelta(0), "doctor.clock"),
        (timedelta(hours=2), "doctor.clock_behind"),
        (timedelta(days=-500), "doctor.clock_ahead"),
    ],
)
def test_the_clock_is_compared_with_the_newest_record(folder, monkeypatch, ahead, code):
    now = timezone.now()
    monkeypatch.setattr("bersinar.audit.actions.timezone.now", lambda: now + ahead)
    audit.record(Actor.system("uji"), "test.happened")
    monkeypatch.undo()
    assert set(codes(machine.clock())) == {code}


def test_a_folder_in_the_cloud_or_on_the_network(folder, monkeypatch, settings, tmp_path):
    settings.BERSINAR_DATA = tmp_path / "OneDrive" / "data"
    settings.BERSINAR_DATA.mkdir(parents=True)
    assert codes(machine.folder()) == {"doctor.folder": Mood.BAD}
    settings.BERSINAR_DATA = tmp_path
    assert codes(machine.folder()) == {"doctor.folder": Mood.WELL}
    monkeypatch.setattr(platform, "file_system", lambda path: "nfs4")
    assert codes(machine.folder()) == {"doctor.folder": Mood.BAD}


@pytest.mark.skipif(platform.os.name == "nt", reason="Windows closes a user's folders by itself")
def test_a_key_that_others_can_read(folder):
    (folder / "keys").mkdir(mode=0o700)
    folder.chmod(0o700)
    (folder / "keys" / "letters.pem").touch(mode=0o600)
    assert codes(machine.rights()) == {"doctor.rights": Mood.WELL}
    (folder / "keys" / "letters.pem").chmod(0o644)
    found = list(machine.rights())
    assert codes(found) == {"doctor.rights": Mood.WARN} and "letters.pem" in found[0].text


@pytest.mark.parametrize("days, mood", [(1, Mood.WELL), (3, Mood.WARN), (9, Mood.BAD)])
def test_the_age_of_the_copies(folder, monkeypatch, days, mood):
    last = timezone.now() - timedelta(days=days)
    monkeypatch.setattr(standing, "look", lambda: standing.Standing(last, last, True, "abcd"))
    assert list(codes(keeping.backup()).values()) == [mood]


def test_the_second_place(folder, tmp_path_factory):
    assert codes(keeping.second_place()) == {"doctor.no_second_copy": Mood.WARN}
    stick = tmp_path_factory.mktemp("usb")
    places.choose_second(str(stick))
    assert codes(keeping.second_place()) == {"doctor.second_same_disk": Mood.WARN}
    shutil.rmtree(stick)
    assert codes(keeping.second_place()) == {"doctor.second_absent": Mood.WARN}


def test_a_key_that_nobody_printed(folder):
    assert codes(keeping.paper()) == {"doctor.recovery_key": Mood.WARN}


def job(number, **facts):
    return Job.objects.unscoped("a test").create(kind="a.test", key=f"1/{number}", payload={}, **facts)


@pytest.mark.django_db
def test_jobs_that_died_or_wait(folder):
    assert codes(work.jobs()) == {"doctor.jobs": Mood.WELL}
    job(1, state="GAGAL", error_code="fieldwork.refused", finished_at=timezone.now())
    assert codes(work.jobs()) == {"doctor.jobs": Mood.WELL}
    died = job(2, state="GAGAL", error_code="jobs.gave_up", finished_at=timezone.now())
    waiting = job(3)
    Job.objects.unscoped("a test").filter(pk=waiting.pk).update(
        created_at=timezone.now() - timedelta(hours=2)
    )
    found = list(work.jobs())
    assert codes(found) == {"doctor.jobs_died": Mood.WARN, "doctor.jobs_waiting": Mood.WARN}
    assert str(died.pk) in found[0].text


@pytest.mark.django_db
def test_an_upload_that_rotted(folder, belitung):
    from bersinar.documents.models import StoredFile

    content = b"foto"
    sha256 = store_file(folder, content)
    StoredFile.objects.create(
        office=belitung, sha256=sha256, size=4, name="a.jpg", content_type="image/jpeg", content_level=1
    )
    assert codes(work.files(deep=True)) == {"doctor.files": Mood.WELL}
    (folder / "files" / sha256[:2] / sha256).write_bytes(b"f0to")
    assert codes(work.files(deep=True)) == {"doctor.files_damaged": Mood.WARN}


def test_faults_of_the_last_day_by_their_codes(folder):
    assert codes(work.faults()) == {"doctor.log": Mood.WELL}
    (folder / logs.FOLDER).mkdir()
    lines = [
        {"at": timezone.now().isoformat(), "level": "ERROR", "code": "server_error.a1b2c3"},
        {
            "at": (timezone.now() - timedelta(days=2)).isoformat(),
            "level": "ERROR",
            "code": "server_error.old",
        },
        {"at": timezone.now().isoformat(), "level": "WARNING"},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (folder / logs.FOLDER / "bersinar-2026-11-25.log").write_text(text + '\n{"at": "cut')
    (found,) = work.faults()
    assert (
        found.code == "doctor.log_errors"
        and "1 kesalahan" in found.text
        and "server_error.a1b2c3" in found.text
    )


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_check_that_breaks_is_told_and_keeps_no_other_away(folder, monkeypatch):
    def broken():
        raise OSError(5, "rahasia")
        yield

    monkeypatch.setattr(machine, "disk", broken)
    found = visit.examine(deep=True)
    assert codes(found)["doctor.disk_unknown"] is Mood.BAD
    assert "rahasia" not in " ".join(one.text for one in found) and len(found) > 10
    assert found == sorted(found, key=lambda one: -one.mood)


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.parametrize("worst, status", [(Mood.BAD, 2), (Mood.WARN, 1), (Mood.NOTE, 0), (Mood.WELL, 0)])
def test_the_exit_status_is_that_of_the_worst(monkeypatch, capsys, worst, status):
    finding = machine.Finding("doctor.x", worst, "Sesuatu.", "Kerjakan.")
    monkeypatch.setattr(visit, "examine", lambda deep: [finding])
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == status and "Sesuatu. [doctor.x]" in capsys.readouterr().out


def test_every_code_of_the_doctor_stands_in_the_manual():
    product = Path(visit.__file__).parent
    manual = (product.parents[2] / "docs" / "operate" / "dokter.md").read_text(encoding="utf-8")
    said = {
        code for path in product.glob("*.py") for code in re.findall(r'"doctor\.(\w+)"', path.read_text())
    }
    well = {"database", "schema", "audit", "sqlite", "postgresql", "disk", "clock", "backup", "second_copy"}
    well |= {"jobs", "files", "log", "versions", "postgresql_old"}
    assert [code for code in sorted(said - well) if code not in manual] == []
