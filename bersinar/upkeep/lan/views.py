"""The page that helps other devices in, and the certificate itself."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bersinar.access import Level, Right, access
from bersinar.config.shape import Shape
from bersinar.documents.views import download
from bersinar.upkeep import shape
from bersinar.upkeep.lan import authority, trust


@access(Right.HOME, level=Level.L0)
@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """Which shape this is, and how a phone is let in."""
    context = {"told": shape.current(), "trust": _trust()}
    return render(request, "upkeep/network.html", context)


@access.public(level=Level.L0, why="A device must learn whom to trust before it can log in.")
@require_GET
def certificate(request: HttpRequest) -> HttpResponse:
    """The authority's certificate, as a device installs it."""
    if _trust() is None:
        raise Http404
    made = authority.authority_of(settings.BERSINAR_DATA / "jaringan")
    return download(authority.as_file(made), trust.CERTIFICATE, "application/x-x509-ca-cert")


def _trust() -> trust.Trust | None:
    is_network = settings.BERSINAR_STANDING.shape is Shape.OFFICE_NETWORK
    return trust.told(settings.BERSINAR_DATA) if is_network else None
