"""Six digits that change every half minute (RFC 6238), as every authenticator application makes them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import pyotp

STEP = 30  # seconds
# One step either way: a phone's clock is rarely exact, and people type slowly.
WINDOW = 1
# How far a wrong clock is recognised while the application is set up: 20 minutes either way.
REACH = 40
Steps = Iterable[int]


def step_at(seconds: float) -> int:
    """The number of the half minute since 1970."""
    return int(seconds) // STEP


def matching_step(secret: str, code: str, *, now: int, after: int) -> int | None:
    """The step whose code this is, within the window and later than the last one taken; else None."""
    steps = (step for step in range(now - WINDOW, now + WINDOW + 1) if step > after)
    return _find(secret, code, steps)


def clock_offset(secret: str, code: str, *, now: int) -> int | None:
    """How many seconds the other clock is ahead of ours (negative: behind), when that is why the code is wrong.

    Only for the moment an application is set up. At the door it would tell a guesser which codes open later.
    """
    steps = sorted(range(now - REACH, now + REACH + 1), key=lambda step: abs(step - now))
    found = _find(secret, code, steps)
    return None if found is None or abs(found - now) <= WINDOW else (found - now) * STEP


def _find(secret: str, code: str, steps: Steps) -> int | None:
    maker = pyotp.TOTP(secret, interval=STEP)
    for step in steps:
        if hmac.compare_digest(maker.generate_otp(step), code):
            return step
    return None
