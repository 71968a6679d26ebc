"""Which copies stay: the newest of each day, week and month for a while, and always the last one that counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime

from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.vocabulary import Reason

DAYS, WEEKS, MONTHS, UPGRADES = 7, 5, 12, 3


def to_remove(copies: Sequence[Copy]) -> list[Copy]:
    """What may go now. A copy that does not count goes once a newer one counts."""
    newest_first = sorted(copies, key=lambda copy: copy.name, reverse=True)
    counting = [copy for copy in newest_first if copy.counts]
    if not counting:
        return []
    kept = {counting[0]}
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
        found.setdefault(period(copy.made_at), copy)
    return set(list(found.values())[:limit])
