"""A copy counts only after it was opened again; then it brings everything back, and nothing in it can be read."""

import shutil

from bersinar.upkeep.backup import copies, keys, making, places, restoring
from bersinar.upkeep.backup.vocabulary import Reason
from tests.support.states import query, store_file


def words():
    return " ".join(keys.unprinted_words())


def everything(folder):
    """What must come back, byte for byte or row for row."""
    files = {path.name: path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()}
    rows = {
        name: query(folder / f"{name}.sqlite3", f"SELECT * FROM {table} ORDER BY 1")
        for name, table in (("main", "fieldwork_entry"), ("audit", "audit_sealedevent"))
    }
    return files, rows, (folder / "keys" / "letters.pem").read_text(), (folder / "secret_key").read_text()


def test_what_was_there_comes_back_and_the_old_folder_stays(data):
    before = everything(data)
    copy = making.make(Reason.ASKED)
    secret = keys.identity_of(words())
    shutil.rmtree(data / "files")
    query(data / "main.sqlite3", "DELETE FROM fieldwork_entry")
    found = restoring.restore(copy, secret, data)
    assert everything(data) == before
    assert found.files == 40 and found.rows > 5000 and not found.lost_files
    # Moved aside, not overwritten; and the copies go along with the office.
    assert query(found.aside / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry") == [(0,)]
    assert copies.last_verified(places.local()).name == copy.name
    assert query(data / "main.sqlite3", "SELECT count(*) FROM django_session") == [(0,)]


def test_nothing_plain_is_left_in_the_place_of_copies(data):
    store_file(data, b"PENANDA-RAHASIA " * 50)
    query(data / "main.sqlite3", "UPDATE accounts_user SET name = 'PENANDA-RAHASIA'")
    copy = making.make(Reason.ASKED)
    found = [path for path in places.local().rglob("*") if path.is_file()]
    assert len(found) > 45
    for path in found:
        content = path.read_bytes()
        assert b"PENANDA-RAHASIA" not in content and b"kunci surat" not in content, path
        assert not content.startswith((b"SQLite", b"x\x01")), path
    assert not any(char in copy.path.joinpath(copies.COPY).read_text() for char in ("Belitung", "BNNK"))
