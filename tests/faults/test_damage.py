"""Bytes that rot are found by the check, told in a sentence, and left as they are for whoever rescues them."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from bersinar.access import Level
from bersinar.documents import actions, store
from bersinar.documents.errors import FileDamaged
from bersinar.upkeep.doctor import databases, work
from bersinar.upkeep.doctor.findings import Mood
from tests.support.faults.counts import few_or

pytestmark = pytest.mark.server
PAGE = 4096


@pytest.mark.django_db
def test_every_rotten_file_is_found_and_the_others_are_handed_out(settings, tmp_path, actor_p2m, told):
    settings.BERSINAR_DATA = tmp_path
    number = few_or(100)
    kept = [
        actions.store_file(
            f"berkas {one}".encode() * 50,
            name=f"{one}.txt",
            content_type="text/plain",
            by=actor_p2m,
            level=Level.L1,
        )
        for one in range(number + 10)
    ]
    chance = random.Random(9)
    rotten = {file.sha256 for file in chance.sample(kept, number)}
    for sha256 in rotten:
        path = store.path_of(sha256)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
    [finding] = [one for one in work.files(deep=True) if one.mood is Mood.WARN]
    assert str(number) in finding.text
    for file in kept:
        if file.sha256 in rotten:
            with pytest.raises(FileDamaged):
                store.read(file.sha256)
        else:
            assert store.read(file.sha256)
    told(f"file rot: {number} of {number} found")


@pytest.mark.django_db(databases=["default", "audit"])
def test_every_damaged_page_is_found_and_stays_as_it_is(settings, tmp_path, own_folder, told):
    whole = tmp_path / "whole.sqlite3"
    with closing(sqlite3.connect(own_folder / "main.sqlite3")) as database:
        # Without free pages: what no table uses may rot unseen.
        database.execute("VACUUM INTO ?", [str(whole)])
    settings.BERSINAR_DATA = tmp_path
    times, chance = few_or(100), random.Random(10)
    path = tmp_path / "main.sqlite3"
    pages = whole.stat().st_size // PAGE
    for _time in range(times):
        shutil.copyfile(whole, path)
        with path.open("r+b") as file:
            file.seek(chance.randrange(pages) * PAGE)
            file.write(chance.randbytes(PAGE))
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        found = [one for one in databases.integrity(deep=True) if one.code == "doctor.database_damaged"]
        assert found and "bersinar restore" in found[0].todo
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    told(f"damaged pages: {times} of {times} found, the file untouched")
