"""Background work of the collecting stage."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.fieldwork import actions


@jobs.handler("fieldwork.read_upload", title=_("Membaca berkas"))
def read_upload(job: jobs.Context, *, import_id: int) -> str:
    """Read an uploaded file; one that was already read stays as it is."""
    job.progress(0, 1)
    actions.read_import(import_id, by=job.actor)
    job.progress(1, 1)
    return reverse("fieldwork:import", args=[import_id])


@jobs.handler("fieldwork.apply_import", title=_("Menyimpan nilai dari berkas"))
def apply_import(job: jobs.Context, *, import_id: int) -> str:
    """Take a large file over, all of it in one transaction; one that is stored already stays as it is."""
    # In one step: how many cells a file holds tells how many of them are closed.
    job.progress(0, 1)
    actions.apply_import(import_id, by=job.actor)
    job.progress(1, 1)
    return reverse("fieldwork:import", args=[import_id])
