"""When PostgreSQL restarts, the network to it is cut, or somebody held a row too long: not a fault of the page."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

CODE = "database.out_of_reach"
STATUS = 503
_AGAIN_SECONDS = "5"


def is_meant(error: BaseException | None) -> bool:
    """On SQLite the same classes speak of a full or failing disk, and that is told elsewhere."""
    if connection.vendor != "postgresql":
        return False
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        # Django calls a session that could not be written "deleted"; what happened stands behind it.
        error = error.__cause__ or error.__context__
    return False


def sentence() -> str:
    # Whether the commit arrived before the cut nobody knows; a key of the form's own makes a second try safe.
    return _(
        "Basis data sedang tidak terjangkau, jadi isian Anda mungkin belum tersimpan. "
        "Tunggu sebentar, lalu kirim lagi; yang sudah tersimpan tidak akan tercatat dua kali."
    )


def answer(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page, or for a script the same words, so that it keeps what was typed and asks again."""
    told = page
    if request.headers.get("Accept") == "application/json":
        told = JsonResponse({"error": sentence(), "code": CODE}, status=STATUS)
    told.headers["Retry-After"] = _AGAIN_SECONDS
    return told
