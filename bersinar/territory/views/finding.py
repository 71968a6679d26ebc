"""The search of the header."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.territory import queries

PER_PAGE = 20


@access(Right.TERRITORY_SEARCH, level=Level.L0)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Villages by part of a name, a misspelt name or a code, with their parents."""
    text = " ".join(request.GET.get("q", "").split())[:100]
    ids = queries.search_ids(text, request.actor) if text else []
    page = Paginator(ids, PER_PAGE).get_page(request.GET.get("hal"))
    rows = queries.found(list(page.object_list), request.actor)
    context = {
        "q": text,
        "page": page,
        "rows": rows,
        "count": len(ids),
        "is_cut": len(ids) >= queries.MOST_FOUND,
    }
    return render(request, "territory/search.html", context)
