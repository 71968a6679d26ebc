"""Pages for what no view could answer: one sentence, one code, never a stack trace."""

from __future__ import annotations

import secrets
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from bersinar.access import ANONYMOUS
from bersinar.config import out_of_reach, storage


def page(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    # No request context: an error page must not depend on a session or a database that may be the fault.
    context = {
        "status": status,
        "code": code,
        "sentence": sentence,
        "actor": ANONYMOUS,
        "can": {},
        "river": [],
        "demo": settings.BERSINAR_DEMO,
        "rehearsal": settings.BERSINAR_REHEARSAL,
    }
    return HttpResponse(render_to_string("ui/error.html", context), status=status)


def _out_of_reach(request: HttpRequest) -> HttpResponse:
    told = page(request, out_of_reach.STATUS, out_of_reach.CODE, out_of_reach.sentence())
    return out_of_reach.answer(request, told)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if out_of_reach.is_meant(exception):
        return _out_of_reach(request)
    return page(
        request, 400, "bad_request", _("Permintaan ini tidak dapat dibaca. Kembali ke Beranda dan ulangi.")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request, 403, "forbidden", _("Anda tidak memiliki akses ke halaman ini. Hubungi kepala unit Anda.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request, 404, "not_found", _("Halaman ini tidak ada, atau bukan wilayah Anda. Kembali ke Beranda.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The code on the page stands in the log as well, so that a phone call is enough to find the line."""
    if trouble := storage.code_of(sys.exc_info()[1]):
        told = page(request, storage.STATUS[trouble], trouble, storage.sentence(trouble))
        return storage.answer(request, trouble, told)
    if out_of_reach.is_meant(sys.exc_info()[1]):
        return _out_of_reach(request)
    request.error_code = f"server_error.{secrets.token_hex(3)}"  # type: ignore[attr-defined]
    return page(
        request,
        500,
        request.error_code,  # type: ignore[attr-defined]
        _("Terjadi kesalahan di sistem. Yang sudah tersimpan aman. Coba lagi."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        "csrf",
        _("Formulir ini sudah kedaluwarsa dan belum tersimpan. Buka lagi halamannya, lalu kirim lagi."),
    )
