"""Taking over files: a file that was not answered is sent again, and its rows are stored once."""

from __future__ import annotations

import io
import re
import sqlite3

from openpyxl import load_workbook

from bersinar.demo.story.collecting import filled
from tests.support.faults.work import Piece, expect
from tests.support.web import Web

# Values of the next file always differ from those of the file before it.
_FILES = 4


class ImportWork:
    """Upload, look at the page, store. Each of the steps may be the one that dies."""

    who = "p2m.khusus"
    lanes = 1

    def __init__(self, web: Web) -> None:
        found = re.findall(r'href="/data/putaran/(\d+)/"', web.get("/data/").text)
        self.round = max(int(pk) for pk in found)
        empty = web.get(f"/data/putaran/{self.round}/templat/").content
        rows = load_workbook(io.BytesIO(empty))["Isian"].iter_rows(min_row=5, max_col=1, values_only=True)
        codes = [str(code) for (code,) in rows if code]
        self._contents = [
            filled(empty, {code: {"P1": 40 + number, "P2": 60 + number} for code in codes})
            for number in range(_FILES)
        ]
        self._cells = 2 * len(codes)
        self._sent = 0

    def next_piece(self, lane: int, web: Web) -> Piece:
        self._sent += 1
        return Piece(f"berkas-{self._sent}.xlsx", {"content": self._sent % _FILES})

    def send(self, piece: Piece, web: Web) -> None:
        if "import" not in piece.facts:
            self._upload(piece, web)
        answer = web.post(f"/data/berkas/{piece.facts['import']}/simpan/", {}, follow=False)
        stored = answer.status == 302 and answer.location == f"/data/berkas/{piece.facts['import']}/"
        expect(stored, f"apply: {answer.status} {answer.location} {answer.words}")

    def _upload(self, piece: Piece, web: Web) -> None:
        address = f"/data/putaran/{self.round}/unggah/"
        if "token" not in piece.facts:
            piece.facts["token"] = web.page_token(address)
        content = self._contents[piece.facts["content"]]
        sent = {"csrfmiddlewaretoken": piece.facts["token"]}
        answer = web.post(address, sent, file=("file", piece.key, content), follow=False)
        found = re.fullmatch(r"/data/berkas/(\d+)/", answer.location)
        expect(answer.status == 302 and found is not None, f"upload: {answer.status} {answer.words}")
        assert found is not None
        piece.facts["import"] = int(found[1])

    def problems(
        self, database: sqlite3.Connection, acknowledged: list[Piece], *, unanswered: int
    ) -> list[str]:
        query = (
            "SELECT i.file_name, i.id, i.state, count(e.id), count(DISTINCT e.village_id || e.indicator) "
            "FROM fieldwork_import i LEFT JOIN fieldwork_entry e ON e.imported_id = i.id "
            "WHERE i.file_name LIKE 'berkas-%' GROUP BY i.id"
        )
        found, stored = [], {}
        for name, pk, state, cells, different in database.execute(query):
            if name in stored:
                found.append(f"{name} was received twice")
            stored[name] = pk
            if cells not in (0, self._cells) or cells != different:
                found.append(f"{name}: {cells} cells, {different} different, of {self._cells}")
            if (state == "DITERAPKAN") != (cells == self._cells):
                found.append(f"{name} is {state} with {cells} cells")
        for piece in acknowledged:
            if stored.get(piece.key) != piece.facts["import"]:
                found.append(f"{piece.key} was acknowledged as {piece.facts['import']}")
        whole = database.execute(
            "SELECT count(*) FROM fieldwork_import WHERE file_name LIKE 'berkas-%' AND state = 'DITERAPKAN'"
        ).fetchone()[0]
        if not 0 <= whole - len(acknowledged) <= unanswered:
            found.append(f"{len(acknowledged)} acknowledged, {whole} stored")
        return found
