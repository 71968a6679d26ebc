"""Signs the letters' fonts cannot print, found before a letter is drafted rather than when it is wanted."""

from __future__ import annotations

import string
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bersinar.documents.papers.pdf import FONTS, STANDARDS, fonts_are_built

# What certainly prints, so that most letters need no look at all.
_PLAIN = frozenset(string.printable)
_PROBE = """#set document(title: "x", date: datetime.today())
#set text(lang: "id", font: "Plus Jakarta Sans")
#sys.inputs.data"""


def first_unprintable(facts: Any, where: str) -> tuple[str, str] | None:
    """The first sign no font of ours has, and the fact it stands in; None where everything prints."""
    found = {text: place for place, text in _texts(facts, where)}
    if _prints("".join(found)):
        return None
    for text, place in found.items():
        for sign in text:
            if not _prints(sign):
                return sign, place
    return None


def _texts(facts: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(facts, str):
        yield where, facts
    elif isinstance(facts, dict):
        for key, value in facts.items():
            yield from _texts(value, f"{where} {key}")
    elif isinstance(facts, list | tuple):
        for number, value in enumerate(facts, 1):
            yield from _texts(value, f"{where} baris {number}")


def _prints(text: str) -> bool:
    """Asked of the printer itself: it also has fonts of its own to fall back on."""
    rare = "".join(sorted(set(text) - _PLAIN))
    if not rare or not fonts_are_built():
        return True
    import typst

    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "tanda.typ"
        probe.write_text(_PROBE, encoding="utf-8")
        try:
            typst.compile(
                input=str(probe),
                root=folder,
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                sys_inputs={"data": rare},
                format="pdf",
                pdf_standards=STANDARDS,
            )
        except typst.TypstError:
            return False
    return True
