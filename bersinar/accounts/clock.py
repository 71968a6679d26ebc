"""How long something lasted, whatever people do to the clock of the PC meanwhile.

A worn battery or a well-meant correction moves the clock by a day; nobody's session may end or live on by that. Only
the moment this process started is read from the clock; from there the counter of the machine tells, which also counts
while the machine sleeps, where it can.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime


def _counter() -> float:
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


_STARTED, _COUNTED = time.time(), _counter()


def seconds() -> int:
    """Seconds since 1970 as this process counts them."""
    return int(_STARTED + _counter() - _COUNTED)


def now() -> datetime:
    return datetime.fromtimestamp(seconds(), UTC)
