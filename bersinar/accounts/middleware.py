"""Who is asking, on every request; and refusals as pages instead of stack traces."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from bersinar.access import ANONYMOUS, BersinarError
from bersinar.accounts.queries import actor_of


class LanguageMiddleware:
    """Indonesian, unless this browser chose another language; what the browser prefers by itself does not count.

    An office PC with an English Windows would otherwise show English to people who never asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", known)
        return response


class ActorMiddleware:
    """Sets request.actor and answers a BersinarError with its own sentence and code."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request.user) if request.user.is_authenticated else ANONYMOUS
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, BersinarError):
            return None
        context = {"status": exception.status, "code": exception.code, "sentence": str(exception)}
        return render(request, "ui/error.html", context, status=exception.status)
