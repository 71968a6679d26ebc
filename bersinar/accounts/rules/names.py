"""User names that a person could take for another's are the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# What looks alike in one typeface or another. Names themselves are plain letters and digits already.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "_": "", "-": "", ".": ""})


def skeleton(username: str) -> str:
    """Equal for names that look alike: `budi-p2m`, `bud1_p2m`, `Ｂudi.p2m`."""
    plain = unicodedata.normalize("NFKC", username).casefold()
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))
    return seen.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def is_taken(username: str, taken: Iterable[str]) -> bool:
    """Whether somebody's name looks like this one."""
    wanted = skeleton(username)
    return any(skeleton(name) == wanted for name in taken)
