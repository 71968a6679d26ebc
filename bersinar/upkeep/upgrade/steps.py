"""The upgrade from the first step to the last; the last is the replacing of one small file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bersinar.upkeep import program
from bersinar.upkeep.backup import copies, databases, making, places
from bersinar.upkeep.backup.disk import write_whole
from bersinar.upkeep.backup.places import data
from bersinar.upkeep.backup.vocabulary import Reason
from bersinar.upkeep.platform import InstanceLock
from bersinar.upkeep.program import Marker, Program
from bersinar.upkeep.upgrade import installing, trial
from bersinar.upkeep.upgrade.errors import NothingBefore, OnPostgresql, TablesAreNewer

_TRIAL = ".percobaan"
_HOME = "versi-"
Say = Callable[[str], None]


def upgrade(source: Path, *, packages: Path | None, say: Say) -> Program:
    """Install beside, copy, try, switch. Raises with the reason, and then nothing has changed."""
    if databases.engine() == "postgresql":
        raise OnPostgresql
    home = _folder() / f"{_HOME}{datetime.now(UTC):%Y%m%dT%H%M%S}"
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = False
    try:
        say("1/4 Memasang versi baru di samping yang lama …")
        new = installing.install(source, home, packages)
        with InstanceLock(data()):
            say("2/4 Membuat cadangan …")
            copy = making.make(Reason.UPGRADE)
            say(f"    {copy.name}, sudah dibuka kembali: cocok.")
            say(f"3/4 Mencoba versi {new.version} pada salinan data …")
            with _scratch() as scratch:
                trial.run(new, scratch)
            say("4/4 Mengganti versi …")
            _switch(new)
            kept = True
    finally:
        if not kept:
            shutil.rmtree(home, ignore_errors=True)
    _sweep()
    return new


def go_back() -> Program:
    """Use the version before again; refused while the tables are those of the newer one."""
    marker = program.read(data())
    if marker is None or not marker.previous.is_there:
        raise NothingBefore
    with InstanceLock(data()):
        if _is_too_old(marker.previous):
            raise TablesAreNewer(_copy_before())
        _write(Marker(marker.previous, marker.program, marker.base))
    return marker.previous


def _switch(new: Program) -> None:
    """From the next start on. The version that runs now is kept as the one before."""
    marker = program.read(data())
    base = marker.base if marker is not None and os.environ.get(program.CHOSEN) else program.identity()
    _write(Marker(new, program.own(), base))


def _write(marker: Marker) -> None:
    write_whole(_folder() / program.MARKER, json.dumps(asdict(marker), indent=1))


def _is_too_old(old: Program) -> bool:
    """Whether that version says of the tables that they are newer than it."""
    asked = subprocess.run(
        old.command("doctor", "--quick", "--json"),
        env={**old.environment(), "BERSINAR_DATA": str(data())},
        capture_output=True,
        text=True,
        check=False,
    )
    return "doctor.schema_newer" in asked.stdout


def _copy_before() -> str:
    upgrades = [
        copy for copy in copies.listing(places.local()) if copy.counts and copy.reason is Reason.UPGRADE
    ]
    return str(upgrades[0].path) if upgrades else str(places.local())


@contextmanager
def _scratch() -> Iterator[Path]:
    """On the disk of the data; what a killed upgrade left goes first."""
    folder = _folder() / _TRIAL
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Environments that neither the version in use nor the one before stands in."""
    marker = program.read(data())
    if marker is None:
        return
    used = [Path(one.python) for one in (marker.program, marker.previous)]
    for folder in _folder().glob(f"{_HOME}*"):
        if not any(python.is_relative_to(folder) for python in used):
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    return data() / program.FOLDER
