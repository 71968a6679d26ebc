"""The map as one SVG file that stands alone: colour, word and pattern for each category."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape

from shapely.geometry.base import BaseGeometry

from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category
from bersinar.reporting.canvas import Canvas, Drawn, enlarged, svg
from bersinar.reporting.ink import COLOURS, FONT, INK, MUTED, fill, patterns
from bersinar.reporting.mapfile import tiles
from bersinar.reporting.mapfile.result import (
    OPEN_WORD,
    STATUS_WORDS,
    MapResult,
    limits_text,
    place_name,
    reason,
    word,
)
from bersinar.territory import drawing
from bersinar.territory.drawing import Place, VillageShape

WIDTH, MARGIN, HEAD = 1000, 24, 112
TITLE = "Peta kategori desa"


def draw(result: MapResult, outlines: dict[int, BaseGeometry]) -> str:
    """A map from outlines, with the villages that have none under it; without any, squares by kecamatan."""
    return _with_outlines(result, outlines) if outlines else _with_tiles(result)


def _with_outlines(result: MapResult, outlines: dict[int, BaseGeometry]) -> str:
    places = [
        Place(k, village.code, village.name, "", village.kecamatan, village.kabupaten)
        for k, village in enumerate(result.sheet.villages)
    ]
    shapes = drawing.draw(places, outlines, coast=None, source="")
    lacking = len(places) - len(outlines)
    notes = _notes(result)
    if lacking:
        notes.insert(1, f"Tanpa batas desa: {lacking} desa, digambar sebagai segi enam.")
    return svg(
        Canvas(
            title=TITLE,
            summary=summary(result),
            mark=result.mark,
            shapes=shapes,
            villages=tuple(_drawn(result, shape) for shape in shapes.villages),
            insets=tuple(enlarged(inset, lambda shape: _drawn(result, shape)) for inset in shapes.insets),
            legend=tuple((value, f"{_word(value)} {number}") for value, number in result.counts.items()),
            total=sum(result.counts.values()),
            notes=tuple(line for note in notes for line in textwrap.wrap(note, 118)),
        )
    )


def _drawn(result: MapResult, shape: VillageShape) -> Drawn:
    value, title = _told(result, shape.id)
    return Drawn(shape.d, value, value, shape.code, title, shape.is_marker)


def _with_tiles(result: MapResult) -> str:
    label = "Peta skematik: satu kotak satu desa, dikelompokkan per kecamatan"
    body, bottom = _tiles(result, range(len(result.outcomes)), HEAD + 24.0, label)
    notes = _notes(result)
    height = math.ceil(bottom + 36 + 20 * len(notes))
    foot = [
        f'<text x="{MARGIN}" y="{height - 20 * (len(notes) - n)}" font-size="13" fill="{MUTED}">'
        f"{escape(line)}</text>"
        for n, line in enumerate(notes)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'lang="id" {FONT}>',
            f"<title>{escape(TITLE + ': ' + result.source_name)}</title>",
            f"<desc>{escape(summary(result))}</desc>",
            patterns(),
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *_heading(result),
            *body,
            *foot,
            "</svg>",
            "",
        ]
    )


def summary(result: MapResult) -> str:
    """The counts in one sentence."""
    parts = [f"{_word(value)} {number}" for value, number in result.counts.items()]
    return f"{', '.join(parts)}; jumlah {sum(result.counts.values())} desa."


def _heading(result: MapResult) -> list[str]:
    out = [
        f'<text x="{MARGIN}" y="36" font-size="24" font-weight="700" fill="{INK}">Peta kategori desa</text>'
    ]
    if result.mark:
        out.append(
            f'<text x="{WIDTH - MARGIN}" y="36" font-size="20" font-weight="700" fill="{MUTED}" '
            f'text-anchor="end">{result.mark}</text>'
        )
    x = MARGIN
    for value, number in result.counts.items():
        text = f"{_word(value)} {number}"
        out.append(
            f'<rect x="{x}" y="58" width="26" height="20" rx="4" fill="url(#p-{value})" '
            f'stroke="{COLOURS[value][1]}"/>'
        )
        out.append(f'<text x="{x + 34}" y="74" font-size="16" fill="{INK}">{escape(text)}</text>')
        x += 64 + 9 * len(text)
    return out


def _notes(result: MapResult) -> list[str]:
    rule = result.rule
    return [
        f"Sumber: {result.source_name}. Jumlah {len(result.outcomes)} desa.",
        f"Aturan: {rule.title}, versi {rule.version} ({STATUS_WORDS[rule.status]})."
        + (f" {limits.capitalize()}." if (limits := limits_text(rule)) else ""),
    ]


def _tiles(result: MapResult, chosen: Iterable[int], top: float, label: str) -> tuple[list[str], float]:
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for k in chosen:
        village = result.sheet.villages[k]
        groups[village.kabupaten, village.kecamatan].append(k)
    out = [f'<text x="{MARGIN}" y="{top:.0f}" font-size="16" fill="{MUTED}">{escape(label)}</text>']
    plan = tiles.plan(groups, left=MARGIN, right=WIDTH - MARGIN, top=top + 8)
    for text in plan.texts:
        weight = 700 if text.is_region else 600
        colour = MUTED if text.is_region else INK
        out.append(
            f'<text x="{text.x:.0f}" y="{text.y:.0f}" font-size="{text.size}" font-weight="{weight}" '
            f'fill="{colour}">{escape(text.words)}</text>'
        )
    for k, x, y in plan.tiles:
        side = f'width="{plan.side}" height="{plan.side}" rx="{max(plan.side // 8, 1)}"'
        out.append(_square(result, k, f'<rect x="{x:.0f}" y="{y:.0f}" {side}'))
    return out, plan.bottom


def _told(result: MapResult, k: int) -> tuple[str, str]:
    """The category of one village and what its shape says when pointed at."""
    outcome = result.outcomes[k]
    value = outcome.category.value if outcome.category else OPEN
    place = place_name(result.sheet.villages[k])
    return value, f"{place}: {word(outcome.category)} ({reason(result, outcome)})"


def _square(result: MapResult, k: int, opening: str) -> str:
    value, title = _told(result, k)
    return f"{opening} {fill(value)}><title>{escape(title)}</title></rect>"


def _word(value: str) -> str:
    return OPEN_WORD if value == OPEN else word(Category(value))
