"""Deciding the year's villages: each decision replaces the one before it and has the key of its page."""

from __future__ import annotations

import re
import sqlite3
import uuid

from tests.support.faults.work import Piece, expect
from tests.support.web import Web

YEAR = 2023


class DecisionWork:
    """One head decides; of two who decide at once the second is told, so there is one lane."""

    who = "kepala"
    lanes = 1

    def __init__(self, web: Web) -> None:
        page = web.get(f"/sasaran/{YEAR}/tetapkan/").text
        fields = dict(re.findall(r'name="(run|revision|replaces)" value="(\d+)"', page))
        expect(len(fields) == 3, page)
        self._fields, self._stands = fields, int(fields["replaces"])
        self._sent = 0

    def next_piece(self, lane: int, web: Web) -> Piece:
        self._sent += 1
        reason = f"Diperiksa ulang ke-{self._sent}."
        return Piece(str(uuid.uuid4()), {"replaces": self._stands, "reason": reason})

    def send(self, piece: Piece, web: Web) -> None:
        sent = {
            **self._fields,
            "replaces": str(piece.facts["replaces"]),
            "reason": piece.facts["reason"],
            "client_key": piece.key,
        }
        answer = web.post(f"/sasaran/{YEAR}/tetapkan/", sent, follow=False)
        found = re.fullmatch(r"/sasaran/putusan/(\d+)/", answer.location)
        expect(answer.status == 302 and found is not None, f"decide: {answer.status} {answer.words}")
        assert found is not None
        piece.facts["decision"] = self._stands = int(found[1])

    def problems(
        self, database: sqlite3.Connection, acknowledged: list[Piece], *, unanswered: int
    ) -> list[str]:
        query = (
            "SELECT d.id, d.client_key, d.number, d.supersedes_id, d.superseding_reason, count(c.id) "
            "FROM targeting_decision d LEFT JOIN targeting_choice c ON c.decision_id = d.id "
            "WHERE d.year = ? GROUP BY d.id ORDER BY d.number"
        )
        rows = database.execute(query, [YEAR]).fetchall()
        found = []
        if [row[2] for row in rows] != list(range(1, len(rows) + 1)):
            found.append(f"numbers with a gap or twice: {[row[2] for row in rows]}")
        if [row[3] for row in rows[1:]] != [row[0] for row in rows[:-1]]:
            found.append("a decision does not replace the one before it")
        found += [f"decision {row[0]} has {row[5]} villages" for row in rows if row[5] != rows[0][5]]
        stored = {row[1]: (row[0], row[3], row[4]) for row in rows}
        for piece in acknowledged:
            meant = tuple(piece.facts[name] for name in ("decision", "replaces", "reason"))
            if stored.get(piece.key) != meant:
                found.append(f"acknowledged {meant}, stored {stored.get(piece.key)}")
        if not 0 <= len(rows) - 1 - len(acknowledged) <= unanswered:
            found.append(f"{len(acknowledged)} acknowledged, {len(rows)} stored")
        return found
