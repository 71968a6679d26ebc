"""`bersinar start --rehearsal`: from the office's folder into its rehearsal copy, and back to its beginning."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bersinar.config import rehearsal

# What belongs to the machine and not to the office; every other setting of the office stays behind.
_OF_THE_MACHINE = frozenset({"BERSINAR_DATA"})
_LOOK_SECONDS = 0.5


def enter(real: Path, *, renew: bool) -> int:
    """Begin the copy where there is none, then leave the office's folder and all its settings behind."""
    folder = real if rehearsal.is_rehearsal(real) else rehearsal.folder_of(real)
    if folder != real and (renew or not rehearsal.is_rehearsal(folder)):
        # In a process of its own: this one must never have opened the real database.
        begun = subprocess.run([sys.executable, "-m", "bersinar", "rehearsal", "--commit"], check=False)
        if begun.returncode:
            return begun.returncode
    for name in [name for name in os.environ if name.startswith("BERSINAR_")]:
        if name not in _OF_THE_MACHINE:
            del os.environ[name]
    os.environ["BERSINAR_DATA"] = str(folder)
    return 0


def refusal(folder: Path, *, wanted: bool) -> str | None:
    """A copy opens only when asked for by its name, and nothing else does."""
    if rehearsal.is_rehearsal(folder) == wanted:
        return None
    if wanted:
        return f"Folder {folder} bukan salinan latihan."
    return f"Folder {folder} adalah salinan latihan. Bukalah dengan: bersinar start --rehearsal"


def began_anew(folder: Path) -> bool:
    """Empty the copy when somebody pressed its button; the server is down and the lock is held."""
    if not (rehearsal.is_rehearsal(folder) and (folder / rehearsal.ASKED_ANEW).exists()):
        return False
    rehearsal.empty(folder)
    return True


def watch(folder: Path, stop: Callable[[], None]) -> None:
    """Lay the server of a copy down once its button was pressed: it finishes what it answers."""
    if not rehearsal.is_rehearsal(folder):
        return

    def until_asked() -> None:
        while not (folder / rehearsal.ASKED_ANEW).exists():
            time.sleep(_LOOK_SECONDS)
        # The page that says so is on its way by now.
        time.sleep(_LOOK_SECONDS)
        stop()

    threading.Thread(target=until_asked, name="bersinar-latihan", daemon=True).start()
