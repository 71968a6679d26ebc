"""A form that arrives twice counts once, in the same transaction as what it changes.

The answer to a form can be lost: the server dies, the line breaks, a finger taps twice. The browser then sends the very
same form again. Every page gives its forms a mark of their own (the masked token against forged requests), so the same
person's same mark with the same content is the same form. What is kept is where the first one led, and nothing typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.jobs.models import SentForm

# Counted in forms, not in days: a clock that jumps must not make the register forget.
KEPT = 20_000
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (the name of the field)
# A masked token is new on every page; the bare secret, half as long, is the same all day and marks nothing.
_MASKED_LENGTH = 64
_WHY = "a form is found by its own mark and its sender"


def answered(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The view's answer; where the same form was taken before, where that one led."""
    fresh: list[HttpResponse] = []

    def act() -> str | None:
        fresh.append(answer())
        return fresh[0].headers["Location"] if isinstance(fresh[0], HttpResponseRedirect) else None

    led_to = result(request, act)
    if fresh:
        return fresh[0]
    messages.info(
        request,
        _(
            "Formulir ini sudah diterima sebelumnya dan tidak disimpan dua kali. "
            "Untuk menyimpan sekali lagi, muat ulang halamannya lalu isi lagi."
        ),
    )
    return HttpResponseRedirect(led_to or request.get_full_path())


def result(request: HttpRequest, act: Callable[[], str | None]) -> str | None:
    """What `act` gave, or gave when this form came the first time. None means it changed nothing worth keeping."""
    page, sender = _page(request), request.actor.user_id
    if page is None or sender is None:
        return act()
    content = _content(request)
    with transaction.atomic():
        # Written before the action: the same form at the same moment waits here for the first one.
        sent, is_new = (
            SentForm.objects.unscoped(_WHY).select_for_update().get_or_create(user_id=sender, page=page)
        )
        if not is_new and sent.content == content:
            return sent.result
        given = act()
        if given is not None:
            sent.content, sent.result, sent.at = content, given[:500], timezone.now()
            sent.save()
        elif is_new:
            sent.delete()
    return given


def prune() -> None:
    """Forget all but the newest forms."""
    newest = SentForm.objects.unscoped(_WHY).order_by("-pk").values_list("pk", flat=True).first()
    if newest is not None:
        SentForm.objects.unscoped(_WHY).filter(pk__lte=newest - KEPT).delete()


def _page(request: HttpRequest) -> str | None:
    """The mark of the page the form stood on, as a digest: the token itself is kept nowhere."""
    token = request.POST.get(_TOKEN, "")
    if len(token) != _MASKED_LENGTH:
        return None
    return hashlib.sha256(token.encode()).hexdigest()


def _content(request: HttpRequest) -> str:
    """One number for address, fields and files. Without the token, which is not kept, nobody can guess back from it."""
    found = hashlib.sha256(request.get_full_path().encode())
    for name, values in request.POST.lists():
        found.update(repr((name, values)).encode())
    for name, files in request.FILES.lists():
        for file in files:
            found.update(repr((name, file.name, file.size)).encode())
            for part in file.chunks():
                found.update(part)
            file.seek(0)
    return found.hexdigest()
