"""Nothing that was acknowledged is lost: a killed server, a full disk, and the order of sync and answer."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bersinar.demo.story.collecting import filled
from tests.support.server import REPOSITORY, Server, environment
from tests.support.web import Web

pytestmark = pytest.mark.server


def sign_in(server: Server) -> Web:
    web = Web(server.url)
    answer = web.sign_in("p2m.khusus", server.passwords()["p2m.khusus"])
    assert answer.status == 200 and "Keluar" in answer.text
    return web


def the_open_round(web: Web) -> int:
    """The round of 2024 is still being filled."""
    return max(int(pk) for pk in re.findall(r'href="/data/putaran/(\d+)/"', web.get("/data/").text))


def sheet_for(web: Web, round_id: int, value: int) -> bytes:
    """The office's template with one number in every village."""
    empty = web.get(f"/data/putaran/{round_id}/templat/").content
    rows = load_workbook(io.BytesIO(empty))["Isian"].iter_rows(min_row=5, max_col=1, values_only=True)
    return filled(empty, {str(code): {"P1": value, "P2": value} for (code,) in rows if code})


def send_quietly(web: Web, pk: int) -> None:
    """The server dies under this request, so whatever comes back is no answer."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        web.post(f"/data/berkas/{pk}/simpan/", {})


def upload(web: Web, round_id: int, content: bytes, name: str):
    web.get(f"/data/putaran/{round_id}/unggah/")
    return web.post(f"/data/putaran/{round_id}/unggah/", {}, file=("file", name, content))


def entries(folder: Path, name: str) -> int:
    with contextlib.closing(sqlite3.connect(folder / "main.sqlite3")) as database:
        query = (
            "SELECT count(*) FROM fieldwork_entry JOIN fieldwork_import ON imported_id = fieldwork_import.id "
            "WHERE file_name = ?"
        )
        return database.execute(query, [name]).fetchone()[0]


def audit_is_whole(folder: Path) -> bool:
    command = [sys.executable, "-m", "bersinar", "audit", "verify"]
    env = {**environment(), "BERSINAR_DATA": str(folder)}
    return subprocess.run(command, cwd=REPOSITORY, env=env, check=False, capture_output=True).returncode == 0


@pytest.fixture
def own_server(tmp_path, demo_folder):
    """A demo of this test alone, copied from one that was built before."""
    folder = tmp_path / "data"
    shutil.copytree(demo_folder, folder)
    server = Server(folder).start()
    yield server
    server.kill()


def test_a_kill_during_an_import_stores_all_of_it_or_nothing(own_server):
    web = sign_in(own_server)
    round_id = the_open_round(web)
    shown = upload(web, round_id, sheet_for(web, round_id, 41), "sebelum.xlsx")
    assert web.post(f"/data/berkas/{shown.number()}/simpan/", {}).status == 200
    acknowledged = entries(own_server.folder, "sebelum.xlsx")
    assert acknowledged == 176
    for attempt in range(3):
        shown = upload(web, round_id, sheet_for(web, round_id, 50 + attempt), f"mati-{attempt}.xlsx")
        sending = threading.Thread(target=send_quietly, args=(web, shown.number()), daemon=True)
        sending.start()
        sending.join(0.02 * (attempt + 1))
        own_server.kill()
        assert entries(own_server.folder, f"mati-{attempt}.xlsx") in (0, 176)
        assert entries(own_server.folder, "sebelum.xlsx") == acknowledged
        own_server.start()
        web = sign_in(own_server)
        # What was not stored is still waiting, and can be stored now.
        answer = web.post(f"/data/berkas/{shown.number()}/simpan/", {})
        assert answer.status == 200
        assert entries(own_server.folder, f"mati-{attempt}.xlsx") == 176
    own_server.stop()
    assert audit_is_whole(own_server.folder)


@pytest.mark.skipif("BERSINAR_SMALL_DISK" not in os.environ, reason="./test mounts a small disk as root")
def test_a_full_disk_refuses_in_a_sentence_and_loses_nothing(demo_folder):
    folder = Path(os.environ["BERSINAR_SMALL_DISK"]) / "data"
    shutil.copytree(demo_folder, folder)
    # The guard would refuse long before the disk is full; here it must really be full.
    server = Server(folder, BERSINAR_KEEP_FREE_MB="0").start()
    try:
        web = sign_in(server)
        round_id = the_open_round(web)
        shown = upload(web, round_id, sheet_for(web, round_id, 41), "sebelum.xlsx")
        web.post(f"/data/berkas/{shown.number()}/simpan/", {})
        content = sheet_for(web, round_id, 42)
        fill(folder / "penuh")
        refused = upload(web, round_id, content, "penuh.xlsx")
        assert refused.status >= 400 and "Yang sudah tersimpan aman" in refused.text
        (folder / "penuh").unlink()
        assert entries(folder, "sebelum.xlsx") == 176
        shown = upload(web, round_id, content, "penuh.xlsx")
        assert web.post(f"/data/berkas/{shown.number()}/simpan/", {}).status == 200
        assert entries(folder, "penuh.xlsx") == 176
    finally:
        server.stop()
    assert audit_is_whole(folder)


def fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 65536)
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        while True:
            file.write(b"\0")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace tidak ada")
def test_it_syncs_before_it_answers(own_server):
    web = sign_in(own_server)
    round_id = the_open_round(web)
    shown = upload(web, round_id, sheet_for(web, round_id, 41), "sinkron.xlsx")
    trace = own_server.folder / "trace"
    pid = own_server.worker_pid()
    command = ["strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace), "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text():
        os.sched_yield()
    assert web.post(f"/data/berkas/{shown.number()}/simpan/", {}).status == 200
    synced = trace.read_text()
    tracer.terminate()
    tracer.wait(10)
    assert "main.sqlite3-wal" in synced
