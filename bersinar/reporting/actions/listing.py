"""What leaves the office is written into the audit."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.reporting import sheets
from bersinar.reporting.queries.listing import DesaBersinarList, desa_bersinar_list


def export_list(*, year: int | None, on: date, by: Actor) -> tuple[DesaBersinarList, bytes]:
    """The Desa Bersinar list and its workbook; the same data give the same bytes."""
    by.require(Right.REPORTS_EXPORT)
    found = desa_bersinar_list(by, year=year, on=on)
    content = sheets.workbook(found, example=settings.BERSINAR_DEMO)
    with transaction.atomic():
        audit.record(by, "reporting.list_exported", year=found.year, villages=len(found.rows))
    return found, content
