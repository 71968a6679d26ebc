"""A form that arrives twice counts once: views reach the register of sent forms, which lies above, through here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[], HttpResponse]

# Set once by jobs when Django starts.
register: Callable[[HttpRequest, Answer], HttpResponse] | None = None


def answered_once(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The view's answer, or the one this very form was given before."""
    if request.method != "POST" or register is None:
        return answer()
    return register(request, answer)
