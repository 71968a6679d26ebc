"""The released table as a file. What leaves the office is written into the audit."""

from __future__ import annotations

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.mapping import errors, queries, table
from bersinar.mapping.table import FileKind, TableFile


def export_table(run_id: int, *, kind: FileKind, by: Actor) -> TableFile:
    """Category of every village with the status of its line; never a value or a count of indicators."""
    by.require(Right.REPORTS_EXPORT)
    run = queries.run_summary(run_id, by)
    if run.released_at is None:
        raise errors.NotReleased
    made = table.table_file(run, queries.run_rule(run_id, by), queries.all_results(run_id, by), kind)
    with transaction.atomic():
        audit.record(by, "mapping.table_exported", run=run_id, kind=kind.value, villages=len(made.rows))
    return made
