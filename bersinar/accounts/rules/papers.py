"""The code on a paper for a village: two groups of five, without letters that look like digits."""

from __future__ import annotations

from collections.abc import Callable

from bersinar.accounts.rules.recovery import ALPHABET, spelled

_SIZE = 5
HOURS = 72


def drawn(choice: Callable[[str], str]) -> str:
    """50 bits: more than anybody tries at a door within three days."""
    return "-".join("".join(choice(ALPHABET) for _sign in range(_SIZE)) for _group in range(2))


def plain(typed: str) -> str:
    """However it was typed."""
    return spelled(typed)
