"""The log of the server: what broke and where in the code, never what stood in somebody's form.

One line of JSON an event, with the fields named here and no others, in a file a day of the data folder. Messages of our
own loggers are cleaned of what looks like a person's number, address or key; of others only the fixed text is kept.
Exceptions leave their class and the places in the code: their messages and the values around them may hold anything.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import traceback
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = "logs"
KEEP_DAYS = 30
_LARGEST = 20 * 1024 * 1024  # a day; a fault that repeats without end must not fill the disk
_NAME = "bersinar-{:%Y-%m-%d}.log"
_OWN = "bersinar"
_ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 300
_GONE = "[…]"
_CLEAN = [
    re.compile(pattern)
    for pattern in (
        r"\?[^\s\"']*",  # query strings
        r"[^\s@<>\"']+@[^\s@<>\"']+",  # e-mail addresses
        r"(?i)\b(?:password|passwd|sandi|token|secret|key|kunci|cookie|session\w*|csrf\w*)\s*[=:]\s*\S+",
        r"(?<![\w.])(?:\+?62|0)[\s.-]?8\d(?:[\s.-]?\d){6,11}\b",  # phones
        r"\b\d(?:[\s.-]?\d){15}\b",  # numbers of identity cards
        r"\b\d{9,}\b",
        r"[A-Za-z0-9_+/=-]{24,}",  # keys, tokens, hashes
    )
]


def clean(text: str) -> str:
    """Without what looks like a person or a key."""
    for pattern in _CLEAN:
        text = pattern.sub(_GONE, text)
    return text.replace("\n", " ")[:_LONGEST]


class LineFormatter(logging.Formatter):
    """The fields that may be written, and nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        fields: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": clean(self._message(record)),
            "code": getattr(request, "error_code", None),
            "method": getattr(request, "method", None),
            "page": _page(request),
            "status": getattr(record, "status_code", None),
        }
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"], fields["where"] = told(record.exc_info[1])
        return json.dumps({name: value for name, value in fields.items() if value is not None})

    def _message(self, record: logging.LogRecord) -> str:
        if record.name == _OWN or record.name.startswith(_OWN + "."):
            return record.getMessage()
        return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


def told(error: BaseException) -> tuple[str, list[str]]:
    """Class and places of an exception; of the one it came from only the class."""
    names = [type(error).__qualname__]
    for cause in (error.__cause__, error.__context__):
        if cause is not None:
            names.append(type(cause).__qualname__)
            break
    if isinstance(error, OSError) and error.errno is not None:
        names[0] += f" {error.errno}"
    frames = traceback.extract_tb(error.__traceback__, limit=-20)
    return " < ".join(names), [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _page(request: Any) -> str | None:
    """The name of the address, not the address: what stands in it may be a person's."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match is not None else None


def _short(filename: str) -> str:
    """From the package on: where this computer keeps it tells the name of the account."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


class DayFile(logging.Handler):
    """Appends to a file of today; a day later to the next one. Files older than a month go."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = Path(folder)
        self._day: date | None = None
        self._guard = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        # Never an error of its own: the disk may be full, and the page must still be answered.
        try:
            line = self.format(record)
            with self._guard:
                path = self._path()
                if not path.exists() or path.stat().st_size < _LARGEST:
                    with path.open("a", encoding="utf-8") as file:
                        file.write(line + "\n")
        except Exception:
            return

    def _path(self) -> Path:
        today = datetime.now(UTC).date()
        if today != self._day:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            prune(self._folder, today)
            self._day = today
        return self._folder / _NAME.format(today)


def prune(folder: Path, today: date) -> None:
    """Remove files of days long gone; a clock that jumped ahead removes none of the last month by its own count."""
    oldest = _NAME.format(today - timedelta(days=KEEP_DAYS))
    for path in folder.glob("bersinar-*.log"):
        if path.name < oldest:
            path.unlink(missing_ok=True)


def configuration(data: Path) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "bersinar.config.logs.LineFormatter"}},
        "handlers": {
            "file": {
                "()": "bersinar.config.logs.DayFile",
                "folder": str(data / FOLDER),
                "formatter": "line",
                "level": "WARNING",
            },
            # What systemd or compose keeps, and whoever looks at the window of a start.
            "console": {"class": "logging.StreamHandler", "formatter": "line", "level": "ERROR"},
        },
        "root": {"handlers": ["file", "console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Pages that are not there or closed are everyday; what broke is not.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "bersinar": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }
