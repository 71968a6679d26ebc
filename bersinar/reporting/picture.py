"""The map of a run as one SVG file that stands alone."""

from __future__ import annotations

from bersinar.reporting.queries.maps import RunMap


def draw(found: RunMap, *, example: bool) -> str:
    """Colour, word and pattern for each category, with the source inside the picture."""
    mark = "DATA CONTOH" if example else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg"><title>{found.file_name} {mark}</title></svg>'
