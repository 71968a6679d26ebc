"""The first thing a request meets: whether it came in by a way this shape allows, and whose word counts about it.

A proxy tells by headers how the browser came (`X-Forwarded-*`). Anybody can write such headers, so they count only
from the addresses in BERSINAR_TRUSTED_PROXIES and are taken away from everybody else's requests.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bersinar.config.errors import page
from bersinar.config.shape import OFFICE_NETWORKS, Shape

_TOLD = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_ORIGINAL", "HTTP_X_REWRITE")


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        standing = settings.BERSINAR_STANDING
        peer = _address(request.META.get("REMOTE_ADDR", ""))
        if peer is not None and any(peer in network for network in standing.proxies):
            _believe(request.META)
        _forget(request.META)
        if standing.shape is Shape.OFFICE_NETWORK and not _is_of_the_office(peer):
            return page(request, 403, "door.outside", _("Bersinar ini hanya melayani jaringan kantornya."))
        if standing.is_beyond_this_machine and not request.is_secure():
            sentence = _("Sambungan ini tidak aman, jadi ditolak. Buka %(address)s.")
            return page(request, 403, "door.not_secure", sentence % {"address": standing.address})
        return self.get_response(request)


def _believe(meta: dict[str, Any]) -> None:
    """What a trusted proxy tells: the scheme the browser used, and the last address it was asked from."""
    meta["wsgi.url_scheme"] = "https" if meta.get("HTTP_X_FORWARDED_PROTO") == "https" else "http"
    last = _address(meta.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip())
    if last is not None:
        meta["REMOTE_ADDR"] = str(last)


def _forget(meta: dict[str, Any]) -> None:
    for name in [name for name in meta if name.startswith(_TOLD)]:
        del meta[name]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_of_the_office(peer: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> bool:
    if peer is None:
        return False
    return peer.is_loopback or any(peer in network for network in OFFICE_NETWORKS)
