"""The mark a browser keeps after the first sign-in, so that a guesser elsewhere shuts nobody out of the own PC."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bersinar.accounts.models import Device, User
from bersinar.accounts.rules.browsers import label_of
from bersinar.accounts.sealing import digest
from bersinar.config import shape

_YEAR = 365 * 24 * 3600
_LENGTH = 43
_WHY = "a browser is recognised before there is a person"


def _cookie() -> str:
    """Behind TLS under a name that no other site of the same network can set."""
    return shape.cookie_name("perangkat", settings.BERSINAR_STANDING)


def label(request: HttpRequest) -> str:
    return label_of(request.headers.get("User-Agent", "")[:400])


def mark_of(request: HttpRequest) -> str:
    """Digest of this browser's mark, or nothing."""
    token = request.COOKIES.get(_cookie(), "")
    return digest(token) if len(token) == _LENGTH else ""


def known_to(request: HttpRequest, username: str) -> str:
    """The mark, when this name was signed in here before; every other browser counts together as one."""
    mark = mark_of(request)
    name = username.strip().casefold()[:60]
    known = Device.objects.unscoped(_WHY).filter(token_digest=mark, user__username=name)
    return mark if mark and known.exists() else ""


def remember(request: HttpRequest, response: HttpResponse, user: User, *, pin: str = "") -> None:
    """This browser is known to this person from now on; on a shared PC it may be known to several."""
    token = request.COOKIES.get(_cookie(), "")
    if len(token) != _LENGTH:
        token = secrets.token_urlsafe(32)
    facts = {"label": label(request), "seen_at": timezone.now()} | ({"pin": pin} if pin else {})
    Device.objects.unscoped(_WHY).update_or_create(user=user, token_digest=digest(token), defaults=facts)
    response.set_cookie(
        _cookie(), token, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
