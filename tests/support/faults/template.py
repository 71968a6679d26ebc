"""A process that has imported the server once; each server is a fork of it, which saves a second at every start.

    python -m tests.support.faults.template FOLDER PORT

It obeys lines on its standard input: `start` forks a server in a process group of its own and says its number,
`end SIGNAL` ends the whole group and says `gone` when none of it is left, `open` lets the product open the folder
without serving, and says `whole` when its two audit stores agree.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable

_PR_SET_CHILD_SUBREAPER = 36


def main(folder: str, port: str) -> None:
    """Obey until the input ends, then leave nothing behind."""
    os.environ["BERSINAR_DATA"] = folder
    os.environ["BERSINAR_DEMO"] = "1"
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
            _say(_opened(folder))
        elif word == "end":
            _end(group, int(rest[0]))
            group = 0
            _say("gone")
    _end(group, signal.SIGKILL)


def _weaken(synchronous: str) -> None:
    """As if somebody had changed the settings: so the tests can show that they would find it."""
    from django.db import connections

    for database in connections.settings.values():
        options = database["OPTIONS"]
        changed = options["init_command"].replace("synchronous=FULL", f"synchronous={synchronous}")
        if changed == options["init_command"]:
            raise AssertionError("the settings no longer say synchronous=FULL")
        options["init_command"] = changed


def _serve(folder: str, port: str) -> int:
    from bersinar.upkeep.start import main as start

    return start(["--demo", "--no-browser", "--port", port, "--data", folder])


def _open(folder: str) -> int:
    from bersinar.audit.queries import verify
    from bersinar.upkeep.start import main as start

    return start(["--demo", "--setup", "--data", folder]) or len(verify().problems)


def _opened(folder: str) -> str:
    child = _fork(folder, lambda: _open(folder))
    _pid, status = os.waitpid(child, 0)
    return "whole" if status == 0 else f"the product ended with {os.waitstatus_to_exitcode(status)}"


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
