"""What stands in front of DATA CONTOH on everything that leaves a rehearsal copy."""

from __future__ import annotations

from django.conf import settings

REHEARSAL = "LATIHAN"


def in_front() -> str:
    """Nothing outside a rehearsal copy."""
    return f"{REHEARSAL} · " if settings.BERSINAR_REHEARSAL else ""
