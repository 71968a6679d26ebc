"""The page from which a rehearsal copy begins anew."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bersinar.access import Level, Right, access
from bersinar.demo.rehearsal import making


@access(Right.HOME, level=Level.L0)
def rehearsal(request: HttpRequest) -> HttpResponse:
    """Everybody who practises may begin anew: nothing in here can be lost."""
    if not settings.BERSINAR_REHEARSAL:
        raise Http404
    if request.method == "POST":
        making.ask_anew()
        return render(request, "demo/begun_anew.html")
    return render(request, "demo/rehearsal.html")
