"""python -m benchmarks.soak --database sqlite|postgresql [--minutes 20]

Prints one row a kind of work: how many, how long (milliseconds), what else than "stored" was said. The exit status
is 1 when anybody was told of a lock, or when the 95th of a hundred cells took longer than 300 ms.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from benchmarks.soak import people
from benchmarks.soak.people import EDITORS, Record
from tests.support.moved import bersinar, installation
from tests.support.server import Server

LONGEST_CELL = 0.3
_LOCK_WORDS = ("lock", "terkunci", "503", "500")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--demo", type=Path, help="a demo folder that was built before, and is copied")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bersinar-soak-") as home:
        _set_up(home)
        built = _built(Path(home) / "built", options.demo)
        with _started(built, Path(home) / "data", options.database) as server:
            records = _work(server, options.minutes * 60)
            whole = bersinar("audit", "verify", folder=server.folder)
    return _report(options.database, options.minutes, records, whole.returncode == 0)


def _set_up(home: str) -> None:
    """Our own reading of sheets needs Django, but no installation."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bersinar.config.settings"
    os.environ["BERSINAR_DATA"] = home
    django.setup()


def _built(folder: Path, demo: Path | None) -> Server:
    """A demo of this measurement's own."""
    if demo is not None:
        shutil.copytree(demo, folder)
        return Server(folder)
    folder.mkdir()
    server = Server(folder).start()
    server.stop()
    return server


@contextmanager
def _started(built: Server, folder: Path, database: str) -> Iterator[Server]:
    if database == "sqlite":
        server = built.start()
        try:
            yield server
        finally:
            server.stop()
        return
    with installation(built.folder, folder, version=18, durable=True) as moved:
        server = Server(moved.folder).start()
        try:
            yield server
        finally:
            server.stop()


def _work(server: Server, seconds: float) -> dict[str, Record]:
    records = {name: Record() for name in ("cell", "file", "map", "copy", "page")}
    stop = threading.Event()
    webs = [people.sign_in(server) for _person in range(EDITORS + 2)]
    office = people.look_around(webs[0])
    tasks: list[Callable[[], None]] = [
        lambda web=web, number=number: people.edit(web, office, number, stop, records["cell"])  # type: ignore[misc]
        for number, web in enumerate(webs[:EDITORS])
    ]
    tasks.append(lambda: people.bring_files(webs[-2], office, stop, records["file"]))
    tasks.append(lambda: people.calculate(webs[-1], office, stop, records["map"]))
    tasks.append(lambda: people.copy(server, stop, records["copy"]))
    tasks.append(lambda: people.look(server, stop, records["page"]))
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    return records


def _report(database: str, minutes: float, records: dict[str, Record], whole: bool) -> int:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else math.nan
    say(f"\n{database}, {minutes:g} minutes, {os.cpu_count()} processors, load at the end {load:.1f}\n")
    say("| work | times | p50 ms | p95 ms | worst ms | said otherwise |")
    say("|---|---|---|---|---|---|")
    for name, record in records.items():
        taken = sorted(record.seconds) or [math.nan]
        other = ", ".join(f"{count}x {said}" for said, count in record.said.items() if said != "stored")
        figures = " | ".join(f"{1000 * one:.0f}" for one in (_at(taken, 0.5), _at(taken, 0.95), taken[-1]))
        say(f"| {name} | {len(record.seconds)} | {figures} | {other or '-'} |")
    say(f"\naudit: {'whole' if whole else 'NOT WHOLE'}")
    locked = [
        said for one in records.values() for said in one.said if any(word in said for word in _LOCK_WORDS)
    ]
    slow = _at(sorted(records["cell"].seconds), 0.95) > LONGEST_CELL
    return 1 if locked or slow or not whole else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


if __name__ == "__main__":
    sys.exit(main())
