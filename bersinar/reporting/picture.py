"""The map of a run as one SVG file that stands alone: its words, legend, sum and source are inside."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from xml.sax.saxutils import escape

from bersinar.mapping.present import LegendLine
from bersinar.reporting.ink import FONT, INK, MUTED, fill, patterns
from bersinar.reporting.queries.maps import Drawn, Enlarged, RunMap
from bersinar.territory.drawing import Label

HEAD, LINE, SMALL, SIDE = 400, 72, 46, 90
INSET_TALL = 900
LEGEND = 44
# How wide a letter is at most, in parts of its height: the file is read with whatever font there is.
LETTER = 0.62
MARK = "DATA CONTOH"


def draw(found: RunMap, *, example: bool) -> str:
    """Colour, word and pattern for each category; the same map gives the same bytes."""
    x, y, width, height = found.shapes.view_box
    insets = list(_insets(found, x, y + height + 60, width, example))
    bottom = y + height + 60 + (INSET_TALL + 120 if insets else 0)
    notes = list(_notes(found))
    total = bottom + len(notes) * LINE + 60 - (y - HEAD)
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y - HEAD} {width} {total}" role="img" '
        f'lang="id" {FONT}>',
        f"<title>{escape(found.title)}</title>",
        f"<desc>{escape(found.counts.words)}. {escape(MARK if example else '')}</desc>",
        patterns(5),
        f'<rect x="{x}" y="{y - HEAD}" width="{width}" height="{total}" fill="#ffffff"/>',
        *_heading(found, x + SIDE, y - HEAD, width, example),
        *_land(found.shapes.land),
        *_villages(found.villages),
        *(
            f'<path d="{outline.d}" fill="none" stroke="{INK}" stroke-width="6" opacity="0.45"/>'
            for outline in found.shapes.districts
        ),
        *_labels(found.shapes.regency_labels, 64, MUTED),
        *_labels(found.shapes.district_labels, 54, INK),
        *(_frame(inset) for inset in found.insets),
        *insets,
    ]
    for number, line in enumerate(notes):
        body.append(_text(x + SIDE, bottom + 40 + number * LINE, line, SMALL, MUTED))
    return "\n".join([*body, "</svg>", ""])


def _heading(found: RunMap, left: int, top: int, width: int, example: bool) -> Iterator[str]:
    yield _text(left, top + 100, found.title, 78, INK, weight=700)
    told = [] if found.is_released else ["SEMENTARA"]
    told += [MARK] if example else []
    if told:
        right = left + width - 2 * SIDE
        yield _text(right, top + 190, " · ".join(told), 60, INK, weight=700, anchor="end")
    at, y = left, top + 222
    entries = [(line.value, _legend_words(line)) for line in found.counts.lines]
    for value, words in [*entries, ("", f"= {found.counts.total}")]:
        wide = 160 + round(len(words) * LEGEND * LETTER)
        if at + wide > left + width - 2 * SIDE:
            at, y = left, y + 84
        if value:
            yield f'<rect x="{at}" y="{y}" width="80" height="56" rx="10" {fill(value, 4)}/>'
        yield _text(at + (100 if value else 0), y + 44, words, LEGEND, INK, weight=400 if value else 700)
        at += wide


def _legend_words(line: LegendLine) -> str:
    status = f" ({line.line_word})" if line.line_word and line.count else ""
    return f"{line.word} {line.count}{status}"


def _land(d: str) -> Iterator[str]:
    if d:
        yield f'<path d="{d}" fill="#f3f1e9"/>'


def _villages(villages: tuple[Drawn, ...]) -> Iterator[str]:
    for village in villages:
        edge = 8 if village.is_marker else 4
        yield (
            f'<path d="{village.d}" {fill(village.value, edge)} stroke-linejoin="round">'
            f"<title>{escape(village.title)}</title></path>"
        )


def _labels(labels: tuple[Label, ...], size: int, colour: str) -> Iterator[str]:
    for label in labels:
        yield (
            f'<text x="{label.x}" y="{label.y}" font-size="{size}" font-weight="700" fill="{colour}" '
            f'text-anchor="middle" paint-order="stroke" stroke="#ffffff" stroke-width="16" '
            f'stroke-linejoin="round">{escape(label.text)}</text>'
        )


def _frame(inset: Enlarged) -> str:
    x, y, width, height = inset.frame
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="16" fill="none" stroke="{INK}" '
        'stroke-width="10"/>'
    )


def _insets(found: RunMap, left: int, top: int, width: int, example: bool) -> Iterator[str]:
    """Under the map, side by side."""
    if not found.insets:
        return
    each = (width - 2 * SIDE) // len(found.insets)
    for number, inset in enumerate(found.insets):
        at = left + SIDE + number * each
        yield _text(at, top + 50, f"Perbesaran: {inset.title}", SMALL, MUTED)
        x, y, wide, tall = inset.box
        # As wide as its box, so that nothing beyond the frame shows.
        scale = min(INSET_TALL / tall, (each - 40) / wide)
        yield (
            f'<svg x="{at}" y="{top + 70}" width="{round(wide * scale)}" height="{round(tall * scale)}" '
            f'viewBox="{inset.view_box}" overflow="hidden">'
        )
        yield f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" fill="#f3f1e9"/>'
        yield from _land(inset.land)
        yield from _villages(inset.villages)
        yield from _labels(inset.labels, inset.letter, INK)
        if example:
            yield _text(*inset.mark_at, MARK, inset.letter, INK, weight=700, anchor="middle")
        yield "</svg>"


def _notes(found: RunMap) -> Iterator[str]:
    """Source and rule, with how sure each is."""
    rule = found.counts.rule
    told = f"Sumber: {found.source} Aturan: {rule.title}, versi {rule.version}."
    yield from textwrap.wrap(told, 118)
    yield "Desa yang belum dapat ditentukan tidak dianggap Aman."


def _text(
    x: int, y: int, words: str, size: int, colour: str, *, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
