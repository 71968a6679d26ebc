"""Home: what the logged-in person has to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.reporting.queries import home as queries


@access(Right.HOME, level=Level.L2)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The work queue first, then where the year stands; a person of a village sees the own village only."""
    found = queries.home(request.actor, on=timezone.localdate())
    return render(request, "reporting/home.html", {"home": found})
