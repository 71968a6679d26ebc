"""The address under which other devices reach this installation, for links that leave it."""

from __future__ import annotations

from django.conf import settings


def link(path: str) -> str:
    """The whole address of a page, or nothing on one PC: a loopback address would open nothing elsewhere."""
    address: str = settings.BERSINAR_STANDING.address
    return f"{address}{path}" if address else ""
