"""A real server that is killed again and again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.support.server import ADDRESS, REPOSITORY, environment, free_port

_PATIENCE = 60


class Mortal:
    """`bersinar start` on a data folder, forked from a template so that a thousand starts are affordable."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.pid = 0
        self._variables = variables
        self._template: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    def __enter__(self) -> Mortal:
        words = ["-m", "tests.support.faults.template", str(self.folder), str(self.port)]
        self._template = subprocess.Popen(
            [sys.executable, *words],
            cwd=REPOSITORY,
            env={**environment(), **self._variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._template is not None
        # The end of its input ends it and whatever it started.
        assert self._template.stdin is not None
        self._template.stdin.close()
        self._template.wait(_PATIENCE)

    def start(self) -> None:
        """Start, and wait for the first answer."""
        self.pid = int(self._ask("start"))
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex((ADDRESS, self.port)) == 0:
                    return
            if not Path(f"/proc/{self.pid}").exists() or self._state() == "Z":
                break
            time.sleep(0.005)
        raise AssertionError(f"the server does not answer\n{self.log()}")

    def kill(self) -> None:
        """As the end of the world: nobody gets a word in, and nobody is left."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def open_and_verify(self) -> str:
        """Let the product open the folder without serving it: `whole`, or how it failed."""
        return self._ask("open")

    def upgrade(self, *, dying_at: int) -> str:
        """Bring the tables forward in a process that is killed before that statement."""
        return self._ask(f"upgrade {dying_at}")

    def start_again(self) -> str:
        """Try to start a second server on the same folder, and say how that ended."""
        return self._ask("again")

    def worker_pid(self) -> int:
        """The process that answers and writes: the child of the one that was started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return int(children.read_text().split()[0])

    def log(self) -> str:
        path = self.folder / "server.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def passwords(self) -> dict[str, str]:
        """Those of the demo accounts, as the file in the folder tells them."""
        rows = (self.folder / "akun-contoh.txt").read_text(encoding="utf-8").splitlines()[2:]
        return {row.split()[0]: row.split()[1] for row in rows if row.strip()}

    def _state(self) -> str:
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return "Z"

    def _end(self, how: signal.Signals) -> None:
        if self.pid:
            assert self._ask(f"end {how.value}") == "gone"
            self.pid = 0

    def _ask(self, line: str) -> str:
        assert self._template is not None and self._template.stdin and self._template.stdout
        self._template.stdin.write(line + os.linesep)
        self._template.stdin.flush()
        return self._template.stdout.readline().strip()
