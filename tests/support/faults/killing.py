"""Kill a working server at random moments, start it again, and hold it to what it had acknowledged."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.support.faults.mortal import Mortal
from tests.support.faults.work import Answers, Lane, Piece, Work, reading
from tests.support.server import REPOSITORY, environment
from tests.support.web import Web


@dataclass(frozen=True, slots=True)
class Toll:
    """What a kill loop came to."""

    kind: str
    kills: int
    acknowledged: int
    repeated: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.kills} kills, {self.acknowledged} acknowledged, {self.repeated} sent again, "
            f"{self.seconds:.0f} s"
        )


def kill_again_and_again(
    folder: Path, make: Callable[[Web], Work], *, kills: int, seed: int, pieces: int, longest: float
) -> Toll:
    """Each kill comes after some of `pieces` answers and a moment of at most `longest` seconds, about one piece's time.

    Raises on the first broken promise.
    """
    chance = random.Random(seed)
    begun = time.monotonic()
    with Mortal(folder) as server:
        server.start()
        answers = Answers()
        work, lanes = people(server, make, answers)
        for number in range(kills):
            if number:
                server.start()
            stop = threading.Event()
            for lane in lanes:
                lane.begin(stop)
            answers.wait_for(chance.randint(0, pieces))
            # The moment of the kill is the experiment, not a wait for something to become true.
            time.sleep(chance.uniform(0, longest))
            server.kill()
            stop.set()
            for lane in lanes:
                lane.join()
            if number % 20 == 19:
                _settle(server, work, lanes)
        _settle(server, work, lanes)
    seconds = time.monotonic() - begun
    assert_whole(folder)
    done = sum(len(lane.acknowledged) for lane in lanes)
    return Toll(make.__name__, kills, done, sum(lane.repeated for lane in lanes), seconds)


def sign_in(server: Mortal, username: str) -> Web:
    web = Web(server.url)
    answer = web.sign_in(username, server.passwords()[username])
    assert answer.status == 200, answer.text
    assert "Keluar" in answer.text, answer.text
    return web


def people(server: Mortal, make: Callable[[Web], Work], answers: Answers) -> tuple[Work, list[Lane]]:
    first = sign_in(server, make.who)  # type: ignore[attr-defined]  # a class, or something that looks like one
    work = make(first)
    webs = [first, *(sign_in(server, work.who) for _ in range(work.lanes - 1))]
    return work, [Lane(number, work, web, answers) for number, web in enumerate(webs)]


def _settle(server: Mortal, work: Work, lanes: list[Lane]) -> None:
    """Everybody gets an answer; then the stored rows are compared with what was said. The server is ended by a kill."""
    server.start()
    for lane in lanes:
        lane.finish()
    acknowledged: list[Piece] = [piece for lane in lanes for piece in lane.acknowledged]
    with reading(server.folder) as database:
        problems = work.problems(database, acknowledged, unanswered=0) + damage(database)
    assert not problems, "\n".join(problems[:10])
    server.kill()


def damage(database: sqlite3.Connection) -> list[str]:
    said = [row[0] for row in database.execute("PRAGMA integrity_check")]
    orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    return [f"integrity: {line}" for line in said if line != "ok"] + [f"orphan: {row}" for row in orphans]


def assert_whole(folder: Path) -> None:
    """The two stores of the audit tell the same story without a gap."""
    command = [sys.executable, "-m", "bersinar", "audit", "verify"]
    env = {**environment(), "BERSINAR_DATA": str(folder)}
    told = subprocess.run(command, cwd=REPOSITORY, env=env, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
