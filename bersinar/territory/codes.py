"""Village codes as files write them."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[1-9][0-9]{9}")


def dotted(written: object) -> str:
    """The ten digits with their points; empty when it is no village code.

    >>> dotted("1902042005"), dotted(1902042005.0), dotted("19.02.04")
    ('19.02.04.2005', '19.02.04.2005', '')
    """
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return ""
    text = f"{written:.0f}" if isinstance(written, float) else str(written)
    digits = re.sub(
        r"[.\s\-/']", "", re.sub(r"\.0+$", "", text) if re.fullmatch(r"[0-9]{10}\.0+", text) else text
    )
    if not _DIGITS.fullmatch(digits):
        return ""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def looks_like_bps(code: str) -> bool:
    """BPS counts kecamatan in three digits that mostly end in nought; a Kemendagri village starts with 1, 2 or 3."""
    return bool(code) and code[9] == "0"
