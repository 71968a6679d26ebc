"""Where copies go: a folder of the data folder, and a second one the office chose, such as a USB stick."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from bersinar.upkeep.backup.disk import write_whole
from bersinar.upkeep.backup.errors import FolderUnsuitable

LOCAL = "backups"
SECOND = "bersinar-cadangan"
_FILE = "places.json"


@dataclass(frozen=True, slots=True)
class Places:
    """The second folder as it was chosen, and how the last copy into it went."""

    second: str = ""
    failed: str = ""  # code of the refusal, while the last attempt failed


def data() -> Path:
    return Path(settings.BERSINAR_DATA)


def local() -> Path:
    return data() / LOCAL


def chosen() -> Places:
    path = local() / _FILE
    return Places(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Places()


def second() -> Path | None:
    """The folder of our own inside the one that was chosen, so that nothing else there is touched."""
    found = chosen().second
    return Path(found) / SECOND if found else None


def second_is_there() -> bool:
    """Whether the stick is plugged in: its folder is never made anew, or copies would land on this very disk."""
    found = chosen().second
    return bool(found) and Path(found).is_dir()


def choose_second(text: str) -> Places:
    """Check and remember the second folder; empty text forgets it."""
    if text.strip():
        folder = Path(text.strip()).expanduser()
        _check(folder)
        new = Places(second=str(folder.resolve()))
    else:
        new = Places()
    _keep(new)
    return new


def note_second(failed: str) -> None:
    """How the last copy into it went; empty when well."""
    _keep(Places(chosen().second, failed))


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def same_disk() -> bool:
    """Whether the second folder lies on the same file system as the data."""
    found = chosen().second
    return second_is_there() and Path(found).stat().st_dev == data().stat().st_dev


def _keep(new: Places) -> None:
    write_whole(local() / _FILE, json.dumps(asdict(new), indent=1))


def _check(folder: Path) -> None:
    if not folder.is_absolute() or not folder.is_dir():
        raise FolderUnsuitable(_("folder itu tidak ada. Tulis lengkap, misalnya /media/usb atau E:/"))
    if folder.resolve().is_relative_to(data().resolve()):
        raise FolderUnsuitable(_("letaknya di dalam folder data sendiri."))
    if not os.access(folder, os.W_OK):
        raise FolderUnsuitable(_("Bersinar tidak boleh menulis di sana."))
