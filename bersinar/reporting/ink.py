"""Colours and patterns of the categories for pictures that stand alone, away from the style sheet."""

from __future__ import annotations

from bersinar.mapping.vocabulary import OPEN

# Fill and edge in light, as in ui/static/ui/tokens.css: the fill grows darker with severity.
COLOURS = {
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
INK, MUTED = "#13282d", "#4b5f65"
FONT = 'font-family="Plus Jakarta Sans, DejaVu Sans, sans-serif"'


def patterns(scale: float = 1.0) -> str:
    """The fills by name: `p-BAHAYA` and so on; `scale` fits them to the units of the picture."""
    parts = []
    for value, (colour, _edge) in COLOURS.items():
        parts.append(
            f'<pattern id="p-{value}" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'patternTransform="scale({scale:g})">'
            f'<rect width="8" height="8" fill="{colour}"/>{_PATTERNS[value]}</pattern>'
        )
    return f"<defs>{''.join(parts)}</defs>"


def fill(value: str, width: float = 1.0) -> str:
    """Fill and edge of one category as attributes."""
    return f'fill="url(#p-{value})" stroke="{COLOURS[value][1]}" stroke-width="{width:g}"'
