"""Background work of territory."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.territory import actions, queries


@jobs.handler("territory.read_borders", title=_("Membaca berkas batas"))
def read_borders(job: jobs.Context, *, set_id: int) -> str:
    """Read an uploaded file; one that was already read stays as it is. Then its picture is made."""
    job.progress(0, 2)
    found = actions.read_borders(set_id, by=job.actor)
    job.progress(1, 2)
    if found.state == "TERBACA":
        queries.set_shapes(found)
    job.progress(2, 2)
    return reverse("territory:border_set", args=[set_id])


@jobs.handler("territory.draw_map", title=_("Menggambar peta desa"))
def draw_map(job: jobs.Context, *, office_id: int) -> str:
    """Make an office's map before somebody has to wait for it."""
    if office_id in job.actor.office_ids:
        queries.shapes(office_id)
    return reverse("territory:borders")
