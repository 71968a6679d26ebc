"""It starts on the loopback address alone, refuses in a sentence, and ends when it is told to."""

import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bersinar import cli
from bersinar.upkeep import environment as setup
from bersinar.upkeep import start
from tests.support.server import REPOSITORY, Server, environment, free_port


def bersinar(*words, folder, **more):
    command = [sys.executable, "-m", "bersinar", *words]
    env = {**environment(), "BERSINAR_DATA": str(folder), **more}
    return subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)


def test_help_lists_the_commands(tmp_path):
    told = bersinar("--help", folder=tmp_path)
    assert told.returncode == 0
    for word in ("start", "open-office", "map FILE", "audit", "--commit"):
        assert word in told.stdout


def test_a_demo_is_not_opened_as_a_real_office(tmp_path):
    (tmp_path / "main.sqlite3").touch()
    (tmp_path / "demo").touch()
    refused = bersinar("start", "--setup", folder=tmp_path)
    assert refused.returncode == 2 and "contoh" in refused.stderr


def test_a_real_office_is_not_opened_as_a_demo(tmp_path):
    (tmp_path / "main.sqlite3").touch()
    refused = bersinar("start", "--setup", "--demo", folder=tmp_path)
    assert refused.returncode == 2 and "tidak dicampur" in refused.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    "words",
    [
        "migrate",
        "audit seal",
        "borders peta.geojson --commit",
        "mapping run 1 --com",
        "regions --commit",
        "demo --commit",
    ],
)
def test_it_knows_the_commands_that_write(words):
    assert cli.writes(words.split())


@pytest.mark.parametrize(
    "words",
    ["regions", "audit verify", "mapping list", "showmigrations", "map data.xlsx", "demo", "migrate --help"],
)
def test_it_lets_the_others_read(words):
    assert not cli.writes(words.split())


def test_no_option_opens_it_to_other_machines(capsys):
    with pytest.raises(SystemExit):
        start._parser().parse_args(["--host", "0.0.0.0"])
    assert start.ADDRESS == "127.0.0.1"


def test_a_path_may_be_typed_from_any_folder():
    text = (REPOSITORY / "start").read_text()
    assert "cwd=" not in text and "chdir" not in text


@pytest.mark.parametrize("script", ["start", "test"])
def test_the_commands_need_nothing_but_the_standard_library(script):
    """They run before anything is installed."""
    tree = (REPOSITORY / script).read_text() + (REPOSITORY / "bersinar/upkeep/environment.py").read_text()
    names = set(re.findall(r"^(?:import|from) (\w+)", tree, re.MULTILINE))
    assert names - {"bersinar"} <= set(sys.stdlib_module_names)


def test_an_interrupted_environment_is_begun_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "ENVIRONMENT", tmp_path)
    python = setup.python()
    python.parent.mkdir()
    python.symlink_to("/bin/false")
    assert not setup._has_pip()


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory):
    """A real office's folder with tables and regions, and no demo."""
    folder = tmp_path_factory.mktemp("real")
    made = bersinar("start", "--setup", folder=folder)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows closes a user's folders by itself")
def test_no_other_account_of_the_computer_reads_the_data(real_folder):
    open_ones = [path for path in (real_folder, *real_folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert (real_folder / "main.sqlite3").exists() and not open_ones


@pytest.mark.skipif(os.name == "nt", reason="Windows closes a user's folders by itself")
def test_a_folder_left_open_is_closed_at_the_next_start(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "main.sqlite3").touch(0o644)
    with socket.create_server((start.ADDRESS, 0)) as taken:
        refused = bersinar("start", "--port", str(taken.getsockname()[1]), folder=tmp_path)
    assert refused.returncode == 4
    assert not [path for path in (tmp_path, *tmp_path.iterdir()) if path.stat().st_mode & 0o077]


@pytest.fixture
def server(real_folder, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(real_folder, folder)
    running = Server(folder, demo=False).start()
    yield running
    running.kill()


@pytest.mark.server
def test_a_real_office_holds_no_demo_account(server, real_folder):
    assert not (server.folder / "akun-contoh.txt").exists() and not (server.folder / "demo").exists()
    told = bersinar(
        "shell",
        "-v0",
        "-c",
        "from bersinar.accounts.models import User; print('akun', User.objects.count())",
        folder=real_folder,
    )
    assert "akun 0" in told.stdout, told.stderr


@pytest.mark.server
def test_it_answers_this_machine_only(server):
    port = f":{server.port:04X}"
    listening = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), Path("/proc/net", table).open(encoding="ascii") as file:
            rows = [line.split() for line in file.readlines()[1:]]
            listening |= {row[1] for row in rows if row[1].endswith(port) and row[3] == "0A"}
    assert listening == {f"0100007F{port}"}


@pytest.mark.server
def test_a_second_start_on_the_same_folder_is_refused(server):
    refused = bersinar("start", "--no-browser", "--port", str(free_port()), folder=server.folder)
    assert refused.returncode == 3 and "sudah berjalan" in refused.stderr


@pytest.mark.server
@pytest.mark.parametrize(
    "words", [("regions", "--commit"), ("migrate",), ("demo", "--commit"), ("audit", "seal")]
)
def test_a_command_that_writes_is_refused_while_it_runs(server, words):
    refused = bersinar(*words, folder=server.folder)
    assert refused.returncode == 3 and "sudah berjalan" in refused.stderr


@pytest.mark.server
def test_a_command_that_reads_works_beside_it(server):
    told = bersinar("audit", "verify", folder=server.folder)
    assert told.returncode == 0, told.stderr


@pytest.mark.server
def test_a_folder_of_a_newer_version_is_refused(real_folder, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(real_folder, folder)
    with contextlib.closing(sqlite3.connect(folder / "main.sqlite3")) as tables, tables:
        tables.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('programme', '0099_later', '2030-01-01')"
        )
    refused = bersinar("start", "--setup", folder=folder)
    assert refused.returncode == 5 and "programme.0099_later" in refused.stderr
    assert "[upkeep.newer_schema]" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.server
def test_a_taken_port_is_refused_with_another_one(server, tmp_path):
    refused = bersinar("start", "--no-browser", "--port", str(server.port), folder=tmp_path)
    assert refused.returncode == 4 and f"--port {server.port + 1}" in refused.stderr


@pytest.mark.server
def test_ctrl_c_ends_it_without_a_stack_trace(server):
    worker = server.worker_pid()
    server.stop()
    # The process that answered may end a moment after the one that started it.
    server.wait_gone(worker)
    assert "Traceback" not in server.log()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


@pytest.mark.server
def test_the_server_ends_when_the_start_that_opened_it_is_killed(server):
    worker = server.worker_pid()
    os.kill(server.pid, signal.SIGKILL)
    server.wait_gone(worker)


@pytest.mark.server
def test_it_is_small_on_the_wire(server):
    """Styles are compressed and kept for good by the browser: their names change with their content."""
    from tests.support.web import Web

    page = Web(server.url).get("/akun/masuk/").text
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert styles and all(re.search(r"\.[0-9a-f]{12}\.css$", one) for one in styles)
