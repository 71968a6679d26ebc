"""Who works during the soak, over HTTP as in a browser; everybody keeps what was said and how long it took."""

from __future__ import annotations

import io
import random
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from openpyxl import load_workbook

from tests.support.moved import bersinar
from tests.support.server import Server
from tests.support.web import Answer, Web

WHO = "p2m.khusus"
EDITORS = 10
# Between one box and the next: people read the paper form meanwhile.
THINKS = (0.5, 1.5)
_STEP = threading.Event()  # never set: a wait that can be told apart from a sleep in a profile


@dataclass(slots=True)
class Record:
    """What one kind of work came to."""

    seconds: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def keep(self, seconds: float, said: str) -> None:
        self.seconds.append(seconds)
        self.said[said] += 1


@dataclass(slots=True)
class Office:
    """The page of the round that everybody works on."""

    round: int
    boxes: list[tuple[str, str, int]]


def sign_in(server: Server) -> Web:
    web = Web(server.url)
    answer = web.sign_in(WHO, server.passwords()[WHO])
    if "Keluar" not in answer.text:
        raise RuntimeError("not signed in")
    return web


def look_around(web: Web) -> Office:
    found = [int(pk) for pk in re.findall(r'href="/data/putaran/(\d+)/"', web.get("/data/").text)]
    page = web.get(f"/data/putaran/{max(found)}/isi/").text
    boxes = re.findall(r'name="v-(\d+)-(P1|P2)-(\d+)"', page)
    return Office(max(found), [(village, name, int(base)) for village, name, base in sorted(set(boxes))])


def edit(web: Web, office: Office, number: int, stop: threading.Event, record: Record) -> None:
    """One person, boxes of one's own, one box after the other."""
    chance = random.Random(number)
    mine = office.boxes[number::EDITORS]
    base = {(village, name): entry for village, name, entry in mine}
    text = 1000 * (number + 1)
    while not stop.is_set():
        village, name, _entry = chance.choice(mine)
        text += 1
        box = f"v-{village}-{name}-{base[village, name]}"
        sent = {"box": box, "text": str(text), "key": uuid.uuid4().hex}
        begun = time.perf_counter()
        answer = web.post(f"/data/putaran/{office.round}/sel/", sent, follow=False)
        record.keep(time.perf_counter() - begun, _told(answer, 200))
        if answer.status == 200:
            base[village, name] = int(re.findall(rb'"base": (\d+)', answer.content)[0])
        stop.wait(chance.uniform(*THINKS))


def bring_files(web: Web, office: Office, stop: threading.Event, record: Record) -> None:
    """One file after the other, of columns nobody types; from choosing it to the page that says it is stored."""
    from bersinar.demo.story.collecting import filled  # needs Django, which is set up by now

    empty = web.get(f"/data/putaran/{office.round}/templat/").content
    rows = load_workbook(io.BytesIO(empty))["Isian"].iter_rows(min_row=5, max_col=1, values_only=True)
    codes = [str(code) for (code,) in rows if code]
    number = 0
    while not stop.is_set():
        number += 1
        content = filled(empty, {code: {"D1": 3 + number % 7, "D2": 5 + number % 9} for code in codes})
        begun = time.perf_counter()
        address = f"/data/putaran/{office.round}/unggah/"
        answer = web.post(address, {}, file=("file", f"soak-{number}.xlsx", content), follow=False)
        place = re.fullmatch(r"/data/berkas/(\d+)/", answer.location)
        if answer.status == 302 and place:
            _wait_for(web, answer.location, stop, "simpan/")
            answer = web.post(f"{answer.location}simpan/", {}, follow=False)
        record.keep(time.perf_counter() - begun, _told(answer, 302))
        stop.wait(2)


def calculate(web: Web, office: Office, stop: threading.Event, record: Record) -> None:
    """The map of what has come in so far, again and again."""
    page = web.get(f"/peta/hitung/?putaran={office.round}").text
    rule = re.findall(r'name="rule" value="([^"]+)"', page)[0]
    while not stop.is_set():
        begun = time.perf_counter()
        answer = web.post("/peta/hitung/", {"round": str(office.round), "rule": rule}, follow=False)
        record.keep(time.perf_counter() - begun, _told(answer, 302))
        stop.wait(2)


def look(server: Server, stop: threading.Event, record: Record) -> None:
    """A page without a word from the database: what the machine itself takes, to hold the other figures against."""
    web = Web(server.url)
    while not stop.is_set():
        begun = time.perf_counter()
        answer = web.get("/akun/masuk/")
        record.keep(time.perf_counter() - begun, _told(answer, 200))
        stop.wait(1)


def copy(server: Server, stop: threading.Event, record: Record) -> None:
    """`bersinar backup now` beside the server, as the daily copy is made."""
    while not stop.is_set():
        begun = time.perf_counter()
        done = bersinar("backup", "now", folder=server.folder)
        said = "stored" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1]
        record.keep(time.perf_counter() - begun, said)
        stop.wait(5)


def _told(answer: Answer, wanted: int) -> str:
    return "stored" if answer.status == wanted else f"{answer.status} {_sentence(answer)}"


def _sentence(answer: Answer) -> str:
    found = re.search(r'"error": "([^"]+)"', answer.text) or re.search(
        r"<h1[^>]*>(.*?)</h1>", answer.text, re.S
    )
    return " ".join(found[1].split())[:120] if found else ""


def _wait_for(web: Web, address: str, stop: threading.Event, sign: str) -> None:
    """Until the page offers the next step; large files are read in the background."""
    until = time.monotonic() + 120
    while sign not in web.get(address).text and time.monotonic() < until and not stop.is_set():
        _STEP.wait(0.5)
