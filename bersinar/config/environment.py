"""Settings that one installation may choose, read once and refused with a sentence when wrong."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bersinar.config import postgresql, settings_file

REPOSITORY = Path(__file__).resolve().parents[2]
MAIN_URL, AUDIT_URL = "BERSINAR_DATABASE_URL", "BERSINAR_AUDIT_DATABASE_URL"
# What a file is called after its content moved to PostgreSQL: kept, but never opened by mistake.
MOVED = ".dipindahkan"


def flag(name: str, *, default: bool) -> bool:
    """A yes or no, written 1 or 0."""
    text = os.environ.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} harus 1 atau 0, bukan {text!r}.")
    return text == "1"


def data_folder() -> Path:
    """Where this installation keeps everything: the clone's var/, or the user's own data folder."""
    chosen = os.environ.get("BERSINAR_DATA")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
    elif (REPOSITORY / "pyproject.toml").exists():
        folder = REPOSITORY / "var"
    elif sys.platform == "win32":
        folder = Path(os.environ["LOCALAPPDATA"]) / "Bersinar"
    else:
        folder = Path.home() / ".local" / "share" / "bersinar"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def count(name: str, *, default: int) -> int:
    """A whole number from 0."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} harus bilangan bulat, bukan {text!r}.")
    return int(text)


def secret_key(folder: Path) -> str:
    """A key of this installation's own, made once; there is no default key that leaks could share."""
    path = folder / "secret_key"
    if not path.exists():
        _make_key(path)
    return path.read_text().strip()


def _make_key(path: Path) -> None:
    # Written aside, then linked: two servers that start at once on one folder end with one key, and never half of it.
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".kunci-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        Path(beside).unlink()


def database_urls(folder: Path) -> tuple[str, str] | None:
    """Where PostgreSQL keeps the main database and the sealed audit; None where SQLite does.

    One line moves an installation: told only the main database, the audit's is its name with _audit.
    """
    settings_file.read_into_environment(folder)
    main, audit = os.environ.get(MAIN_URL), os.environ.get(AUDIT_URL)
    if not main:
        if audit:
            raise ImproperlyConfigured(
                f"{AUDIT_URL} diisi tanpa {MAIN_URL}. Isi keduanya, atau yang kedua saja."
            )
        return None
    return main, audit or postgresql.audit_url(main)


def databases(folder: Path) -> dict[str, dict[str, object]]:
    """Main and audit, both on PostgreSQL or both in files of the data folder."""
    urls = database_urls(folder)
    if urls is None:
        return {"default": _file(folder / "main.sqlite3"), "audit": _file(folder / "audit.sqlite3")}
    threads = count("BERSINAR_DATABASE_THREADS", default=0)
    return {
        "default": postgresql.configuration(MAIN_URL, urls[0], threads=threads),
        # Sealing and verifying speak to it, one at a time.
        "audit": postgresql.configuration(AUDIT_URL, urls[1], threads=min(threads, 1)),
    }


def _file(path: Path) -> dict[str, object]:
    """SQLite with every commit synced."""
    if not path.exists() and path.with_name(path.name + MOVED).exists():
        raise ImproperlyConfigured(
            f"Data folder {path.parent} sudah dipindahkan ke PostgreSQL, tetapi {MAIN_URL} tidak diisi. "
            f"Tulis kembali baris itu di {path.parent / settings_file.NAME}."
        )
    return {
        "ENGINE": "bersinar.config.sqlite",
        "NAME": str(path),
        # Kept open: the last connection to close would write everything back and remove the log, at every request.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: with NORMAL a power cut loses commits that were already acknowledged.
            # Not trusted_schema=OFF: SQLite 3.40 (Debian 12) then refuses every table with a JSON column.
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cell_size_check=ON;PRAGMA mmap_size=0;"
                "PRAGMA wal_autocheckpoint=0;PRAGMA journal_size_limit=4096000;"
            ),
        },
    }
