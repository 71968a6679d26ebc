"""Which copies stay: the newest few, one of each day, week and month for a while, and always the last that counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime

from django.utils import timezone

from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.vocabulary import Reason

NEWEST, DAYS, WEEKS, MONTHS, UPGRADES = 5, 7, 5, 12, 3


def to_remove(copies: Sequence[Copy]) -> list[Copy]:
    """What may go now. A copy that does not count goes once a newer one counts."""
    newest_first = sorted(copies, key=lambda copy: copy.name, reverse=True)
    counting = [copy for copy in newest_first if copy.counts]
    if not counting:
        return []
    # Several of one day: somebody made one before a risky step, and the next must not take it away at once.
    kept = set(counting[:NEWEST])
    kept |= _newest_of_each(counting, DAYS, lambda at: at.date())
    kept |= _newest_of_each(counting, WEEKS, lambda at: at.isocalendar()[:2])
    kept |= _newest_of_each(counting, MONTHS, lambda at: (at.year, at.month))
    kept |= set([copy for copy in counting if copy.reason is Reason.UPGRADE][:UPGRADES])
    # Newer than the last that counts: it may be in the making.
    return [copy for copy in newest_first if copy not in kept and copy.name < counting[0].name]


def _newest_of_each(
    counting: Sequence[Copy], limit: int, period: Callable[[datetime], Hashable]
) -> set[Copy]:
    found: dict[Hashable, Copy] = {}
    for copy in counting:
        # Days as the office counts them.
        found.setdefault(period(timezone.localtime(copy.made_at)), copy)
    return set(list(found.values())[:limit])
