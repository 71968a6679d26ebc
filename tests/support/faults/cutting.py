"""Cut the power of the product at random moments of recorded work, and let the product open what is left."""

from __future__ import annotations

import random
import shutil
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.support.faults.disk import Disk
from tests.support.faults.killing import damage, people
from tests.support.faults.mortal import Mortal
from tests.support.faults.recording import Event, Player, events, recorded
from tests.support.faults.work import Answers, Piece, Work, reading
from tests.support.web import Web

# What a cut can touch. The rest (keys, styles, the mark of a demo) was written long before.
_AT_RISK = ("main.sqlite3", "audit.sqlite3", "files/")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some work of a server with everything it wrote, when it answered what, and how the folder was before."""

    before: Path
    folder: Path
    events: list[Event]
    acknowledged: list[tuple[float, Piece]]
    work: Work


@dataclass(frozen=True, slots=True)
class Losses:
    """What the cuts came to; `lost` are the cuts after which the product missed something or was damaged."""

    kind: str
    cuts: int
    answers: int
    lost: list[str]
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.cuts} power cuts over {self.answers} answers, "
            f"{len(self.lost)} with a loss, {self.seconds:.0f} s"
        )


def record(folder: Path, make: Callable[[Web], Work], *, answers: int, **variables: str) -> Stretch:
    """Let people work until so many answers came, and record the server meanwhile."""
    before = folder.with_name("before")
    trace = folder.with_name("trace")
    counted = Answers()
    with Mortal(folder, **variables) as server:
        server.start()
        work, lanes = people(server, make, counted)
        stop = threading.Event()
        with recorded(server.worker_pid(), trace):
            # The connections are open and nothing is on its way: what lies there now counts as safe.
            _copy(folder, before)
            for lane in lanes:
                lane.begin(stop)
            counted.wait_for(answers)
            stop.set()
            for lane in lanes:
                lane.join()
        server.kill()
    said = sorted(
        (
            (at, piece)
            for lane in lanes
            for at, piece in zip(lane.answered_at, lane.acknowledged, strict=True)
        ),
        key=lambda one: one[0],
    )
    return Stretch(before, folder, events(trace), said, work)


def cut_again_and_again(stretch: Stretch, *, cuts: int, seed: int) -> Losses:
    """Each cut falls before one of the recorded calls; half of them keep nothing that was not synced."""
    begun = time.monotonic()
    chance = random.Random(seed)
    begin = bisect_left([event.at for event in stretch.events], stretch.acknowledged[0][0])
    places = sorted(chance.randrange(begin, len(stretch.events)) for _cut in range(cuts))
    image = stretch.folder.with_name("image")
    shutil.copytree(stretch.folder, image, ignore=lambda _folder, names: [n for n in names if _at_risk(n)])
    disk = Disk(stretch.before)
    player = Player(disk, stretch.folder)
    played, lost = 0, []
    with Mortal(image) as product:
        for place in places:
            while played < place:
                player.play(stretch.events[played])
                played += 1
            keep = chance if chance.random() < 0.5 else None
            _lay_out(image, disk.after_cut(keep))
            lost += _missing(stretch, product, at=stretch.events[place].at)
    kind = type(stretch.work).__name__
    return Losses(kind, cuts, len(stretch.acknowledged), lost, time.monotonic() - begun)


def _missing(stretch: Stretch, product: Mortal, *, at: float) -> list[str]:
    """One line when the product does not open the image, or misses what had been answered by then."""
    opened = product.open_and_verify()
    if opened != "whole":
        return [f"{at}: {opened}"]
    said = [piece for moment, piece in stretch.acknowledged if moment < at]
    with reading(product.folder) as database:
        problems = stretch.work.problems(database, said, unanswered=stretch.work.lanes) + damage(database)
    return [f"{at}: {problems[:3]}"] if problems else []


def _lay_out(image: Path, files: dict[str, bytes]) -> None:
    """Replace what is at risk by what the disk has kept."""
    for path in image.glob("*.sqlite3*"):
        path.unlink()
    kept = {name: content for name, content in files.items() if name.startswith(_AT_RISK)}
    present = {path.relative_to(image).as_posix() for path in (image / "files").rglob("*") if path.is_file()}
    for name in present - set(kept):
        (image / name).unlink()
    for name, content in kept.items():
        # Files are named by their content, so one of the same name and size was laid out by an earlier cut.
        path = image / name
        if name.startswith("files/") and name in present and path.stat().st_size == len(content):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _at_risk(name: str) -> bool:
    return name.startswith(("main.sqlite3", "audit.sqlite3")) or name == "server.log"


def _copy(folder: Path, before: Path) -> None:
    before.mkdir()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.startswith(_AT_RISK) and not name.endswith("-shm"):
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, before / name)
