"""A full disk refuses in a sentence and lets people read; a failing disk is written to no more."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import machine
from tests.support.faults.counts import few_or
from tests.support.faults.decisions import DecisionWork
from tests.support.faults.forms import forms_on
from tests.support.faults.grid import GridWork
from tests.support.faults.imports import ImportWork
from tests.support.faults.killing import assert_whole, damage, sign_in
from tests.support.faults.mortal import Mortal
from tests.support.faults.numbering import NumberWork
from tests.support.faults.recording import traced
from tests.support.faults.work import Piece, Work, reading
from tests.support.web import Answer, Web

pytestmark = pytest.mark.server

PAGES = ("/", "/data/", "/peta/", "/sasaran/", "/desa-bersinar/", "/kegiatan/", "/surat/", "/laporan/")
FULL = "Disk penuh, jadi isian ini belum tersimpan."
FAILED = "sekarang hanya dapat membaca"
needs_strace = pytest.mark.skipif(machine.strace() is None, reason="strace tidak ada (apt install strace)")


@pytest.fixture
def small_folder(demo_folder) -> Iterator[Path]:
    with machine.small_disk() as disk:
        if disk is None:
            pytest.skip("hanya root yang dapat memasang tmpfs kecil")
        folder = Path(disk) / "data"
        shutil.copytree(demo_folder, folder)
        yield folder


def fill(path: Path) -> None:
    """To the last byte: in large pieces, then in small ones."""
    for size in (1 << 16, 1):
        with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * size)


def test_a_full_disk_refuses_every_way_of_writing_and_recovers(small_folder, told):
    """Twenty times: cells, files, decisions, letters and promises are refused, read, and stored when there is room."""
    with Mortal(small_folder, BERSINAR_KEEP_FREE_MB="0") as server:
        server.start()
        office, head = sign_in(server, "p2m.khusus"), sign_in(server, "kepala")
        works: list[tuple[Work, Web]] = [
            (GridWork(office), office),
            (ImportWork(office), office),
            (NumberWork(office), office),
            (DecisionWork(head), head),
        ]
        stored: dict[int, list[Piece]] = {number: [] for number in range(len(works))}
        refusals = 0
        for _cycle in range(few_or(20, few=2)):
            # Begun anew the log is empty, so that every write needs room.
            server.stop()
            server.start()
            # The file of the cycle before has filled the same boxes.
            works[0] = (GridWork(office), office)
            pieces = [work.next_piece(0, web) for work, web in works]
            promise = promise_form(office)
            fill(small_folder / "penuh")
            for (work, web), piece in zip(works, pieces, strict=True):
                refusals += refused(work, piece, web)
            refusals += is_refusal(office.post(*promise, follow=False))
            assert [office.get(page).status for page in PAGES] == [200] * len(PAGES)
            (small_folder / "penuh").unlink()
            for number, (work, web) in enumerate(works):
                work.send(pieces[number], web)
                stored[number].append(pieces[number])
            assert office.post(*promise, follow=False).status == 302
        with reading(small_folder) as database:
            problems = damage(database)
            for number, (work, _web) in enumerate(works):
                problems += work.problems(database, stored[number], unanswered=0)
        assert not problems, problems
        server.stop()
    assert_whole(small_folder)
    told(f"full disk: {refusals} refusals, all pieces stored once there was room")


def refused(work: Work, piece: Piece, web: Web) -> int:
    """It is refused with the sentence, whichever of its steps needs the room."""
    with pytest.raises(AssertionError) as told:
        work.send(piece, web)
    assert "507" in str(told.value), told.value
    assert FULL in str(told.value), told.value
    return 1


def is_refusal(answer: Answer) -> int:
    assert answer.status == 507, answer.words
    assert FULL in answer.words, answer.words
    return 1


def promise_form(web: Web) -> tuple[str, dict[str, str]]:
    """A promise at the first meeting, as the form of its page sends it."""
    form = next(one for one in forms_on(web, "/kegiatan/1/") if one.address.endswith("/janji/"))
    return form.address, {**form.fields, "what": f"Janji {uuid.uuid4().hex}"}


def test_nearly_full_stops_files_first_and_then_everything(own_folder):
    free = shutil.disk_usage(own_folder).free >> 20
    with Mortal(own_folder, BERSINAR_KEEP_FREE_MB=str(free // 2)) as server:
        server.start()
        web = sign_in(server, "p2m.khusus")
        grid, files = GridWork(web), ImportWork(web)
        grid.send(grid.next_piece(0, web), web)
        with pytest.raises(AssertionError, match="507.*Ruang disk hampir habis"):
            files.send(files.next_piece(0, web), web)
        server.kill()
    with Mortal(own_folder, BERSINAR_KEEP_FREE_MB=str(free * 2)) as server:
        server.start()
        web = sign_in(server, "p2m.khusus")
        grid = GridWork(web)
        with pytest.raises(AssertionError, match="507.*Ruang disk hampir habis"):
            grid.send(grid.next_piece(0, web), web)
        page = web.get("/data/")
        assert page.status == 200 and "Ruang disk hampir habis" in page.text


@needs_strace
def test_after_a_failed_sync_it_only_reads_until_it_is_started_again(own_folder, told):
    """The disk fails at the n-th sync. Nothing answered is lost, and nothing more is answered as stored."""
    chance = random.Random(8)
    kept: list[Piece] = []
    times = few_or(200, few=3)
    with Mortal(own_folder) as server:
        server.start()
        web = sign_in(server, "p2m.khusus")
        work = GridWork(web)
        for _time in range(times):
            with failing(server.worker_pid(), f"fdatasync:error=EIO:when={chance.randint(1, 8)}+"):
                answered, piece = until_refused(work, web)
                kept += [*answered, piece]
                with pytest.raises(AssertionError, match=f"503.*{FAILED}"):
                    work.send(piece, web)
                page = web.get("/data/")
                assert page.status == 200 and FAILED in page.text
            server.kill()
            server.start()
            # Whoever was refused sends again; whether the disk had kept it or not, it counts once.
            work.send(piece, web)
        with reading(own_folder) as database:
            problems = damage(database) + work.problems(database, kept, unanswered=0)
        assert not problems, problems
    told(f"failed sync: {times} times, {len(kept)} answered pieces kept")


@needs_strace
def test_a_disk_that_fails_while_the_log_is_written_back_is_noticed(own_folder):
    with Mortal(own_folder) as server:
        server.start()
        web = sign_in(server, "p2m.khusus")
        work = ImportWork(web)
        # Only the table file itself: the log is synced, its writing back is not.
        with failing(server.worker_pid(), "fdatasync:error=EIO", only=own_folder / "main.sqlite3"):
            kept, piece = until_refused(work, web)
        server.kill()
        server.start()
        work.send(piece, web)
        kept.append(piece)
        with reading(own_folder) as database:
            assert not damage(database) + work.problems(database, kept, unanswered=0)


@contextlib.contextmanager
def failing(pid: int, what: str, *, only: Path | None = None) -> Iterator[None]:
    """Some system call of a process and its threads comes back with an error."""
    where = ["-P", str(only)] if only else []
    words = ["-f", "-qq", "-e", "trace=fdatasync", "-e", "signal=none", "-e", f"inject={what}"]
    tracer = subprocess.Popen(["strace", *words, *where, "-o", "/dev/null", "-p", str(pid)])
    with traced(pid, tracer):
        yield


def until_refused(work: Work, web: Web) -> tuple[list[Piece], Piece]:
    """The pieces that were answered, and the one at which the server said that it only reads."""
    answered: list[Piece] = []
    while len(answered) < 200:
        piece = work.next_piece(0, web)
        try:
            work.send(piece, web)
        except AssertionError as told:
            assert "503" in str(told) and FAILED in str(told), told  # noqa: PT017  (the pieces before it are wanted)
            return answered, piece
        answered.append(piece)
    raise AssertionError("the disk failed and nobody noticed")
