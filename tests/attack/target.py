"""The server under attack: the Belitung demo, a person logged in, and what may not change while it is attacked."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from pathlib import Path

from tests.support.server import Server
from tests.support.web import Answer, Web

PERSON = "p2m.khusus"
_PATIENCE = 60
# Rows that a refused file must not add to.
TABLES = (
    "fieldwork_entry",
    "territory_boundary",
    "documents_lettertemplate",
    "documents_letter",
    "accounts_user",
)


class Target:
    def __init__(self, folder: Path) -> None:
        self.server = Server(folder).start()
        try:
            self.web = self.sign_in()
            links = re.findall(r'href="/data/putaran/(\d+)/"', self.web.get("/data/").text)
        except BaseException:
            self.server.kill()
            raise
        self.round = max(map(int, links))

    def sign_in(self) -> Web:
        web = Web(self.server.url)
        answer = web.sign_in(PERSON, self.server.passwords()[PERSON])
        assert answer.status == 200 and "Keluar" in answer.text
        return web

    def cookies(self) -> str:
        """The cookies of somebody logged in, as a header writes them."""
        return "; ".join(f"{one.name}={one.value}" for one in self.web._jar)

    def send(self, path: str, content: bytes, name: str, **fields: str) -> Answer:
        """A file over the page's form, and the page that tells what became of it."""
        answer = self.web.post(path, fields, file=("file", name, content))
        until = time.monotonic() + _PATIENCE
        while "Halaman ini boleh ditutup" in answer.text:
            assert time.monotonic() < until, answer.path
            time.sleep(0.2)
            answer = self.web.get(answer.path)
        result = re.search(r'href="([^"]+)">Lihat hasil', answer.text)
        return self.web.get(result[1]) if result else answer

    def rows(self) -> dict[str, int]:
        """How many rows each table has that holds the office's work."""
        with contextlib.closing(sqlite3.connect(self.server.folder / "main.sqlite3")) as database:
            named = {
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
            return {
                name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in TABLES
                if name in named
            }

    def memory_mb(self) -> int:
        """What the process that answers has needed at most since the last `forget_memory`."""
        status = Path(f"/proc/{self.server.worker_pid()}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024

    def forget_memory(self) -> None:
        Path(f"/proc/{self.server.worker_pid()}/clear_refs").write_text("5")
