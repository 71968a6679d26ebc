"""The daily copy: the worker looks every ten minutes whether one is due."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bersinar import jobs
from bersinar.access import Actor
from bersinar.jobs.registry import chore
from bersinar.upkeep import queries
from bersinar.upkeep.backup import copies, making, places, standing
from bersinar.upkeep.backup.vocabulary import Reason

KIND = "upkeep.backup"
# Noon by the office's clock: the PC is on, and people eat.
HOUR, MINUTE = 12, 30
_ENOUGH = timedelta(hours=20)
_AT_LATEST = timedelta(hours=24)
_LOOK_SECONDS = 600.0
_TRY_AGAIN_SECONDS = 3600.0
_tried: float | None = None


@jobs.handler(KIND, title=_("Cadangan"))
def back_up(context: jobs.Context, *, reason: str) -> str:
    """One copy; run twice it makes two, and neither harms."""
    making.make(Reason(reason), progress=context.progress)
    standing.forget()
    return reverse("upkeep:home")


@chore("upkeep.backup_when_due", seconds=_LOOK_SECONDS)
def back_up_when_due() -> None:
    """Queue the daily copy. After a failure it is tried again an hour later, and the home page says so meanwhile."""
    global _tried
    office = queries.keeper()
    last = copies.last_verified(places.local())
    if office is None or not is_due(timezone.localtime(), last.made_at if last is not None else None):
        return
    if _tried is not None and time.monotonic() - _tried < _TRY_AGAIN_SECONDS:
        return
    _tried = time.monotonic()
    by = Actor.system("cadangan", office_id=office.pk, office_name=office.name)
    key = f"{Reason.DAILY.value}/{timezone.now():%Y%m%d%H}"
    jobs.enqueue(KIND, by=by, key=key, reason=Reason.DAILY.value)


def is_due(now: datetime, last: datetime | None) -> bool:
    """At half past twelve, or as soon as the PC is on again when the last is a day old."""
    # A copy of the future: the clock was ahead then. It says nothing about today.
    if last is None or last > now:
        return True
    age = now - last
    past_noon = (now.hour, now.minute) >= (HOUR, MINUTE)
    return age >= _AT_LATEST or (past_noon and age >= _ENOUGH)
