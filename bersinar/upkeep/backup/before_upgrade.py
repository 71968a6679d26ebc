"""What happens to copies when a version starts: one before tables change, and a note of a restore."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor
from bersinar.upkeep.backup import copies, databases, making, places, restoring
from bersinar.upkeep.backup.errors import NoRecentCopy
from bersinar.upkeep.backup.vocabulary import Reason

# On PostgreSQL the copy needs the version that made the tables, so it is made before that version is replaced.
_RECENT = timedelta(hours=25)


def copy_if_needed(say: Callable[[str], None]) -> None:
    """Where tables that hold something are about to change. Raises when no copy counts: then nothing is changed."""
    if not any(_changes(alias) for alias, _name in databases.ALIASES):
        return
    if databases.engine() == "postgresql":
        last = copies.last_verified(places.local())
        if last is None or timezone.now() - last.made_at > _RECENT:
            raise NoRecentCopy
        return
    say("Membuat cadangan sebelum pembaruan …")
    making.make(Reason.UPGRADE)


def _changes(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    is_new = not executor.loader.applied_migrations
    return not is_new and bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def record_restore() -> None:
    """The first start after a restore tells the audit, once; the note in the folder stays for people."""
    path = places.data() / restoring.RESTORED
    if not path.exists():
        return
    told = json.loads(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        by = Actor.system("restore")
        audit.record(
            by, "upkeep.restored", copy=told["copy"], at=told["at"], lost_files=len(told["lost_files"])
        )
        path.replace(path.with_name("restored-last.json"))
