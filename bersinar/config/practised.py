"""Every file that leaves a rehearsal copy has LATIHAN in its name, whichever page gave it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PREFIX = "LATIHAN-"
_NAMED = re.compile(r"""(filename\*=UTF-8''|filename="?)(?!LATIHAN-)""", re.IGNORECASE)


class PractisedMiddleware:
    """One place for all downloads: a page that is written tomorrow is marked too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.BERSINAR_REHEARSAL and "Content-Disposition" in response.headers:
            named = response.headers["Content-Disposition"]
            response.headers["Content-Disposition"] = _NAMED.sub(rf"\g<1>{PREFIX}", named)
        return response
