"""The map of one run, on screen and as a file."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.reporting import picture
from bersinar.reporting.queries import maps as queries


@access(Right.MAP_SEE, level=Level.L2)
@require_GET
def map_page(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The picture, its legend with a sum, and every village as a link beside it."""
    found = queries.run_map(run_pk, request.actor)
    return render(request, "reporting/map.html", {"map": found, "run": found.counts.run})


@access(Right.MAP_SEE, level=Level.L2)
@require_GET
def map_svg(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The same picture as one file that stands alone."""
    found = queries.run_map(run_pk, request.actor)
    drawn = picture.draw(found, example=settings.BERSINAR_DEMO or found.counts.is_example)
    answer = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}.svg"'
    return answer
