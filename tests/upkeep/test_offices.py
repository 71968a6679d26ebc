"""It opens a real office with its first administrator, after a dry run, and never in a demo folder."""

import io

import pytest
from django.core.management import CommandError, call_command

from bersinar.access import Role
from bersinar.accounts.models import User
from bersinar.audit.models import Event
from bersinar.territory.models import Office

pytestmark = pytest.mark.django_db
WORDS = ["--kind", "BNNK", "--name", "BNNK Belitung", "--seat", "Tanjungpandan", "--admin", "budi"]
AREAS = ["--prefix", "19.02", "--prefix", "19.06"]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path, monkeypatch):
    settings.BERSINAR_DATA = tmp_path
    settings.BERSINAR_DEMO = False
    # Nobody sits there: the password is drawn.
    monkeypatch.setattr("sys.stdin", io.StringIO())


def run(*words):
    out = io.StringIO()
    call_command("open_office", *words, stdout=out)
    return out.getvalue()


def test_it_only_tries_without_commit(regions):
    text = run(*WORDS, *AREAS)
    assert "Kabupaten Belitung Timur" in text and "Belum ada yang disimpan" in text
    assert not User.objects.exists() and not Office.objects.unscoped("test").exists()


def test_it_opens_office_and_administrator_with_a_password_shown_once(regions):
    text = run(*WORDS, *AREAS, "--commit")
    user = User.objects.get()
    password = next(line for line in text.splitlines() if "sekali" in line).rsplit(" ", 1)[1]
    assert user.check_password(password) and user.role == Role.ADMIN
    assert user.office.name == "BNNK Belitung"
    assert Event.objects.unscoped("test").filter(verb="upkeep.office_opened").count() == 1


def test_the_administrator_can_log_in(regions, client):
    text = run(*WORDS, *AREAS, "--commit")
    password = next(line for line in text.splitlines() if "sekali" in line).rsplit(" ", 1)[1]
    assert client.login(username="budi", password=password)


def test_it_refuses_a_second_administrator(regions):
    run(*WORDS, *AREAS, "--commit")
    with pytest.raises(CommandError, match="sudah punya administrator"):
        run(*WORDS[:-1], "siti", *AREAS, "--commit")


def test_it_refuses_a_name_that_is_taken(regions):
    run(*WORDS, *AREAS, "--commit")
    with pytest.raises(CommandError, match="sudah dipakai"):
        run("--kind", "BNNK", "--name", "BNNK Bangka", "--prefix", "19.01", "--admin", "budi")


@pytest.mark.parametrize("prefix", ["19", "19.99", "19.02.01", "Belitung"])
def test_it_refuses_regions_a_bnnk_cannot_serve(regions, prefix):
    with pytest.raises(CommandError, match="tidak cocok"):
        run(*WORDS, "--prefix", prefix)


def test_it_refuses_an_office_that_serves_nothing(regions):
    with pytest.raises(CommandError, match="tidak cocok"):
        run(*WORDS)


def test_it_refuses_a_demo_folder(regions, settings):
    settings.BERSINAR_DEMO = True
    with pytest.raises(CommandError, match="contoh"):
        run(*WORDS, *AREAS, "--commit")
    assert not User.objects.exists()


def test_it_refuses_a_folder_without_regions():
    with pytest.raises(CommandError, match="start --setup"):
        run(*WORDS, *AREAS)
