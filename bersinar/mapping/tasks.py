"""Background work of the mapping stage."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.mapping import actions
from bersinar.mapping.table import FileKind


@jobs.handler("mapping.run", title=_("Menghitung pemetaan"))
def run(job: jobs.Context, *, round_id: int, rule_key: str) -> str:
    """Calculate; the same input gives the same run, so a second try is harmless."""
    made = actions.run_mapping(round_id, rule_key=rule_key, by=job.actor, progress=job.progress)
    return reverse("mapping:run", args=[made.pk])


@jobs.handler("mapping.export", title=_("Menulis tabel kategori"))
def export(job: jobs.Context, *, run_id: int, shape: str) -> str:
    """Write the table of a large run; the same table is kept once, however often it is made."""
    job.progress(0, 1)
    kept = actions.keep_table(run_id, kind=FileKind(shape), by=job.actor)
    job.progress(1, 1)
    return reverse("documents:file", args=[kept.pk])
