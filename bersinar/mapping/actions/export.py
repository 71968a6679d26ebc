"""The released table as a file. What leaves the office is written into the audit."""

from __future__ import annotations

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Level, Right
from bersinar.documents.actions.files import store_file
from bersinar.documents.models import StoredFile
from bersinar.mapping import errors, queries, table
from bersinar.mapping.table import FileKind, TableFile


def export_table(run_id: int, *, kind: FileKind, by: Actor) -> TableFile:
    """Category of every village with the status of its line; never a value or a count of indicators."""
    by.require(Right.REPORTS_EXPORT)
    run = queries.run_summary(run_id, by)
    if run.released_at is None:
        raise errors.NotReleased
    made = table.table_file(run, queries.run_rule(run_id, by), queries.each_result(run_id, by), kind)
    with transaction.atomic():
        audit.record(by, "mapping.table_exported", run=run_id, kind=kind.value, villages=made.villages)
    return made


def keep_table(run_id: int, *, kind: FileKind, by: Actor) -> StoredFile:
    """The same, kept among the office's files for whoever waits for it; made twice it is one file."""
    made = export_table(run_id, kind=kind, by=by)
    return store_file(
        made.content,
        name=made.name,
        content_type=kind.content_type,
        by=by,
        level=Level.L2,
        right=Right.REPORTS_EXPORT,
    )
