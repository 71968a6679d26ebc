"""How minutes are read: headings, lists and paragraphs, from nothing but the way people type; no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

LONGEST_HEADING = 70
_BULLET = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the minutes as a page shows it."""

    kind: Literal["heading", "list", "text"]
    text: str = ""
    lines: tuple[str, ...] = ()
    # A list under a heading such as "Yang belum dijawab": what is still a question.
    is_open: bool = False


def blocks(text: str) -> list[Block]:
    """Lines with a sign in front are a list; the short line right above one is its heading."""
    found: list[Block] = []
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if not line:
            continue
        if _BULLET.match(line):
            item = _BULLET.sub("", line)
            if found and found[-1].kind == "list" and lines[number - 1]:
                found[-1] = replace(found[-1], lines=(*found[-1].lines, item))
            else:
                asked = bool(found) and found[-1].kind == "heading" and "belum" in found[-1].text.lower()
                found.append(Block("list", lines=(item,), is_open=asked))
            continue
        follows = next((later for later in lines[number + 1 :] if later), "")
        heads = bool(_BULLET.match(follows)) and len(line) <= LONGEST_HEADING and not line.endswith(".")
        found.append(Block("heading" if heads else "text", line.rstrip(":") if heads else line))
    return found


def points(text: str) -> list[str]:
    """One point a line, without the signs people put in front; a heading ends in a colon."""
    found = []
    for block in blocks(text):
        lines = block.lines if block.kind == "list" else (block.text,)
        found += [" ".join(line.split()) + (":" if block.kind == "heading" else "") for line in lines]
    return found
