"""Saving cells of the grid, several people at once, each in boxes of their own."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid

from tests.support.faults.work import Piece, expect
from tests.support.web import Web

INDICATORS = ("P1", "P2")


class GridWork:
    """Every box is sent with its own key, as the script of the page does."""

    who = "p2m.khusus"
    lanes = 3

    def __init__(self, web: Web) -> None:
        found = re.findall(r'href="/data/putaran/(\d+)/"', web.get("/data/").text)
        self.round = max(int(pk) for pk in found)
        page = web.get(f"/data/putaran/{self.round}/isi/").text
        self._boxes = sorted(set(re.findall(r'name="v-(\d+)-(P1|P2)-(\d+)"', page)))
        expect(len(self._boxes) >= self.lanes, f"no boxes on the page: {page[:500]}")
        self._base = {(village, indicator): int(base) for village, indicator, base in self._boxes}
        self._sent = 0

    def next_piece(self, lane: int, web: Web) -> Piece:
        mine = self._boxes[lane :: self.lanes]
        self._sent += 1
        village, indicator, _base = mine[self._sent % len(mine)]
        # Never what stands there already: that would be no change, and nothing would be stored.
        text = str(1000 + self._sent)
        return Piece(uuid.uuid4().hex, {"village": village, "indicator": indicator, "text": text})

    def send(self, piece: Piece, web: Web) -> None:
        place = (piece.facts["village"], piece.facts["indicator"])
        box = f"v-{place[0]}-{place[1]}-{self._base[place]}"
        sent = {"box": box, "text": piece.facts["text"], "key": piece.key}
        answer = web.post(f"/data/putaran/{self.round}/sel/", sent, follow=False)
        expect(answer.status == 200, f"cell: {answer.status} {answer.words}")
        said = json.loads(answer.content)
        expect(said["text"] == piece.facts["text"], f"cell: sent {piece.facts}, told {said}")
        piece.facts["entry"] = self._base[place] = said["base"]

    def problems(
        self, database: sqlite3.Connection, acknowledged: list[Piece], *, unanswered: int
    ) -> list[str]:
        query = (
            "SELECT client_key, id, village_id, indicator, value FROM fieldwork_entry WHERE client_key <> ''"
        )
        stored: dict[str, list[tuple]] = {}
        for key, *row in database.execute(query):
            stored.setdefault(key, []).append(tuple(row))
        found = [f"stored twice: {key} {rows}" for key, rows in stored.items() if len(rows) > 1]
        for piece in acknowledged:
            facts = piece.facts
            meant = (facts["entry"], int(facts["village"]), facts["indicator"], int(facts["text"]))
            kept = stored.get(piece.key, [])
            if [(pk, village, name, int(value)) for pk, village, name, value in kept] != [meant]:
                found.append(f"acknowledged {meant}, stored {kept}")
        if len(stored) > len(acknowledged) + unanswered:
            found.append(f"{len(acknowledged)} acknowledged, {len(stored)} stored")
        return found
