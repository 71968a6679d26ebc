"""Codes on paper: four groups of four, without letters that look like digits."""

from __future__ import annotations

from collections.abc import Callable

COUNT = 10
_GROUPS, _SIZE = 4, 4
# 32 signs, five bits each: 80 bits a code, so that a fast digest is enough to keep them.
ALPHABET = "abcdefghjkmnpqrstuvwxyz123456789"
_LOOKS_LIKE = str.maketrans({"i": "1", "l": "1"})


def drawn(choice: Callable[[str], str]) -> str:
    """One code, such as `k3mp-7xqa-…`."""
    return "-".join("".join(choice(ALPHABET) for _sign in range(_SIZE)) for _group in range(_GROUPS))


def spelled(typed: str) -> str:
    """However it was typed: case, blanks and strokes do not count, and 1 may be read as l or i."""
    return "".join(sign for sign in typed.lower().translate(_LOOKS_LIKE) if sign in ALPHABET)
