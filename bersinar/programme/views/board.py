"""The board: every village of the programme at its stage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "programme/home.html")
