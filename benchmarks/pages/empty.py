"""The product's addresses and two pages beside them that say nothing: what every page pays before it says anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bersinar.access import Level, Right, access
from bersinar.config.urls import urlpatterns as product


@access(Right.HOME, level=Level.L2)
def empty(request: HttpRequest) -> HttpResponse:
    """The frame every page stands in, with nothing in it."""
    return render(request, "ui/base.html")


@access(Right.HOME, level=Level.L2)
def word(request: HttpRequest) -> HttpResponse:
    """Not even the frame."""
    return HttpResponse("ok")


urlpatterns = [path("ukur/kosong/", empty), path("ukur/kata/", word), *product]
