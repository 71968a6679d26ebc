"""Pages of background work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.jobs import queries

_REFRESH_SECONDS = "2"


@access(Right.JOBS_SEE, level=Level.L1)
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one job is; the page asks again by itself, without script, until it is over."""
    told = queries.job_of(pk, request.actor)
    found = told.job
    # A result is a page of this installation; an address that leads away is not offered.
    result = found.result_url if url_has_allowed_host_and_scheme(found.result_url, allowed_hosts=None) else ""
    response = render(request, "jobs/job.html", {"job": found, "told": told, "result": result})
    if found.is_open:
        response.headers["Refresh"] = _REFRESH_SECONDS
    return response


@access(Right.JOBS_SEE, level=Level.L1)
@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/list.html", {"rows": queries.last_jobs(request.actor)})
