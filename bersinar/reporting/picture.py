"""The map of a run as a file: what the canvas is told."""

from __future__ import annotations

import textwrap

from bersinar.mapping import present
from bersinar.mapping.present import LegendLine
from bersinar.reporting.canvas import Canvas, svg
from bersinar.reporting.queries.maps import RunMap
from bersinar.ui.marks import in_front

WIDE = 118


def draw(found: RunMap, *, example: bool) -> str:
    """The file one downloads; nothing in it depends on who asks."""
    rule = found.counts.rule
    marks = [
        *(() if found.is_released else ("SEMENTARA",)),
        *((f"{in_front()}DATA CONTOH",) if example else ()),
    ]
    source = f"Sumber: {found.source} Aturan: {rule.title}, versi {rule.version}."
    return svg(
        Canvas(
            title=found.title,
            summary=". ".join([found.counts.words, *marks]),
            mark=" · ".join(marks),
            shapes=found.shapes,
            villages=found.villages,
            insets=found.insets,
            legend=tuple((line.value, _legend_words(line)) for line in found.counts.lines),
            total=found.counts.total,
            notes=(
                *textwrap.wrap(source, WIDE),
                *([f"{limits}."] if (limits := present.limits_word(rule).capitalize()) else []),
                "Desa yang belum dapat ditentukan tidak dianggap Aman.",
            ),
        )
    )


def _legend_words(line: LegendLine) -> str:
    status = f" ({line.line_word})" if line.line_word and line.count else ""
    return f"{line.word} {line.count}{status}"
