"""The rehearsal copy (salinan latihan): a data folder of its own inside the office's, known by the file that began it.

Everything that tells it from the real one follows from that file and from nothing a person could forget to set.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MARK = "latihan.json"
FOLDER = "latihan"
PORT = 8100
# Somebody pressed the button: the server lays itself down and begins anew.
ASKED_ANEW = "ulang-dari-awal"
# Open in this process, the same for every beginning, or the mark itself.
_STAYS = (MARK, "bersinar.lock", "logs", "secret_key", "static", "static.sha256")


def is_rehearsal(folder: Path) -> bool:
    """Does this data folder hold a rehearsal copy?"""
    return (folder / MARK).is_file()


def folder_of(real: Path) -> Path:
    """Where the rehearsal copy of an office's data folder lies."""
    return real / FOLDER


def cookie_name(plain: str, *, rehearsal: bool) -> str:
    """Browsers keep cookies by host, not by port: with one name the copy would sign people out of the real one."""
    return f"latihan_{plain}" if rehearsal else plain


def refuse_foreign_database(urls: object) -> None:
    """A copy that found the office's PostgreSQL in its settings would practise on real data."""
    if urls is not None:
        raise ImproperlyConfigured(
            "Salinan latihan hanya memakai basis data di foldernya sendiri. Jalankan: bersinar start --rehearsal"
        )


def empty(folder: Path) -> None:
    """Throw away all that was practised. The mark goes never, so that no half of it can look real.

    Whoever calls holds the folder's lock.
    """
    if not is_rehearsal(folder):
        raise ValueError(f"not a rehearsal copy: {folder}")
    for part in sorted(folder.iterdir()):
        if part.name in _STAYS:
            continue
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink()
