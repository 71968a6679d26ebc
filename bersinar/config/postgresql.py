"""What every connection to PostgreSQL is told, so that a promise made on SQLite holds there too."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

ENGINE = "django.db.backends.postgresql"
# Of the database whose address is given; the sealed copy lies beside it.
AUDIT_SUFFIX = "_audit"
# Beside the threads that answer: the worker, the sign of life of its job, and one to spare.
_BESIDE_THREADS = 3
_SESSION = {
    # On, whatever the server's own default says: acknowledged means written to disk.
    "synchronous_commit": "on",
    # As long as a writer waits on SQLite; then a sentence, not a page that never comes.
    "lock_timeout": "60s",
    # A server that lost its power keeps nobody waiting: its row locks go when its silence is noticed.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "10min",
}


def configuration(name: str, url: str, *, threads: int) -> dict[str, Any]:
    """Django's settings of one database; `threads` that share its connections, 0 for a command that needs one.

    Raises ImproperlyConfigured when the address, given by the setting `name`, is not PostgreSQL's.
    """
    parts = urlsplit(url)
    database = database_name(url)
    if parts.scheme != "postgresql" or not database:
        raise ImproperlyConfigured(f"{name} harus berbentuk postgresql://pengguna:sandi@komputer/basisdata.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    # A socket folder cannot stand before the slash, so it comes as ?host=.
    host = query.pop("host", unquote(parts.hostname or ""))
    return {
        "ENGINE": ENGINE,
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # A connection that was cut is replaced before a page meets it.
        "CONN_HEALTH_CHECKS": threads > 0,
        "OPTIONS": {
            "application_name": "bersinar",
            "connect_timeout": 5,
            "tcp_user_timeout": 15_000,  # milliseconds until a silent server counts as gone
            "options": " ".join(f"-c {key}={value}" for key, value in _SESSION.items()),
            # sslmode, sslrootcert and whatever else the address says.
            **query,
            **({"pool": _pool(threads)} if threads else {}),
        },
    }


def database_name(url: str) -> str:
    """What stands behind the last slash; empty where there is nothing."""
    return unquote(urlsplit(url).path.lstrip("/"))


def audit_url(url: str) -> str:
    """The address of the sealed copy when only the main database is told: the same server, another name."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/" + quote(database_name(url) + AUDIT_SUFFIX)))


def _pool(threads: int) -> dict[str, Any]:
    """One process's connections. All threads find one; at night most are given back to the server."""
    return {
        "min_size": 1,
        "max_size": threads + _BESIDE_THREADS,
        "timeout": 10.0,
        "max_idle": 300.0,
        "max_lifetime": 1800.0,
        # A server that is down for longer than this is asked again by the next page, not by a loop.
        "reconnect_timeout": 5.0,
    }
