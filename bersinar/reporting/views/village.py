"""The page of one village."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.reporting.queries import village as queries
from bersinar.reporting.queries.own import own_village
from bersinar.ui import outside


@access(Right.HOME, level=Level.L2)
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """People of the office see what their rights open; people of the village see their own promises only."""
    today = timezone.localdate()
    if request.actor.village_code is not None:
        own = own_village(code, request.actor, on=today)
        return render(request, "reporting/village_own.html", {"own": own})
    found = queries.village_page(code, request.actor, on=today)
    context = {"found": found, "share": queries.share(found, outside.link(request.path))}
    return render(request, "reporting/village.html", context)
