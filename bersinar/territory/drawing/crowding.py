"""Words that were placed for a wide screen, on a narrow one, where the same words are written larger."""

from __future__ import annotations

from collections.abc import Iterable

from bersinar.territory.drawing.records import Label


def crowded(labels: Iterable[Label], *, letter: float, height: float) -> list[bool]:
    """Which of these would cover one before it, written this large; the one before stays.

    >>> crowded([Label("Sijuk", 0, 0), Label("Badau", 40, 0), Label("Gantung", 900, 0)], letter=10, height=20)
    [False, True, False]
    """
    kept: list[Label] = []
    found = []
    for label in labels:
        touches = any(
            abs(label.x - other.x) < (len(label.text) + len(other.text)) * letter / 2
            and abs(label.y - other.y) < height
            for other in kept
        )
        found.append(touches)
        if not touches:
            kept.append(label)
    return found
