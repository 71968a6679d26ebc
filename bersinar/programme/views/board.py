"""The board: every village of the programme at its stage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.programme.present.board import Wanted, board


@access(Right.PROGRAMME_SEE, level=Level.L2)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Columns of the stage template; filters live in the address."""
    found = board(request.actor, Wanted.from_query(request.GET))
    return render(request, "programme/board.html", {"board": found})
