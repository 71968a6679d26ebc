"""Background work of the reporting stage: the figures of the overview follow what the earlier stages do.

Earlier stages know nothing of the overview. Twice a minute a worker looks into the audit for what changes a figure,
and queues one counting for the offices it concerns.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.access import Actor
from bersinar.audit.queries import offices_touched
from bersinar.jobs.registry import chore
from bersinar.reporting import actions
from bersinar.reporting.queries import overview

KIND = "reporting.refresh_overview"
LOOK_SECONDS = 30.0
# What moves a figure. An office that opens may take regencies over from a larger one, so then all are counted.
VALUES = ("import_applied", "import_withdrawn", "value_entered", "value_withdrawn")
WATCHED = frozenset({*(f"fieldwork.{one}" for one in VALUES), "mapping.released"})
EVERYTHING = frozenset({"fieldwork.round_opened", "upkeep.office_opened"})


@jobs.handler(KIND, title=_("Menghitung ringkasan wilayah"))
def refresh(job: jobs.Context, *, seen: int, offices: list[int] | None) -> str:
    """Count anew; run twice it leaves the same rows."""
    actions.refresh_overview(seen=seen, offices=offices, progress=job.progress)
    return reverse("reporting:overview")


@chore("reporting.follow", seconds=LOOK_SECONDS)
def follow() -> None:
    """Queue a counting when something happened since the last one. One that is queued already is not doubled."""
    mark = overview.mark()
    after = mark.seen if mark is not None else 0
    last, touched = offices_touched(after, WATCHED)
    _last, anew = offices_touched(after, EVERYTHING)
    if mark is not None and not touched and not anew:
        return
    offices = None if mark is None or anew or None in touched else sorted(one for one in touched if one)
    jobs.enqueue(KIND, by=Actor.system("ringkasan"), key=str(last), seen=last, offices=offices)
