"""Two servers on one PostgreSQL and one folder: what one process may keep to itself must not part them."""

import re
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import psycopg
import pytest

from tests.support.faults.grid import GridWork
from tests.support.faults.killing import sign_in
from tests.support.faults.numbering import NumberWork
from tests.support.moved import bersinar, installation
from tests.support.server import REPOSITORY, Server, environment
from tests.support.web import Web

pytestmark = pytest.mark.server
WHO = "p2m.khusus"


@pytest.fixture(scope="module")
def moved(demo_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("several") / "data"
    with installation(demo_folder, folder, version=18, durable=False) as found:
        yield found


@pytest.fixture(scope="module")
def servers(moved):
    """Started at the same moment, as after a power cut."""
    both = [Server(moved.folder), Server(moved.folder)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Server.start, both))
    yield both
    for one in both:
        one.kill()


@pytest.fixture
def webs(servers):
    """The same officer at two desks."""
    return [sign_in(server, WHO) for server in servers]


def at_once(*tasks):
    """Run them as close together as threads can; gives what each returned."""
    ready = threading.Barrier(len(tasks))

    def run(task):
        ready.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_letters_of_one_series_get_numbers_without_gap_or_twin(moved, webs):
    works = [NumberWork(web) for web in webs]
    # A meeting of each desk's own: of two who write for one meeting the second is told that his is not the newest.
    for work, web in zip(works, webs, strict=True):
        work._address = f"/kegiatan/{plan_meeting(web)}/undangan/"

    def issue(work, web):
        for _time in range(5):
            work.send(work.next_piece(0, web), web)

    at_once(*(partial(issue, work, web) for work, web in zip(works, webs, strict=True)))
    longest = 0
    for series, following in moved.rows("SELECT id, next FROM documents_numberseries"):
        drawn = moved.rows(
            "SELECT sequence FROM documents_issuednumber WHERE series_id = %s ORDER BY sequence", series
        )
        assert [row[0] for row in drawn] == list(range(1, following))
        longest = max(longest, len(drawn))
    assert longest >= 10


def plan_meeting(web):
    page = web.get("/kegiatan/rencana/").text
    sent = {
        "years": re.findall(r'name="years"[^>]*value="(\d+)"', page)[0],
        "title": "Rakor meja kedua",
        "on": date(2026, 3, 4).isoformat(),
        "start": "09:00",
        "zone": "WIB",
        "place": "Balai desa",
        "agenda": "Rencana",
        "elements": "KADES",
        "client_key": uuid.uuid4().hex,
    }
    answer = web.post("/kegiatan/rencana/", sent, follow=False)
    assert answer.status == 302, answer.text
    return int(re.findall(r"/kegiatan/(\d+)/", answer.location)[0])


def test_of_two_who_change_one_cell_at_once_one_is_told(moved, webs):
    work = GridWork(webs[0])
    village, indicator = next(iter(work._base))
    for number in range(8):
        box = f"v-{village}-{indicator}-{work._base[village, indicator]}"
        keys = [uuid.uuid4().hex for _web in webs]

        def save(web, key, text, box=box):
            sent = {"box": box, "text": text, "key": key}
            return web.post(f"/data/putaran/{work.round}/sel/", sent, follow=False).status

        said = at_once(
            *(
                lambda w=web, k=key, t=str(2000 + 10 * number + at): save(w, k, t)
                for at, (web, key) in enumerate(zip(webs, keys, strict=True))
            )
        )
        assert sorted(said) == [200, 409]
        stored = moved.rows("SELECT client_key, id FROM fieldwork_entry WHERE client_key = ANY(%s)", keys)
        assert [key for key, _pk in stored] == [keys[said.index(200)]]
        work._base[village, indicator] = stored[0][1]


def test_a_keystroke_that_reaches_both_is_stored_once(moved, webs):
    work = GridWork(webs[0])
    village, indicator = list(work._base)[1]
    sent = {"box": f"v-{village}-{indicator}-{work._base[village, indicator]}", "text": "3001"}

    def save(web):
        return web.post(f"/data/putaran/{work.round}/sel/", sent, follow=False).status

    for number in range(8):
        key = uuid.uuid4().hex
        sent |= {"key": key, "text": str(3001 + number)}
        assert at_once(*(lambda w=web: save(w) for web in webs)) == [200, 200]
        stored = moved.rows("SELECT id FROM fieldwork_entry WHERE client_key = %s", key)
        assert len(stored) == 1
        sent["box"] = f"v-{village}-{indicator}-{stored[0][0]}"


def test_tries_at_either_door_count_together(moved, servers):
    for number in range(5):
        said = Web(servers[number % 2].url).sign_in("kepala", "salah sekali")
        assert "Keluar" not in said.text
    for server in servers:
        right = Web(server.url).sign_in("kepala", server.passwords()["kepala"])
        assert "Keluar" not in right.text, "the brake of one server did not hold the other"
    counted = moved.rows("SELECT sum(count) FROM accounts_signintries WHERE username = 'kepala'")
    assert counted[0][0] == 5


def test_a_session_of_one_server_holds_at_the_other_and_ends_at_both(servers):
    first = sign_in(servers[0], WHO)
    second = Web(servers[1].url)
    second._jar._cookies = first._jar._cookies
    assert "Keluar" in second.get("/").text
    first.post("/akun/keluar/", {})
    assert "Keluar" not in second.get("/").text


def test_every_job_is_taken_once(moved, servers):
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=REPOSITORY,
        env={**environment(), "BERSINAR_DATA": str(moved.folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stderr
    wait_until(moved, "SELECT count(*) = 0 FROM jobs_job WHERE state IN ('ANTRE', 'BERJALAN')")
    ended = moved.rows("SELECT state, attempts FROM jobs_job WHERE key LIKE '%%uji-%%'")
    assert ended == [("SELESAI", 1)] * 40
    # Work was shared, and nothing was delivered to both.
    taken = moved.rows(
        "SELECT worker_ids FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
    )
    assert all(len(workers) == 1 for (workers,) in taken)


ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
import django
django.setup()
from bersinar import jobs
from bersinar.access import ANONYMOUS, Actor
from bersinar.territory.models import Office
office = Office.objects.for_actor(ANONYMOUS).get(name="BNNK Belitung")
for number in range(40):
    by = Actor.system("uji", office_id=office.pk)
    jobs.enqueue("territory.draw_map", by=by, key=f"uji-{number}", office_id=office.pk)
"""


def test_everything_is_sealed_once_and_the_chain_holds(moved, servers):
    audit = moved.url.replace("/bersinar?", "/bersinar_audit?")
    last = moved.rows("SELECT max(seq) FROM audit_event")[0][0]
    until = time.monotonic() + 60
    while True:
        with psycopg.connect(audit) as connection:
            count, highest = connection.execute("SELECT count(*), max(seq) FROM audit_sealedevent").fetchone()
        if highest >= last:
            break
        assert time.monotonic() < until, f"sealed up to {highest} of {last}"
        time.sleep(0.2)
    assert count == highest
    told = bersinar("audit", "verify", folder=moved.folder)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_way_back_is_refused_while_servers_run(moved, servers):
    refused = bersinar("move-to-sqlite", "--commit", folder=moved.folder)
    assert refused.returncode != 0 and "move.in_use" in refused.stderr


def test_the_way_back_is_refused_while_another_machine_is_connected(moved, servers, tmp_path):
    # Another machine has the setting and no lock of this folder.
    (tmp_path / "bersinar.env").write_text(f"BERSINAR_DATABASE_URL={moved.url}\n")
    refused = bersinar("move-to-sqlite", "--commit", folder=tmp_path)
    assert refused.returncode != 0 and "move.in_use" in refused.stderr
    assert not (tmp_path / "main.sqlite3").exists()


def wait_until(moved, question):
    until = time.monotonic() + 60
    while not moved.rows(question)[0][0]:
        assert time.monotonic() < until, question
        time.sleep(0.1)
