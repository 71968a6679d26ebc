"""The clock of the PC jumps by a day, to and fro: nobody is signed out, nothing changes its order, nothing is early."""

from __future__ import annotations

import re
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support import machine
from tests.support.faults.grid import GridWork
from tests.support.faults.killing import assert_whole, damage, sign_in
from tests.support.faults.mortal import Mortal
from tests.support.faults.numbering import NumberWork
from tests.support.faults.work import reading

COMPILER = machine.compiler()
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(COMPILER is None, reason="gcc tidak ada (apt install g++)"),
]
SOURCE = Path(__file__).resolve().parents[1] / "support" / "faults" / "clock.c"
DAY = 86_400
# Twenty jumps of a day both ways; the sum of them is where the clock stands, so some reach several days.
JUMPS = (1, -1, -1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, -1, 1, -1, -1, 1, -1, 1)


def test_twenty_jumps_end_no_session_and_reorder_nothing(own_folder, tmp_path, told):
    offset, library = tmp_path / "offset", tmp_path / "clock.so"
    offset.write_text("0")
    # Not libfaketime: it also answers sleeping and waiting anew, and they then return at once or never.
    subprocess.run([str(COMPILER), "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)], check=True)
    faked = {"LD_PRELOAD": str(library), "FAULTS_CLOCK": str(offset)}
    with Mortal(own_folder, **faked) as server:
        server.start()
        people = [sign_in(server, who) for who in ("p2m.khusus", "kepala", "admin")]
        grid, letters = GridWork(people[0]), NumberWork(people[0])
        kept, issued, stands = [], [], 0
        for jump in JUMPS:
            stands += jump
            offset.write_text(str(stands * DAY))
            for web in people:
                page = web.get("/")
                assert page.path == "/" and "Keluar" in page.text, page.url
            piece = grid.next_piece(0, people[0])
            grid.send(piece, people[0])
            kept.append(piece)
            assert_the_clock_stands(own_folder, stands)
            piece = letters.next_piece(0, people[0])
            letters.send(piece, people[0])
            issued.append(piece)
        assert letters_as_listed(people[0])[: len(JUMPS)] == [
            piece.facts["letter"] for piece in reversed(issued)
        ]
        assert_signing_in_works(server)
        with reading(own_folder) as database:
            problems = damage(database)
            problems += grid.problems(database, kept, unanswered=0)
            problems += letters.problems(database, issued, unanswered=0)
            early = database.execute(
                "SELECT count(*) FROM jobs_job WHERE state = 'GAGAL' OR attempts > 1"
            ).fetchone()[0]
        assert not problems and not early, problems
        server.stop()
    assert_whole(own_folder)
    told(f"clock: {len(JUMPS)} jumps of a day, 0 sessions ended, 0 rows in another order, 0 jobs early")


def assert_the_clock_stands(folder: Path, days: int) -> None:
    """The server itself believes the jump: what it stored last carries that day."""
    with reading(folder) as database:
        (at,) = database.execute("SELECT entered_at FROM fieldwork_entry ORDER BY id DESC LIMIT 1").fetchone()
    there = datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
    assert abs(there - (time.time() + days * DAY)) < DAY / 2, at


def letters_as_listed(web) -> list[str]:
    """The numbers of the letters, from the top of the list down."""
    return list(dict.fromkeys(re.findall(r'href="/surat/(\d+)/"', web.get("/surat/").text)))


def assert_signing_in_works(server: Mortal) -> None:
    """A wrong password before the jump closes no name for a day after it."""
    sign_in(server, "p2m")
