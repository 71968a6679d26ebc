"""Six digits for a phone that several people share: what is tried first is refused."""

from __future__ import annotations

LENGTH = 6
_UP, _DOWN = "01234567890", "09876543210"


def is_pin(typed: str) -> bool:
    return len(typed) == LENGTH and typed.isascii() and typed.isdigit()


def is_weak(pin: str) -> bool:
    """One digit again and again, a run, or a short pattern repeated."""
    repeated = any(pin == pin[:size] * (LENGTH // size) for size in (1, 2, 3))
    return repeated or pin in _UP or pin in _DOWN
