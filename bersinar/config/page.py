"""What every page knows: who is reading, what they may do, and the seven steps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bersinar.access import ANONYMOUS, Actor, Right
from bersinar.config import storage
from bersinar.upkeep.reminder import reminder


def page(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "can": {right.name: True for right in actor.rights},
        "demo": settings.BERSINAR_DEMO,
        "rehearsal": settings.BERSINAR_REHEARSAL,
        "river": _river(request, actor) if actor.is_known else [],
        "keeping": reminder(actor, request.path),
        "storage": storage.notice() if actor.is_known else "",
    }


# Number, word, first page and the right it needs. A step without a page yet is shown, but leads nowhere.
STEPS: list[tuple[int | None, Any, str | None, Right]] = [
    (None, _("Beranda"), "reporting:home", Right.HOME),
    (1, _("Data"), "fieldwork:home", Right.VALUES_SEE),
    (2, _("Peta"), "mapping:home", Right.MAP_SEE),
    (3, _("Sasaran"), "targeting:home", Right.TARGETS_SEE),
    (4, _("Desa Bersinar"), "programme:home", Right.PROGRAMME_SEE),
    (5, _("Kegiatan"), "programme:meetings", Right.PROGRAMME_SEE),
    (6, _("Hasil"), None, Right.HOME),
    (7, _("Laporan"), "reporting:list", Right.REPORTS_EXPORT),
]


def _river(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    here = request.path
    steps = []
    for number, label, name, right in STEPS:
        url = reverse(name) if name and actor.can(right) else None
        # Home is the root of every address, so it is current only when it is the address.
        current = url is not None and (here == url if number is None else here.startswith(url))
        # Two reasons why a step leads nowhere: nobody has its page yet, or this person does not read it.
        steps.append(
            {"number": number, "label": label, "url": url, "current": current, "coming": name is None}
        )
    return steps
