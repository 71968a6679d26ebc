"""One village's programme year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.programme import queries


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def year(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.programme_year(pk, request.actor)
    return render(request, "programme/home.html", {"row": row})


@access(Right.PROGRAMME_RECORD, level=Level.L2)
@require_GET
def enrol(request: HttpRequest) -> HttpResponse:
    return render(request, "programme/home.html")
