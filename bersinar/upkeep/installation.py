"""Brings a data folder up to what this version needs; safe to run at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from bersinar.territory import actions as territory
from bersinar.territory import queries as territory_queries
from bersinar.upkeep.backup import before_upgrade, keys
from bersinar.upkeep.errors import NewerSchema

Say = Callable[[str], None]


def prepare(*, demo: bool, say: Say, copy_first: bool = True) -> None:
    """Tables, files of the pages, the nation's regions and, in a demo folder, the Belitung story.

    Tables that hold something are copied before they are changed; the copy must count, or nothing is changed.
    """
    if copy_first:
        before_upgrade.copy_if_needed(say)
    for alias in ("default", "audit"):
        executor = MigrationExecutor(connections[alias])
        check_schema_is_known(executor.loader)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say(f"Menyiapkan tabel ({alias}) …")
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    keys.recovery()
    before_upgrade.record_restore()
    _collect_static(say)
    # A rehearsal copy loads the provinces of its offices alone, so that it begins anew while people wait.
    if not settings.BERSINAR_REHEARSAL and not territory_queries.regions_are_loaded():
        say("Memuat 83.762 desa dan kelurahan …")
        territory.load_regions()
    if demo:
        # By its command, not by import: the demo stands beside this folder, not below it. Apart, because it
        # prints letters and the server is forked from this process.
        call_command("demo", commit=True, apart=True)
    if settings.BERSINAR_REHEARSAL:
        call_command("rehearsal", build=True)


def check_schema_is_known(loader: MigrationLoader) -> None:
    """Raise when the tables were made by a newer version: an older one would misread them."""
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    if unknown := sorted(set(loader.applied_migrations) - known):
        raise NewerSchema(".".join(unknown[0]))


def _collect_static(say: Say) -> None:
    """Styles, scripts and fonts under names that last, small on the wire; again only when one of them changed."""
    stamp = Path(settings.BERSINAR_DATA) / "static.sha256"
    now = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != now:
        say("Menyiapkan tampilan …")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now)


def _static_files() -> list[str]:
    """Every file with its size and time of change: reading them all at each start would take longer."""
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            found.append(f"{name} {facts.st_size} {facts.st_mtime_ns}")
    return sorted(found)
