"""What stands behind the question mark of an address, which anybody can type."""

from __future__ import annotations

# Longer than any number here, shorter than what a database or Python itself refuses.
_MOST_DIGITS = 18


def whole_number(text: str, *, least: int = 0, most: int | None = None) -> int | None:
    """The number in plain digits, or None for whatever is none or lies outside."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None
    found = int(text)
    return found if found >= least and (most is None or found <= most) else None


def year(text: str) -> int | None:
    """A year this programme can have."""
    return whole_number(text, least=2000, most=2100)
