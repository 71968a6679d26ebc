"""Everything deleted, one USB stick and one paper left: one command brings the office back."""

import shutil

import pytest

from tests.support.states import lay, query, store_file
from tests.support.versions import bersinar

pytestmark = pytest.mark.server
WORDS = "from bersinar.upkeep.backup import keys; print(' '.join(keys.unprinted_words()))"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def test_a_stolen_computer(tmp_path, stick):
    office = lay(tmp_path / "data")
    store_file(office, b"satu foto")
    assert bersinar(office, "start", "--setup").returncode == 0
    assert bersinar(office, "backup", "second", str(stick)).returncode == 0
    made = bersinar(office, "backup", "now")
    assert made.returncode == 0, made.stderr
    words = bersinar(office, "shell", "-v0", "-c", WORDS).stdout
    assert bersinar(office, "backup", "check").returncode == 0
    shutil.rmtree(office)

    new = tmp_path / "komputer-baru" / "data"
    new.parent.mkdir()
    wrong = bersinar(new, "restore", str(stick), given="abandon " * 24)
    assert "[backup.wrong_words]" in wrong.stderr and not (new / "main.sqlite3").exists()
    done = bersinar(new, "restore", str(stick), given=words)
    assert done.returncode == 0, done.stderr
    assert "harus masuk lagi" in done.stdout
    assert query(new / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry") == [(4576,)]
    started = bersinar(new, "start", "--setup")
    assert started.returncode == 0, started.stderr
    # The audit tells of it, its chain holds, and the key on paper goes on.
    verbs = query(new / "main.sqlite3", "SELECT verb FROM audit_event WHERE verb = 'upkeep.restored'")
    assert verbs == [("upkeep.restored",)]
    assert bersinar(new, "audit", "verify").returncode == 0
    doctor = bersinar(new, "doctor").stdout
    assert "Kunci pemulihan ada di kertas" in doctor
    assert bersinar(new, "backup", "now").returncode == 0
    again = bersinar(new, "restore", "--test", given=words)
    assert again.returncode == 0 and "Tidak ada yang diubah" in again.stdout, again.stderr


def test_a_restore_waits_until_the_server_is_closed(tmp_path):
    from bersinar.upkeep.platform import InstanceLock

    office = lay(tmp_path / "data")
    assert bersinar(office, "backup", "now").returncode == 0
    words = bersinar(office, "shell", "-v0", "-c", WORDS).stdout
    with InstanceLock(office):
        refused = bersinar(office, "restore", given=words)
    assert refused.returncode == 3 and "sudah berjalan" in refused.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("data")] == ["data"]
