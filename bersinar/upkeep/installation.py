"""Brings a data folder up to what this version needs; safe to run at every start."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from bersinar.territory import actions as territory
from bersinar.territory import queries as territory_queries

Say = Callable[[str], None]


def prepare(*, demo: bool, say: Say) -> None:
    """Tables, files of the pages, the nation's regions and, in a demo folder, the Belitung story."""
    for alias in ("default", "audit"):
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say(f"Menyiapkan tabel ({alias}) …")
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    if not settings.WHITENOISE_USE_FINDERS:
        call_command("collectstatic", verbosity=0, interactive=False)
    if not territory_queries.regions_are_loaded():
        say("Memuat 83.762 desa dan kelurahan …")
        territory.load_regions()
    if demo:
        from bersinar.demo.actions import build_if_absent

        build_if_absent(say=say)
