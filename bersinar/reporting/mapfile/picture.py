"""The map as one SVG file that stands alone: colour, word and pattern for each category."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape

from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category, Status
from bersinar.reporting.mapfile.boundaries import Ring
from bersinar.reporting.mapfile.result import OPEN_WORD, STATUS_WORDS, MapResult, place_name, reason, word

WIDTH, MARGIN, HEAD = 1000, 24, 112
TILE, GAP, ACROSS = 30, 4, 6
_COLOURS = {
    "AMAN": ("#cfe5dc", "#2d7461"),
    "SIAGA": ("#ecd28d", "#7d5f0c"),
    "WASPADA": ("#e28f45", "#7d3a00"),
    "BAHAYA": ("#8e1b2e", "#64101e"),
    OPEN: ("#ffffff", "#586a70"),
}
_PATTERNS = {
    "AMAN": "",
    "SIAGA": '<circle cx="4" cy="4" r="1.4" fill="#7d5f0c"/>',
    "WASPADA": '<path d="M0 8 8 0" stroke="#7d3a00" stroke-width="1.6"/>',
    "BAHAYA": "",
    OPEN: '<path d="M0 0 8 8" stroke="#586a70" stroke-width="1" stroke-dasharray="3 2"/>',
}
_FONT = 'font-family="Plus Jakarta Sans, DejaVu Sans, sans-serif"'


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
        tiles, bottom = _tiles(result, rest, bottom + 24, label)
        body += tiles
    height = math.ceil(bottom + 76)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'lang="id" {_FONT}>',
            f"<title>{escape('Peta kategori desa: ' + result.source_name)}</title>",
            f"<desc>{escape(summary(result))}</desc>",
            _patterns(),
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
        f'<text x="{MARGIN}" y="36" font-size="24" font-weight="700" fill="#13282d">Peta kategori desa</text>'
    ]
    if result.is_example:
        out.append(
            f'<text x="{WIDTH - MARGIN}" y="36" font-size="20" font-weight="700" fill="#4b5f65" '
            'text-anchor="end">ATURAN CONTOH</text>'
        )
    x = MARGIN
    for value, number in result.counts.items():
        text = f"{_word(value)} {number}"
        out.append(
            f'<rect x="{x}" y="58" width="26" height="20" rx="4" fill="url(#p-{value})" '
            f'stroke="{_COLOURS[value][1]}"/>'
        )
        out.append(f'<text x="{x + 34}" y="74" font-size="16" fill="#13282d">{escape(text)}</text>')
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
        f'<text x="{MARGIN}" y="{height - 40 + 20 * n}" font-size="13" fill="#4b5f65">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )


def _patterns() -> str:
    parts = []
    for value, (fill, _edge) in _COLOURS.items():
        parts.append(
            f'<pattern id="p-{value}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{fill}"/>{_PATTERNS[value]}</pattern>'
        )
    return f"<defs>{''.join(parts)}</defs>"


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
    out = [f'<text x="{MARGIN}" y="{top:.0f}" font-size="16" fill="#4b5f65">{escape(label)}</text>']
    step = ACROSS * (TILE + GAP) + 32
    x, y, row_height = float(MARGIN), top + 36, 0.0
    for (_, district), members in sorted(groups.items()):
        if x + step - 32 > WIDTH - MARGIN:
            x, y, row_height = float(MARGIN), y + row_height, 0.0
        name = district or "Kecamatan tidak disebut"
        out.append(
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="14" font-weight="700" fill="#13282d">'
            f"{escape(name)}</text>"
        )
        for n, k in enumerate(members):
            at_x, at_y = x + n % ACROSS * (TILE + GAP), y + 10 + n // ACROSS * (TILE + GAP)
            opening = f'<rect x="{at_x:.0f}" y="{at_y:.0f}" width="{TILE}" height="{TILE}" rx="4"'
            out.append(_shape(result, k, opening))
        row_height = max(row_height, 10 + math.ceil(len(members) / ACROSS) * (TILE + GAP) + 30)
        x += step
    return out, y + row_height


def _shape(result: MapResult, k: int, opening: str) -> str:
    outcome, village = result.outcomes[k], result.sheet.villages[k]
    value = outcome.category.value if outcome.category else OPEN
    title = f"{place_name(village)}: {word(outcome.category)} ({reason(result, outcome)})"
    ink = f'fill="url(#p-{value})" stroke="{_COLOURS[value][1]}" stroke-width="1"'
    return f"{opening} {ink}><title>{escape(title)}</title></{opening[1:5].split()[0]}>"


def _word(value: str) -> str:
    return OPEN_WORD if value == OPEN else word(Category(value))
