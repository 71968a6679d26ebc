"""Signs the shipped fonts do not have. The accessible standard refuses a PDF with a single one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from bersinar.ui.build import DIST

FONTS = DIST / "fonts"
INSTEAD = "?"
_MOST_TRIED = 40
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
# Source and font folder have different types, which the package's own types do not foresee.
_TRIAL: Any = b"""
#set document(title: "x")
#set text(lang: "id", font: "Plus Jakarta Sans")
#for sign in json(bytes(sys.inputs.signs)) [#sign \\ ]
"""


def missing_signs(texts: Iterable[str]) -> frozenset[str]:
    """Which signs of these texts cannot be printed; typst itself is asked, because only it knows."""
    import typst

    # Every Latin font has these two blocks.
    asked = {sign for text in texts for sign in text if not (" " <= sign <= "~" or "\xa0" < sign <= "\xff")}
    asked -= set("\n\u00a0")
    missing: set[str] = set()
    for _attempt in range(_MOST_TRIED):
        if not asked:
            return frozenset(missing)
        try:
            typst.compile(
                _TRIAL,
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                pdf_standards="ua-1",
                sys_inputs={"signs": json.dumps(sorted(asked))},
            )
        except typst.TypstError as error:
            found = _UNPRINTABLE.search(str(error))
            told = asked & set(found[1]) if found else set()
            if not told:
                break
            missing |= told
            asked -= told
        else:
            return frozenset(missing)
    # So many, or one that cannot even be named: whatever was not proven printable is left out.
    return frozenset(missing | asked)


def printable(text: str, missing: frozenset[str]) -> str:
    """The text with another sign in place of each that is missing."""
    return text.translate(dict.fromkeys(map(ord, missing), INSTEAD))
