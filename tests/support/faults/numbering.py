"""Giving letters their numbers: no gap, no number twice, and the paper that goes with each."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

from tests.support.faults.work import Piece, expect
from tests.support.web import Web


class NumberWork:
    """One officer writes invitations of one meeting in ever new words and lets each be issued."""

    who = "p2m.khusus"
    # One meeting has one newest invitation; two people would only tell each other so.
    lanes = 1

    def __init__(self, web: Web) -> None:
        meetings = re.findall(r'href="/kegiatan/(\d+)/"', web.get("/kegiatan/").text)
        self._address = f"/kegiatan/{meetings[0]}/undangan/"
        page = web.get(self._address).text
        self._signer = re.findall(r'name="position" value="([^"]+)"', page)[0]
        self._sent = 0

    def next_piece(self, lane: int, web: Web) -> Piece:
        self._sent += 1
        purpose = f"Menyamakan rencana, naskah ke-{self._sent}."
        return Piece(purpose, {"token": web.page_token(self._address)})

    def send(self, piece: Piece, web: Web) -> None:
        if "letter" not in piece.facts:
            self._draft(piece, web)
        if "issue" not in piece.facts:
            page = web.get(f"/surat/{piece.facts['letter']}/").text
            piece.facts["on"] = re.findall(r'name="on" value="([^"]+)"', page)[0]
            piece.facts["issue"] = web.page_token(f"/surat/{piece.facts['letter']}/")
        sent = {"on": piece.facts["on"], "csrfmiddlewaretoken": piece.facts["issue"]}
        answer = web.post(f"/surat/{piece.facts['letter']}/terbitkan/", sent, follow=False)
        expect(answer.status == 302, f"issue: {answer.status} {answer.words}")

    def _draft(self, piece: Piece, web: Web) -> None:
        sent = {
            "position": self._signer,
            "purpose": piece.key,
            "csrfmiddlewaretoken": piece.facts["token"],
        }
        answer = web.post(self._address, sent, follow=False)
        expect(answer.status == 302, f"draft: {answer.status} {answer.words}")
        piece.facts["letter"] = re.findall(r'href="/surat/(\d+)/"', web.get(self._address).text)[0]

    def problems(
        self, database: sqlite3.Connection, acknowledged: list[Piece], *, unanswered: int
    ) -> list[str]:
        found = _series(database)
        issues = "SELECT letter_id, number, date FROM documents_issue"
        stored: dict[int, list[tuple[str, str]]] = {}
        for letter, number, on in database.execute(issues):
            stored.setdefault(letter, []).append((number, on))
        drawn = dict(database.execute("SELECT letter_id, text FROM documents_issuednumber"))
        for piece in acknowledged:
            letter = int(piece.facts["letter"])
            if stored.get(letter) != [(drawn.get(letter), piece.facts["on"])]:
                found.append(
                    f"acknowledged {piece.facts}, stored {stored.get(letter)}, drew {drawn.get(letter)}"
                )
        return found + _papers(database)


def _series(database: sqlite3.Connection) -> list[str]:
    """Every series counts from one without a gap, and each number stands on one issued letter."""
    found = []
    for series, following in database.execute("SELECT id, next FROM documents_numberseries").fetchall():
        query = "SELECT sequence FROM documents_issuednumber WHERE series_id = ? ORDER BY sequence"
        numbers = [row[0] for row in database.execute(query, [series])]
        if numbers != list(range(1, following)):
            found.append(f"series {series}: next is {following}, drawn are {numbers}")
    lonely = (
        "SELECT text FROM documents_issuednumber n LEFT JOIN documents_issue i ON i.letter_id = n.letter_id "
        "WHERE i.number IS NOT n.text"
    )
    return found + [f"a number without its letter: {text}" for (text,) in database.execute(lonely)]


def _papers(database: sqlite3.Connection) -> list[str]:
    """The bytes of every stored file are there and are those that were stored."""
    _number, _name, path = database.execute("PRAGMA database_list").fetchone()
    files = Path(path).parent / "files"
    found = []
    for (sha256,) in database.execute("SELECT DISTINCT sha256 FROM documents_storedfile"):
        kept = files / sha256[:2] / sha256
        if not kept.exists() or hashlib.sha256(kept.read_bytes()).hexdigest() != sha256:
            found.append(f"the file {sha256} is missing or damaged")
    return found
