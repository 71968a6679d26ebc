"""Home and the reports."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access


@access(Right.HOME, level=Level.L1)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/home.html")


@access(Right.REPORTS_EXPORT, level=Level.L1)
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/home.html")
