"""Notices that somebody, or an empty battery, has moved the clock of this computer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

# Smaller steps come from the time service and matter to nobody.
LARGEST_STEP = 5 * 60.0
logger = logging.getLogger("bersinar.jobs")


class ClockWatch:
    """Compares the time of day with the counter of the machine, each time it is asked."""

    def __init__(
        self, wall: Callable[[], float] = time.time, counter: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall, self._counter = wall, counter
        self._last = (wall(), counter())

    def jump(self) -> float:
        """Seconds by which the clock was moved since the last look; 0 for steps that do not matter."""
        now = (self._wall(), self._counter())
        moved = (now[0] - self._last[0]) - (now[1] - self._last[1])
        self._last = now
        if abs(moved) <= LARGEST_STEP:
            return 0.0
        logger.warning("the clock of this computer was moved by %+.0f seconds", moved)
        return moved
