"""Background work of the mapping stage."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.mapping import actions


@jobs.handler("mapping.run", title=_("Menghitung pemetaan"))
def run(job: jobs.Context, *, round_id: int, rule_key: str) -> str:
    """Calculate; the same input gives the same run, so a second try is harmless."""
    made = actions.run_mapping(round_id, rule_key=rule_key, by=job.actor, progress=job.progress)
    return reverse("mapping:run", args=[made.pk])
