"""Few of everything in `./test`, the promised numbers in `./test --faults`."""

from __future__ import annotations

import os

WHOLE = os.environ.get("BERSINAR_FAULTS") == "whole"


def few_or(whole: int, few: int = 20) -> int:
    """How often a fault is made to happen."""
    return whole if WHOLE else few
