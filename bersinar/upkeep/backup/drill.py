"""The restore test of a person: open the last copy with the words from the paper, all of it, and replace nothing.

It runs in a process of its own: it may take minutes, and the words stay out of the server's tables and files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from pyrage import x25519

from bersinar.upkeep.backup import copies, keys, places, restoring
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.disk import write_whole
from bersinar.upkeep.backup.errors import CopyDamaged, NoCopy, WrongWords
from bersinar.upkeep.errors import UpkeepError

_FILE = "drill.json"
SCRATCH = ".uji-"


@dataclass(frozen=True, slots=True)
class Result:
    """How the last test went; without `ended` it still runs, or was cut off."""

    copy: str
    began: str
    ended: str = ""
    code: str = ""  # of the refusal; empty when it went well
    rows: int = 0
    files: int = 0
    lost: int = 0

    @property
    def began_at(self) -> datetime:
        return datetime.fromisoformat(self.began)

    @property
    def went_well(self) -> bool:
        return bool(self.ended) and not self.code and not self.lost


def last() -> Result | None:
    """The newest test of this installation."""
    path = places.local() / _FILE
    try:
        return Result(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def start(words: str) -> Copy:
    """Check what can be checked at once, then let it run; returns the copy that is tested."""
    copy = copies.last_verified(places.local())
    if copy is None:
        raise NoCopy(str(places.local()))
    check_words(copy, keys.identity_of(words))
    _tell(Result(copy.name, _now()))
    root = Path(__file__).resolve().parents[3]
    child = subprocess.Popen(
        [sys.executable, "-m", "bersinar", "restore", str(copy.path), "--test"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(root), "BERSINAR_DATA": str(places.data())},
        text=True,
    )
    threading.Thread(target=child.communicate, args=(words,), name="bersinar-drill", daemon=True).start()
    return copy


def check_words(copy: Copy, identity: x25519.Identity) -> None:
    """The words must be those of the paper this copy was sealed to."""
    try:
        recipient = copies.manifest(copy.path)["recipient"]
    except (OSError, ValueError, KeyError) as error:
        raise CopyDamaged(copies.COPY) from error
    if str(identity.to_public()) != recipient:
        raise WrongWords


def run(copy: Copy, identity: x25519.Identity) -> restoring.Restored:
    """Open everything of a copy in a scratch folder; the outcome is kept for the page."""
    began = _now()
    _tell(Result(copy.name, began))
    places.local().mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tempfile.TemporaryDirectory(dir=places.local(), prefix=SCRATCH) as folder:
            found = restoring.open_into(copy, identity, Path(folder))
    except UpkeepError as refused:
        _tell(Result(copy.name, began, _now(), code=refused.code))
        raise
    _tell(Result(copy.name, began, _now(), "", found.rows, found.files, len(found.lost_files)))
    return found


def _tell(result: Result) -> None:
    write_whole(places.local() / _FILE, json.dumps(asdict(result), indent=1))


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
