"""The test of a person: the words open the last copy in a process of its own; nothing is replaced or written down."""

import threading

import pytest

from bersinar.upkeep.backup import drill, keys, making, places
from bersinar.upkeep.backup.errors import CopyDamaged, NoCopy, WrongWords
from bersinar.upkeep.backup.vocabulary import Reason
from tests.support.states import query


def finished():
    """The outcome, once the process of the test has ended."""
    for thread in threading.enumerate():
        if thread.name == "bersinar-drill":
            thread.join(240)
    return drill.last()


@pytest.fixture
def words(data):
    return " ".join(keys.unprinted_words())


def test_the_paper_opens_the_last_copy(data, words):
    copy = making.make(Reason.DAILY)
    before = {path: path.read_bytes() for path in data.rglob("*.sqlite3")}
    assert drill.start(words).name == copy.name
    result = finished()
    assert result.went_well and result.copy == copy.name and result.files == 40 and result.rows > 5000
    assert {path: path.read_bytes() for path in data.rglob("*.sqlite3")} == before
    secret = keys.recovery().secret.encode()
    for path in places.local().rglob("*"):
        assert not path.is_file() or (
            secret not in path.read_bytes() and words.encode() not in path.read_bytes()
        )


def test_another_paper_is_refused_before_anything_runs(data, words):
    making.make(Reason.DAILY)
    keys.renew()
    with pytest.raises(WrongWords):
        drill.start(" ".join(keys.unprinted_words()))
    assert drill.last() is None


def test_without_a_copy_there_is_nothing_to_test(data, words):
    with pytest.raises(NoCopy):
        drill.start(words)


def test_a_copy_that_rotted_is_told_by_its_code(data, words):
    copy = making.make(Reason.DAILY)
    path = copy.path / "main.age"
    content = path.read_bytes()
    path.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])
    with pytest.raises(CopyDamaged):
        drill.run(copy, keys.identity_of(words))
    assert drill.last().code == "backup.copy_damaged" and not drill.last().went_well
    assert query(data / "main.sqlite3", "SELECT count(*) FROM fieldwork_entry") == [(4576,)]
    assert not list(places.local().glob(f"{drill.SCRATCH}*"))
