"""Settings that one installation may choose, read once and refused with a sentence when wrong."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[2]


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


def secret_key(folder: Path) -> str:
    """A key of this installation's own, made once; there is no default key that leaks could share."""
    path = folder / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def database(url_name: str, sqlite_path: Path) -> dict[str, object]:
    """PostgreSQL where an address is given, otherwise a SQLite file with every commit synced."""
    url = os.environ.get(url_name)
    if url:
        parts = urlsplit(url)
        if parts.scheme != "postgresql":
            raise ImproperlyConfigured(f"{url_name} harus berawalan postgresql://.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            # A socket folder cannot stand before the slash, so it comes as ?host=.
            "HOST": parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0],
            "PORT": str(parts.port or ""),
        }
    return {
        "ENGINE": "bersinar.config.sqlite",
        "NAME": str(sqlite_path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: with NORMAL a power cut loses commits that were already acknowledged.
            # Not trusted_schema=OFF: SQLite 3.40 (Debian 12) then refuses every table with a JSON column.
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cell_size_check=ON;PRAGMA mmap_size=0;"
            ),
        },
    }
