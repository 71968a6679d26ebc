"""Folders in which a database would be torn apart are refused in a sentence that says what to do."""

from pathlib import Path

import pytest

from bersinar.upkeep import platform


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - BNN",
        "Dropbox (Kantor)",
        "Google Drive",
        "My Drive",
        "iCloudDrive",
        "Nextcloud",
    ],
)
def test_a_folder_of_a_sync_program_is_refused_by_its_name(tmp_path, name):
    folder = tmp_path / name / "bersinar"
    folder.mkdir(parents=True)
    refusal = platform.unsuitable(folder)
    assert refusal is not None and "disinkronkan" in refusal and "--data" in refusal


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder", ".tmp.drivedownload"])
def test_a_folder_under_a_sync_programs_mark_is_refused(tmp_path, mark):
    (tmp_path / mark).mkdir()
    folder = tmp_path / "kantor" / "bersinar"
    folder.mkdir(parents=True)
    assert "disinkronkan" in (platform.unsuitable(folder) or "")


def test_a_folder_that_onedrive_names_as_its_own_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "Dokumen" / "bersinar"
    folder.mkdir(parents=True)
    assert platform.unsuitable(folder) is None
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert "disinkronkan" in (platform.unsuitable(folder) or "")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "vboxsf"])
def test_a_disk_of_another_machine_is_refused(tmp_path, kind):
    refusal = platform.unsuitable(tmp_path, kind=kind)
    assert refusal is not None and "di jaringan" in refusal


def test_a_folder_of_this_computer_is_taken():
    assert platform.unsuitable(Path("/")) is None
