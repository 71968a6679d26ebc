"""A rehearsal copy opens by its own name alone, leaves the office's settings behind, and begins anew on request."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from bersinar import cli
from bersinar.config import rehearsal as copy
from bersinar.upkeep import rehearsal
from bersinar.upkeep.backup import rest
from tests.support.server import REPOSITORY, Server, environment

TOLD = """
import django
django.setup()
from django.conf import settings as s
print(s.BERSINAR_REHEARSAL, s.BERSINAR_DEMO, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DATABASES["default"]["NAME"])
"""


@pytest.fixture
def marked(tmp_path):
    (tmp_path / copy.MARK).write_text('{"offices": []}')
    return tmp_path


def settings_of(folder, **more):
    env = {
        **environment(),
        "BERSINAR_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "bersinar.config.settings",
    }
    command = [sys.executable, "-c", TOLD]
    return subprocess.run(
        command, cwd=REPOSITORY, env={**env, **more}, capture_output=True, text=True, check=False
    )


def test_the_folder_s_mark_decides_and_no_setting_can_undo_it(marked):
    told = settings_of(marked, BERSINAR_DEMO="0").stdout.split()
    assert told == ["True", "True", "latihan_sessionid", "latihan_csrftoken", str(marked / "main.sqlite3")]


def test_a_real_folder_has_the_usual_cookies_also_with_a_copy_inside(tmp_path):
    (tmp_path / copy.FOLDER).mkdir()
    (tmp_path / copy.FOLDER / copy.MARK).write_text("{}")
    assert settings_of(tmp_path).stdout.split()[:4] == ["False", "False", "sessionid", "csrftoken"]


def test_a_copy_refuses_the_office_s_postgresql(marked):
    refused = settings_of(marked, BERSINAR_DATABASE_URL="postgresql://kantor@127.0.0.1/kantor")
    assert refused.returncode and "hanya memakai basis data di foldernya sendiri" in refused.stderr


def test_entering_leaves_every_setting_of_the_office_behind(tmp_path, monkeypatch):
    folder = copy.folder_of(tmp_path)
    folder.mkdir()
    (folder / copy.MARK).write_text("{}")
    monkeypatch.setenv("BERSINAR_DATA", str(tmp_path))
    monkeypatch.setenv("BERSINAR_DATABASE_URL", "postgresql://kantor@127.0.0.1/kantor")
    monkeypatch.setenv("BERSINAR_PUBLIC_URL", "https://kantor.example")
    assert rehearsal.enter(tmp_path, renew=False) == 0
    ours = {name: value for name, value in os.environ.items() if name.startswith("BERSINAR_")}
    assert ours == {"BERSINAR_DATA": str(folder)}


def test_a_copy_opens_by_its_own_name_alone(marked, tmp_path_factory):
    real = tmp_path_factory.mktemp("kantor")
    assert "bersinar start --rehearsal" in rehearsal.refusal(marked, wanted=False)
    assert rehearsal.refusal(real, wanted=True)
    assert rehearsal.refusal(marked, wanted=True) is None
    assert rehearsal.refusal(real, wanted=False) is None


@pytest.mark.parametrize("words", [["--demo"], []])
def test_start_does_not_open_a_copy_by_mistake(marked, words):
    env = {**environment(), "BERSINAR_DATA": str(marked)}
    command = [sys.executable, "-m", "bersinar", "start", "--setup", *words]
    refused = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "salinan latihan" in refused.stderr
    assert not (marked / "main.sqlite3").exists()


def test_start_empties_nothing_without_the_word_for_practice(tmp_path):
    (tmp_path / "main.sqlite3").write_bytes(b"kantor")
    env = {**environment(), "BERSINAR_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "bersinar", "start", "--setup", "--reset"]
    refused = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "tidak pernah dikosongkan" in refused.stderr
    assert (tmp_path / "main.sqlite3").read_bytes() == b"kantor"


def test_emptying_keeps_the_mark_and_refuses_every_other_folder(marked, tmp_path_factory):
    outside = tmp_path_factory.mktemp("luar")
    (outside / "surat.pdf").touch()
    (marked / "files").mkdir()
    (marked / "files" / "a").touch()
    (marked / "main.sqlite3").touch()
    (marked / "tautan").symlink_to(outside)
    copy.empty(marked)
    assert [part.name for part in marked.iterdir()] == [copy.MARK]
    with pytest.raises(ValueError, match="not a rehearsal copy"):
        copy.empty(outside)
    assert (outside / "surat.pdf").exists()


def test_it_begins_anew_only_when_somebody_asked(marked):
    (marked / "main.sqlite3").touch()
    assert not rehearsal.began_anew(marked)
    (marked / copy.ASKED_ANEW).touch()
    assert rehearsal.began_anew(marked)
    assert not (marked / "main.sqlite3").exists() and not (marked / copy.ASKED_ANEW).exists()


def test_a_real_folder_never_begins_anew(tmp_path):
    (tmp_path / copy.ASKED_ANEW).touch()
    (tmp_path / "main.sqlite3").touch()
    assert not rehearsal.began_anew(tmp_path)
    assert (tmp_path / "main.sqlite3").exists()


def test_it_may_be_begun_while_the_office_is_open():
    assert not cli.writes(["rehearsal", "--commit"])


def test_a_backup_of_a_copy_comes_back_as_a_copy(marked, tmp_path_factory):
    back = tmp_path_factory.mktemp("kembali")
    packed = back / "rest.tar"
    rest.pack(marked, packed)
    rest.unpack(packed, back)
    assert copy.is_rehearsal(back)


class Practice(Server):
    """The rehearsal copy of a real office, started as a person starts it."""

    def command(self):
        return [*super().command(), "--rehearsal"]


def sign_in(server, username, password):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(server.url + "/akun/masuk/").read().decode()
    fields = {"csrfmiddlewaretoken": token_of(page), "username": username, "password": password}
    browser.addheaders = [("Referer", server.url)]
    browser.open(server.url + "/akun/masuk/", urlencode(fields).encode())
    return browser


def token_of(page):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


@pytest.mark.server
def test_an_office_practises_and_begins_anew_by_the_button(tmp_path):
    def bersinar(*words):
        env = {**environment(), "BERSINAR_DATA": str(tmp_path)}
        subprocess.run([sys.executable, "-m", "bersinar", *words], cwd=REPOSITORY, env=env, check=True)

    bersinar("migrate", "--verbosity=0")
    bersinar("migrate", "--verbosity=0", "--database=audit")
    bersinar("regions", "--province=19", "--commit")
    office = ["--kind", "BNNK", "--name", "BNNK Belitung", "--prefix", "19.02", "--admin", "adminku"]
    bersinar("open-office", *office, "--admin-name", "Nama Rahasia", "--commit")
    before = (tmp_path / "main.sqlite3").read_bytes()
    server = Practice(tmp_path, demo=False).start()
    inside = copy.folder_of(tmp_path)
    try:
        first = passwords(inside)
        browser = sign_in(server, "kepala1", first["kepala1"])
        home = browser.open(server.url + "/").read().decode()
        assert "LATIHAN BNNK Belitung" in home and "Nama Rahasia" not in home
        page = browser.open(server.url + "/latihan/").read().decode()
        fields = urlencode({"csrfmiddlewaretoken": token_of(page)}).encode()
        assert "mulai lagi" in browser.open(server.url + "/latihan/", fields).read().decode()
        second = new_passwords(inside, first)
        until_answering(server)
        assert sign_in(server, "kepala1", second["kepala1"]).open(server.url + "/latihan/").status == 200
    finally:
        server.stop()
    assert (tmp_path / "main.sqlite3").read_bytes() == before
    assert json.loads((inside / copy.MARK).read_text())["offices"][0]["name"] == "BNNK Belitung"
    with sqlite3.connect(inside / "main.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM accounts_user")]
    assert names and all(name.endswith("(latihan)") for name in names)


def passwords(folder):
    """Nothing while the copy is being emptied."""
    try:
        rows = (folder / "akun-contoh.txt").read_text().splitlines()[2:]
    except FileNotFoundError:
        return {}
    return {row.split()[0]: row.split()[1] for row in rows}


def new_passwords(folder, old):
    """Once the copy has been emptied and its people stand there again."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        if (drawn := passwords(folder)) and drawn != old:
            return drawn
        time.sleep(0.1)
    raise AssertionError("the copy did not begin anew")


def until_answering(server):
    until = time.monotonic() + 180
    while not server.answers():
        assert time.monotonic() < until, server.log()
        time.sleep(0.1)
