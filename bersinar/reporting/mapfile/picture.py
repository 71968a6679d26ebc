"""The map as one SVG file that stands alone: colour, word and pattern for each category."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape

from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category, Status
from bersinar.reporting.ink import COLOURS, FONT, INK, MUTED, fill, patterns
from bersinar.reporting.mapfile import tiles
from bersinar.reporting.mapfile.boundaries import Ring
from bersinar.reporting.mapfile.result import OPEN_WORD, STATUS_WORDS, MapResult, place_name, reason, word

WIDTH, MARGIN, HEAD = 1000, 24, 112


def draw(result: MapResult, outlines: dict[int, list[Ring]]) -> str:
    """A map from outlines; villages without one, or all when there are none, as tiles by kecamatan."""
    body: list[str] = []
    bottom = float(HEAD)
    if outlines:
        shapes, bottom = _outlined(result, outlines)
        body += shapes
    rest = [k for k in range(len(result.outcomes)) if k not in outlines]
    if rest:
        label = (
            "Tanpa batas desa"
            if outlines
            else "Peta skematik: satu kotak satu desa, dikelompokkan per kecamatan"
        )
        drawn, bottom = _tiles(result, rest, bottom + 24, label)
        body += drawn
    height = math.ceil(bottom + 76)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'lang="id" {FONT}>',
            f"<title>{escape('Peta kategori desa: ' + result.source_name)}</title>",
            f"<desc>{escape(summary(result))}</desc>",
            patterns(),
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *_heading(result),
            *body,
            _foot(result, height),
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


def _foot(result: MapResult, height: int) -> str:
    rule = result.rule
    stand_ins = any(limit.status is Status.PLACEHOLDER for limit in rule.presence.values())
    lines = [
        f"Sumber: {result.source_name}. Jumlah {len(result.outcomes)} desa.",
        f"Aturan: {rule.title}, versi {rule.version} ({STATUS_WORDS[rule.status]})."
        + (" Batas setiap indikator masih sementara." if stand_ins else ""),
    ]
    return "\n".join(
        f'<text x="{MARGIN}" y="{height - 40 + 20 * n}" font-size="13" fill="{MUTED}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )


def _outlined(result: MapResult, outlines: dict[int, list[Ring]]) -> tuple[list[str], float]:
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    wide, tall = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, 1100 / tall)
    left = (WIDTH - wide * scale) / 2

    def place(x: float, y: float) -> str:
        return f"{left + (x - west) * shrink * scale:.1f} {HEAD + (north - y) * scale:.1f}"

    shapes = []
    for k, rings in sorted(outlines.items()):
        d = "".join("M" + "L".join(place(x, y) for x, y in ring) + "Z" for ring in rings)
        shapes.append(_shape(result, k, f'<path fill-rule="evenodd" d="{d}"'))
    return shapes, HEAD + tall * scale


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
        out.append(_shape(result, k, f'<rect x="{x:.0f}" y="{y:.0f}" {side}'))
    return out, plan.bottom


def _shape(result: MapResult, k: int, opening: str) -> str:
    outcome, village = result.outcomes[k], result.sheet.villages[k]
    value = outcome.category.value if outcome.category else OPEN
    title = f"{place_name(village)}: {word(outcome.category)} ({reason(result, outcome)})"
    return f"{opening} {fill(value)}><title>{escape(title)}</title></{opening[1:5].split()[0]}>"


def _word(value: str) -> str:
    return OPEN_WORD if value == OPEN else word(Category(value))
