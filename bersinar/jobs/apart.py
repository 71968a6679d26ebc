"""Run one of our commands in a process begun anew, and wait for it.

The server is a fork of the process that prepared the folder. A library that keeps threads of its own (typst prints
with some) leaves them behind in a fork and waits for them forever, so whoever will fork must never have used one:
a demo that printed its letters before the server was forked could print none afterwards.
"""

from __future__ import annotations

import multiprocessing

from django.core.management import CommandError, call_command


def run_apart(command: str, **options: bool) -> None:
    """Raise CommandError when it ended badly; what went wrong was told by the process itself."""
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(command, options))
    process.start()
    process.join()
    if process.exitcode:
        raise CommandError(f"{command} berhenti sebelum selesai. Jalankan sekali lagi.")


def _run(command: str, options: dict[str, bool]) -> None:
    import django

    django.setup()
    call_command(command, **options)
