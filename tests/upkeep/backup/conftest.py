"""A data folder as an office has it: the stored databases of 0.1.0, files, and keys."""

import pytest

from tests.support.states import lay, store_file


@pytest.fixture
def data(tmp_path, settings):
    """A folder of its own with 40 files and a letter key."""
    folder = lay(tmp_path / "kantor")
    settings.BERSINAR_DATA = folder
    (folder / "secret_key").write_text("kunci-sesi")
    (folder / "keys").mkdir()
    (folder / "keys" / "letters.pem").write_text("kunci surat")
    for number in range(40):
        store_file(folder, f"berkas {number} ".encode() * 200)
    return folder
