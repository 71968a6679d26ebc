"""How much a request may carry, told before a byte of it is read, and kept in memory alone.

Django reads a form wherever somebody asks for it, before anybody has logged in; files went to the system's folder for
temporary files. Here a body larger than the largest file is refused by its announced length, and whoever is not
logged in can only send what a sign-in needs. A body that does not announce its length is not read at all.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bersinar.config.errors import page

MEGABYTE = 1024 * 1024
# The largest file of any page (borders, 40 MB) and the form around it.
LARGEST: int = 41 * MEGABYTE
LARGEST_OF_STRANGERS = 1 * MEGABYTE
_MOST_DIGITS = 12


class BodyLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whether the cookie is a real session is not asked here: that would be a question to the database.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        limit = LARGEST if known else LARGEST_OF_STRANGERS
        length = _announced(request)
        if length is None or length > limit:
            sentence = _(
                "Kiriman ini lebih besar dari %(limit)s MB, jadi tidak dibaca dan tidak ada yang tersimpan. "
                "Kecilkan berkasnya, lalu kirim lagi."
            )
            return page(request, 413, "body_too_large", sentence % {"limit": limit // MEGABYTE})
        return self.get_response(request)


def _announced(request: HttpRequest) -> int | None:
    """Bytes of the body as the browser announces them; None for nonsense."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None
    return int(text)
