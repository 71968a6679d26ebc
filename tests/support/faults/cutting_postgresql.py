"""Kill PostgreSQL and cut its connections under people at work, and hold the product to what it had acknowledged."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.support.faults.grid import GridWork
from tests.support.faults.killing import Toll
from tests.support.faults.numbering import NumberWork
from tests.support.faults.work import Answers, Lane, Piece, Work
from tests.support.moved import Moved
from tests.support.server import Server
from tests.support.web import Answer, Web

_PATIENCE = 60
_OUT_OF_REACH = 503


class PatientWeb(Web):
    """A person whose answer "the database is out of reach" is no answer: the same is sent again."""

    def _send(self, *arguments: Any, **more: Any) -> Answer:
        answer = super()._send(*arguments, **more)
        if answer.status == _OUT_OF_REACH:
            raise ConnectionError(answer.text[:200])
        return answer


def cut_again_and_again(moved: Moved, servers: list[Server], *, cuts: int, seed: int) -> Toll:
    """People at every server save cells, one issues letters; in turn PostgreSQL dies, one session dies, all are cut."""
    chance = random.Random(seed)
    begun = time.monotonic()
    faults = [moved.kill, moved.kill_one_session, moved.cut]
    answers = Answers()
    works = _people(servers, answers)
    lanes = [lane for _work, mine in works for lane in mine]
    for number in range(cuts):
        stop = threading.Event()
        for lane in lanes:
            lane.begin(stop)
        answers.wait_for(chance.randint(0, 12))
        # The moment of the cut is the experiment, not a wait for something to become true.
        time.sleep(chance.uniform(0, 0.1))
        faults[number % len(faults)]()
        moved.start()
        stop.set()
        for lane in lanes:
            lane.join()
        if number % 20 == 19:
            _settle(moved, works)
    _settle(moved, works)
    done = sum(len(lane.acknowledged) for lane in lanes)
    again = sum(lane.repeated for lane in lanes)
    return Toll("PostgreSQL cut or killed", cuts, done, again, time.monotonic() - begun)


def _people(servers: list[Server], answers: Answers) -> list[tuple[Work, list[Lane]]]:
    """Each person saves in boxes of one's own, whichever server answers."""
    webs = [_sign_in(server) for server in servers]
    grid = GridWork(webs[0])
    cells = [Lane(number, grid, webs[number % len(webs)], answers) for number in range(grid.lanes)]
    office = _sign_in(servers[-1])
    letters = NumberWork(office)
    return [(grid, cells), (letters, [Lane(0, letters, office, answers)])]


def _sign_in(server: Server) -> PatientWeb:
    web = PatientWeb(server.url)
    answer = web.sign_in(GridWork.who, server.passwords()[GridWork.who])
    assert "Keluar" in answer.text, answer.text
    return web


def _settle(moved: Moved, works: list[tuple[Work, list[Lane]]]) -> None:
    """Everybody gets an answer; then the stored rows are compared with what was said."""
    found: list[str] = []
    for work, lanes in works:
        for lane in lanes:
            _until_answered(lane)
        acknowledged = [piece for lane in lanes for piece in lane.acknowledged]
        found += _PROBLEMS[type(work)](moved, acknowledged)
    assert not found, "\n".join(found[:10])


def _until_answered(lane: Lane) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lane.finish()
        except OSError:
            if time.monotonic() > until:
                raise
        else:
            return


def _cells(moved: Moved, acknowledged: list[Piece]) -> list[str]:
    stored: dict[str, list[tuple[Any, ...]]] = {}
    query = "SELECT client_key, id, village_id, indicator, value FROM fieldwork_entry WHERE client_key <> ''"
    for key, *row in moved.rows(query):
        stored.setdefault(key, []).append(tuple(row))
    found = [f"stored twice: {key} {rows}" for key, rows in stored.items() if len(rows) > 1]
    for piece in acknowledged:
        facts = piece.facts
        meant = (facts["entry"], int(facts["village"]), facts["indicator"], int(facts["text"]))
        if stored.get(piece.key) != [meant]:
            found.append(f"acknowledged {meant}, stored {stored.get(piece.key)}")
    if len(stored) != len(acknowledged):
        found.append(f"{len(acknowledged)} cells acknowledged, {len(stored)} stored")
    return found


def _letters(moved: Moved, acknowledged: list[Piece]) -> list[str]:
    found = []
    for series, following in moved.rows("SELECT id, next FROM documents_numberseries"):
        query = "SELECT sequence FROM documents_issuednumber WHERE series_id = %s ORDER BY sequence"
        drawn = [row[0] for row in moved.rows(query, series)]
        if drawn != list(range(1, following)):
            found.append(f"series {series}: next is {following}, drawn are {drawn}")
    numbers = dict(moved.rows("SELECT letter_id, text FROM documents_issuednumber"))
    issued: dict[int, list[str]] = {}
    for letter, number in moved.rows("SELECT letter_id, number FROM documents_issue"):
        issued.setdefault(letter, []).append(number)
    for piece in acknowledged:
        letter = int(piece.facts["letter"])
        if letter not in numbers or issued.get(letter) != [numbers[letter]]:
            found.append(
                f"acknowledged letter {letter}, drew {numbers.get(letter)}, issued {issued.get(letter)}"
            )
    return found


_PROBLEMS: dict[type, Callable[[Moved, list[Piece]], list[str]]] = {GridWork: _cells, NumberWork: _letters}
