"""How an office stands with its copies: asked by every page, so it looks at names and three small files at most."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.upkeep.backup import copies, keys, places
from bersinar.upkeep.present import moment

Mood = Literal["", "amber", "red"]
AMBER: Mood = "amber"
RED: Mood = "red"
AMBER_AFTER = timedelta(hours=48)
RED_AFTER = timedelta(days=7)
_FRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Standing:
    """The age of the last copy that counts, or of the installation where there is none yet."""

    last: datetime | None
    since: datetime
    printed: bool
    fingerprint: str

    @property
    def age(self) -> timedelta:
        return timezone.now() - (self.last or self.since)

    @property
    def mood(self) -> Mood:
        if self.age > RED_AFTER:
            return RED
        return AMBER if self.age > AMBER_AFTER else ""

    @property
    def sentence(self) -> str:
        if self.last is not None:
            return _("Cadangan terperiksa yang terakhir: %(when)s.") % {"when": moment(self.last)}
        return _("Belum ada cadangan yang terperiksa.")


_kept: tuple[Path, float, Standing] | None = None
_guard = threading.Lock()


def look() -> Standing:
    """As it is now."""
    last = copies.last_verified(places.local())
    recovery = keys.recovery()
    return Standing(
        last=last.made_at if last is not None else None,
        since=datetime.fromisoformat(recovery.made_at),
        printed=recovery.printed_at is not None,
        fingerprint=recovery.fingerprint,
    )


def glance() -> Standing:
    """As it was at most half a minute ago; for pages."""
    global _kept
    place, now = places.local(), time.monotonic()
    with _guard:
        if _kept is None or _kept[0] != place or now - _kept[1] > _FRESH_SECONDS:
            _kept = (place, now, look())
        return _kept[2]


def forget() -> None:
    """The next glance looks anew: a copy was just made."""
    global _kept
    with _guard:
        _kept = None
