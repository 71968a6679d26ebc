"""The disk under the data: what happens when it is nearly full, full, or fails.

Nearly full stops before anything breaks: files first, then every write. Full is told in a sentence and passes as soon
as there is room. A disk that fails while a commit is synced may have lost what the system believes it wrote, so from
then on this process only reads until it is started again.
"""

from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

FULL, FAILED, NEARLY_FULL = "storage.full", "storage.failed", "storage.nearly_full"
STATUS = {FULL: 507, NEARLY_FULL: 507, FAILED: 503}
# Files and what is made of them may need this many times what is kept free for everything else.
_FILES_NEED = 4
_LOOK_SECONDS = 2.0
# Signing in and out must go on, else nobody could even read.
_ALWAYS = "/akun/"

_failed = threading.Event()
_looked: tuple[float, int] | None = None


def fail() -> None:
    """From now on this process writes nothing more."""
    _failed.set()


def has_failed() -> bool:
    return _failed.is_set()


def may_write() -> bool:
    """Whether it is worth trying to write something nobody waits for."""
    return not has_failed() and free_mb() >= settings.BERSINAR_KEEP_FREE_MB


def free_mb() -> int:
    """Megabytes free on the disk of the data; looked at every few seconds at most."""
    global _looked
    now = time.monotonic()
    if _looked is None or now - _looked[0] > _LOOK_SECONDS:
        _looked = (now, shutil.disk_usage(settings.BERSINAR_DATA).free >> 20)
    return _looked[1]


def code_of(error: BaseException | None) -> str | None:
    """Which trouble of the disk an error tells of, if any; the cause inside a database error counts too."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        if isinstance(error, OSError) and error.errno == errno.EIO:
            return FAILED
        # SQLite's own words; Python before 3.11 knows no numbers for them.
        if "disk is full" in str(error):
            return FULL
        if "disk I/O error" in str(error) or "readonly database" in str(error):
            return FAILED
        error = error.__cause__
    return None


def sentence(code: str) -> str:
    """What happened, what is safe, what to do."""
    if code == FAILED:
        return _(
            "Disk komputer ini gagal menulis, jadi isian terakhir belum tersimpan dan sekarang hanya dapat membaca. "
            "Yang sudah tersimpan aman. Tutup Bersinar, periksa disk, lalu jalankan lagi."
        )
    if code == NEARLY_FULL:
        return _(
            "Ruang disk hampir habis, jadi isian ini belum disimpan. Yang sudah tersimpan aman dan tetap dapat dibaca. "
            "Kosongkan disk (kosongkan tempat sampah, pindahkan foto), lalu kirim lagi."
        )
    return _(
        "Disk penuh, jadi isian ini belum tersimpan. Yang sudah tersimpan aman dan tetap dapat dibaca. "
        "Kosongkan disk (kosongkan tempat sampah, pindahkan foto), lalu kirim lagi."
    )


def answer(request: HttpRequest, code: str, page: HttpResponse) -> HttpResponse:
    """The page, or for a script the same words, so that it keeps what was typed and asks again."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": sentence(code), "code": code}, status=STATUS[code])
    return page


def notice() -> str:
    """What every page says while nothing can be written."""
    if has_failed():
        return sentence(FAILED)
    if may_write():
        return ""
    return _(
        "Ruang disk hampir habis, jadi sekarang hanya dapat membaca. Yang sudah tersimpan aman. "
        "Kosongkan disk (kosongkan tempat sampah, pindahkan foto)."
    )


class DiskGuardMiddleware:
    """Refuses forms before the disk is full: files early, everything else a little later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or request.path.startswith(_ALWAYS):
            return None
        if has_failed():
            return _refusal(request, FAILED)
        needed = settings.BERSINAR_KEEP_FREE_MB * (_FILES_NEED if request.FILES else 1)
        return _refusal(request, NEARLY_FULL) if free_mb() < needed else None


def _refusal(request: HttpRequest, code: str) -> HttpResponse:
    from bersinar.config import errors

    return answer(request, code, errors.page(request, STATUS[code], code, sentence(code)))
