"""Data folders and databases that are prepared once and copied for every measurement."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support import postgresql

REPOSITORY = Path(__file__).resolve().parents[2]
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Place:
    """One data folder, with the addresses of its databases where they are not files in it."""

    folder: Path
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work in it; nothing of the person's own installation gets in."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("BERSINAR_")}
        return {
            **kept,
            **self.addresses,
            "BERSINAR_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "bersinar.config.settings",
            "PYTHONPATH": str(REPOSITORY),
        }


@contextmanager
def fresh(database: str) -> Iterator[Place]:
    """An empty folder that vanishes; PostgreSQL keeps its promise to the disk, as an office's would."""
    folder = Path(tempfile.mkdtemp(prefix="bersinar-bench-"))
    try:
        if database == "sqlite":
            yield Place(folder)
        else:
            with postgresql.server(postgresql.VERSIONS[-1], durable=True) as addresses:
                yield Place(folder, addresses)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def copy(place: Place) -> Iterator[Place]:
    """The same state once more, so that every measurement begins from it. Nobody may be connected meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="bersinar-bench-"))
    shutil.copytree(place.folder, folder, dirs_exist_ok=True)
    if not place.addresses:
        try:
            yield Place(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    names = {url: urlsplit(url).path.lstrip("/") for url in place.addresses.values()}
    try:
        for url, name in names.items():
            _sql(url, f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
        copied = {
            key: url.replace(f"/{names[url]}?", f"/{names[url]}_copy?")
            for key, url in place.addresses.items()
        }
        yield Place(folder, copied)
    finally:
        for url, name in names.items():
            _sql(url, f'DROP DATABASE IF EXISTS "{name}_copy"')
        shutil.rmtree(folder, ignore_errors=True)


def _sql(url: str, statement: str) -> None:
    """Said to the server's own database: the one to be copied must have no visitor."""
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(url.replace(f"/{name}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]  # names of our own, no values


def migrate(place: Place) -> None:
    """Empty tables of today's version in both databases."""
    for alias in ("default", "audit"):
        run(place, "bersinar", "migrate", "--database", alias, "--verbosity", "0")


def run(place: Place, module: str, *arguments: str) -> str:
    """Run a module there and give what it said; a failure ends the benchmark with its own words."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=place.environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-3000:]}")
    return done.stdout
