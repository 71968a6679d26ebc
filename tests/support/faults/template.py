"""A process that has imported the server once; each server is a fork of it, which saves a second at every start.

    python -m tests.support.faults.template FOLDER PORT

It obeys lines on its standard input and answers each with one line:
`start` forks a server in a process group of its own and says its number;
`end SIGNAL` ends the whole group and says `gone` when none of it is left;
`open` lets the product open the folder without serving and says `whole` when its two audit stores agree;
`again` tries to start a second server, and says how that ended;
`upgrade N` brings the tables forward in a process that dies before the N-th statement.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

_PR_SET_CHILD_SUBREAPER = 36


def main(folder: str, port: str) -> None:
    """Obey until the input ends, then leave nothing behind."""
    os.environ["BERSINAR_DATA"] = folder
    os.environ["BERSINAR_DEMO"] = "1" if _is_demo(folder) else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
    # The server's own children come to us when it is killed, so that we know when the last of them is gone.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    import django

    django.setup()
    from django.urls import get_resolver

    # Every view and whatever it imports.
    _ = get_resolver().url_patterns
    if weaker := os.environ.get("FAULTS_SYNCHRONOUS"):
        _weaken(weaker)
    group = 0
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "start":
            group = _fork(folder, lambda: _serve(folder, port))
            _say(str(group))
        elif word == "open":
            _say(_ended(folder, lambda: _open(folder)))
        elif word == "upgrade":
            _say(_ended(folder, partial(_upgrade, folder, int(rest[0]))))
        elif word == "again":
            _say(_ended(folder, lambda: _serve(folder, port)))
        elif word == "end":
            _end(group, int(rest[0]))
            group = 0
            _say("gone")
    _end(group, signal.SIGKILL)


def _weaken(synchronous: str) -> None:
    """As if somebody had changed the settings: so the tests can show that they would find it."""
    from django.db import connections

    from bersinar.config import environment

    whole = environment._file

    def weaker(path: Path) -> dict[str, Any]:
        database: dict[str, Any] = whole(path)
        said = database["OPTIONS"]["init_command"]
        changed = said.replace("synchronous=FULL", f"synchronous={synchronous}")
        if changed == said:
            raise AssertionError("the settings no longer say synchronous=FULL")
        return {**database, "OPTIONS": {**database["OPTIONS"], "init_command": changed}}

    # Where the server reads them once more before it forks, and what was read already.
    environment._file = weaker
    for database in connections.settings.values():
        database.update(weaker(Path(database["NAME"])))


def _is_demo(folder: str) -> bool:
    return Path(folder, "demo").exists()


def _start(folder: str, *words: str) -> int:
    from bersinar.upkeep.start import main as start

    return start([*(["--demo"] if _is_demo(folder) else []), *words, "--data", folder])


def _serve(folder: str, port: str) -> int:
    return _start(folder, "--no-browser", "--port", port)


def _upgrade(folder: str, dying: int) -> int:
    """Count what is said to the databases and die before one of the statements."""
    from django.db import connections

    said = 0

    def count(execute: Any, sql: Any, parameters: Any, many: Any, context: Any) -> Any:
        nonlocal said
        if said == dying:
            os.kill(os.getpid(), signal.SIGKILL)
        said += 1
        return execute(sql, parameters, many, context)

    for alias in connections:
        connections[alias].execute_wrappers.append(count)
    code = _start(folder, "--setup", "--skip-backup")
    # How many there were, for whoever chooses where to die.
    Path(folder, "statements").write_text(str(said))
    return code


def _open(folder: str) -> int:
    from bersinar.audit.queries import verify

    return _start(folder, "--setup") or len(verify().problems)


def _ended(folder: str, work: Callable[[], int]) -> str:
    """How a process ended that does this work and nothing else."""
    _pid, status = os.waitpid(_fork(folder, work), 0)
    code = os.waitstatus_to_exitcode(status)
    return "whole" if code == 0 else f"the product ended with {code}"


def _fork(folder: str, work: Callable[[], int]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        log = os.open(f"{folder}/server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        from bersinar.upkeep.platform import keep_new_files_private

        keep_new_files_private()
        code = work()
    except BaseException:
        traceback.print_exc()
        code = 1
    os._exit(code)


def _end(group: int, number: int) -> None:
    if not group:
        return
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return
    while True:
        try:
            os.waitpid(-group, 0)
        except ChildProcessError:
            return


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
