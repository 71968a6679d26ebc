"""The year at a glance, for the head of the office."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.reporting.queries import years


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def year_at_a_glance(request: HttpRequest, year: int) -> HttpResponse:
    """Numbers, decisions, letters that wait, stages, and what is overdue; made for one sheet of paper."""
    if not 2000 <= year <= 2100:
        raise Http404
    found = years.year_at_a_glance(year, request.actor, on=timezone.localdate())
    return render(request, "reporting/year.html", {"found": found, "year": year})
