"""Small marks beside records and messages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.programme.vocabulary import Origin


def origin(given: Origin, source: str) -> dict[str, str]:
    """What stands beside a record that is not the office's own."""
    words = {Origin.UNIT: "", Origin.PERS: _("data pers"), Origin.CONTOH: _("data contoh")}
    return {"origin": words[given], "source": source}


def undo(name: str, pk: int) -> str:
    """The tag of a message that offers to take a step back."""
    return f"undo:{reverse(f'programme:{name}', args=[pk])}"
