"""A real server process on a data folder of its own, the way a person starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ADDRESS = "127.0.0.1"
_PATIENCE = 180


class Server:
    """`bersinar start` in a process group of its own, so that a kill takes all of it."""

    def __init__(self, folder: Path, *, demo: bool = True, **variables: str) -> None:
        self.folder = folder
        self._variables = variables
        self._demo = demo
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    def start(self) -> Server:
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(),
                cwd=REPOSITORY,
                env={**environment(), **self._variables},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self

    def command(self) -> list[str]:
        """How a person starts it."""
        command = [sys.executable, "-m", "bersinar", "start", "--no-browser", "--port", str(self.port)]
        command += ["--demo"] if self._demo else []
        return [*command, "--data", str(self.folder)]

    def answers(self) -> bool:
        """Whether a page opens."""
        try:
            urllib.request.urlopen(self.url + "/akun/masuk/", timeout=5)
        except (urllib.error.URLError, OSError):
            return False
        return True

    def kill(self) -> None:
        """As a power cut would: nobody gets a word in."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def wait_gone(self, pid: int) -> None:
        """Until a process is no more."""
        until = time.monotonic() + _PATIENCE
        while Path(f"/proc/{pid}").exists():
            assert time.monotonic() < until, f"process {pid} lives on"
            time.sleep(0.1)

    def worker_pid(self) -> int:
        """The process that answers: the child of the one we started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return int(children.read_text().split()[0])

    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def passwords(self) -> dict[str, str]:
        """Those of the demo accounts, as the file in the folder tells them."""
        rows = (self.folder / "akun-contoh.txt").read_text(encoding="utf-8").splitlines()[2:]
        return {row.split()[0]: row.split()[1] for row in rows if row.strip()}

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        os.killpg(self._process.pid, how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(15)
        self._process = None

    def _wait(self) -> None:
        assert self._process is not None
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise AssertionError(self.log())
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"no answer after {_PATIENCE} s\n{self.log()}")


def environment() -> dict[str, str]:
    """This process's, without any setting of the tests."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("BERSINAR_", "DJANGO_"))
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
