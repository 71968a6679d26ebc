"""It builds the demo in a demo folder only, chapter by chapter, and goes on where it was killed."""

import pytest

from bersinar.accounts.models import User
from bersinar.audit.models import Event
from bersinar.demo import actions
from bersinar.demo.errors import NotADemoFolder
from bersinar.demo.story import Chapter
from bersinar.fieldwork.models import Round

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a kill looks like from inside: nothing catches it."""


@pytest.fixture(autouse=True)
def demo_folder(settings, tmp_path, regions):
    settings.BERSINAR_DEMO = True
    settings.BERSINAR_DATA = tmp_path


def opens_a_round(stage):
    from bersinar.fieldwork.actions import open_round

    open_round(year=2021, title="Contoh", by=stage.officer)


def told():
    return [
        event.facts["chapter"] for event in Event.objects.unscoped("test").filter(verb="demo.chapter_told")
    ]


def test_it_refuses_a_folder_of_a_real_office(settings):
    settings.BERSINAR_DEMO = False
    with pytest.raises(NotADemoFolder):
        actions.build_if_absent(say=print)
    assert not User.objects.exists()


def test_a_kill_in_a_chapter_leaves_none_of_it_and_the_next_start_tells_it(monkeypatch):
    deaths = [Killed]

    def dies_once(stage):
        opens_a_round(stage)
        if deaths:
            raise deaths.pop()

    chapters = (Chapter("a", "satu", lambda stage: None), Chapter("b", "dua", dies_once))
    monkeypatch.setattr(actions, "CHAPTERS", chapters)
    with pytest.raises(Killed):
        actions.build_if_absent(say=print)
    assert told() == ["a"] and not Round.objects.unscoped("test").exists()
    assert actions.build_if_absent(say=print) == 1
    assert told() == ["a", "b"] and Round.objects.unscoped("test").count() == 1


def test_passwords_written_before_a_kill_are_the_ones_that_open_the_accounts(monkeypatch, tmp_path):
    monkeypatch.setattr(actions, "CHAPTERS", (Chapter("a", "satu", lambda stage: None),))
    path = tmp_path / "akun-contoh.txt"
    path.write_text("kepala   kata-yang-sudah-ditulis-11   kepala unit\n")
    actions.build_if_absent(say=print)
    assert User.objects.get(username="kepala").check_password("kata-yang-sudah-ditulis-11")
    assert path.stat().st_mode & 0o077 == 0


def test_two_folders_have_different_passwords(monkeypatch, settings, tmp_path):
    from bersinar.demo.story.people import _passwords

    first = _passwords()
    settings.BERSINAR_DATA = tmp_path / "another"
    settings.BERSINAR_DATA.mkdir()
    assert _passwords() != first
