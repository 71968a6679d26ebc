"""It lets one server use a data folder, and refuses folders where a database would be damaged."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bersinar.upkeep import platform

REPOSITORY = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys; from pathlib import Path; from bersinar.upkeep.platform import InstanceLock\n"
    "with InstanceLock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def other(tmp_path):
    """Another server that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_refuses_a_second_server_with_a_sentence(other, tmp_path):
    with pytest.raises(platform.AlreadyRunning, match=f"sudah berjalan .*proses {other.pid}"):
        platform.InstanceLock(tmp_path).__enter__()


def test_is_free_again_after_the_first_server_was_killed(other, tmp_path):
    other.kill()
    other.wait()
    with platform.InstanceLock(tmp_path):
        pass


def test_is_free_again_after_an_orderly_end(tmp_path):
    for _time in range(2):
        with platform.InstanceLock(tmp_path):
            pass


@pytest.mark.parametrize("name", ["OneDrive - BNNK", "Dropbox", "Google Drive"])
def test_refuses_a_folder_that_is_synchronised(tmp_path, name):
    folder = tmp_path / name / "bersinar"
    folder.mkdir(parents=True)
    with pytest.raises(platform.FolderRefused, match="disinkronkan"):
        platform.InstanceLock(folder).__enter__()


def test_refuses_a_folder_on_the_network(tmp_path, monkeypatch):
    monkeypatch.setattr(platform, "file_system", lambda folder: "nfs4")
    with pytest.raises(platform.FolderRefused, match="jaringan"):
        platform.InstanceLock(tmp_path).__enter__()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells its mounts")
def test_knows_the_file_system_of_a_folder():
    assert platform.file_system(Path("/proc/self")) == "proc"


def test_opens_no_browser_where_nobody_sits(monkeypatch):
    monkeypatch.setattr(platform.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not platform.open_browser_possible()
    monkeypatch.setenv("DISPLAY", ":0")
    assert platform.open_browser_possible()


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows closes a user's folders by itself")
def test_closes_to_others_what_an_earlier_version_left_open(tmp_path):
    folder = tmp_path / "data"
    for part in (
        "files/ab/abcd",
        "keys/kunci",
        "main.sqlite3",
        "main.sqlite3-wal",
        "audit.sqlite3",
        "catatan.txt",
    ):
        path = folder / part
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o644)
    elsewhere = tmp_path / "lain"
    elsewhere.touch(0o644)
    (folder / "files" / "tautan").symlink_to(elsewhere)
    folder.chmod(0o755)

    platform.close_to_others(folder)

    assert mode_of(folder) == mode_of(folder / "files" / "ab") == 0o700
    for part in ("files/ab/abcd", "keys/kunci", "main.sqlite3", "main.sqlite3-wal", "audit.sqlite3"):
        assert mode_of(folder / part) == 0o600
    # Not ours: somebody else's file in the folder, and what a link leads to.
    assert mode_of(folder / "catatan.txt") == mode_of(elsewhere) == 0o644
