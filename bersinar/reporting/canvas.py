"""A map as one SVG file that stands alone: its words, legend, sum and source are inside. Knows no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bersinar.reporting.ink import FONT, INK, MUTED, fill, patterns
from bersinar.territory.drawing import Inset, Label, MapShapes, VillageShape

HEAD, LINE, SMALL, SIDE = 400, 72, 46, 90
INSET_TALL = 900
LEGEND = 44
# How wide a letter is at most, in parts of its height: the file is read with whatever font there is.
LETTER = 0.62
# The strip over an inset in which its mark stands, in hundredths of its height.
STRIP = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """One village in the picture."""

    d: str
    value: str
    key: str
    code: str
    title: str
    is_marker: bool


@dataclass(frozen=True, slots=True)
class Enlarged:
    """A dense town drawn larger."""

    title: str
    frame: tuple[int, int, int, int]
    box: tuple[int, int, int, int]
    land: str
    villages: tuple[Drawn, ...]
    labels: tuple[Label, ...]
    mark_at: tuple[int, int]
    letter: int

    @property
    def view_box(self) -> str:
        return " ".join(map(str, self.box))


@dataclass(frozen=True, slots=True)
class Canvas:
    """Everything that goes into the file; `mark` says in it what must not be taken for real or final."""

    title: str
    summary: str
    mark: str
    shapes: MapShapes
    villages: tuple[Drawn, ...]
    insets: tuple[Enlarged, ...]
    legend: tuple[tuple[str, str], ...]
    total: int
    notes: tuple[str, ...]


def enlarged(inset: Inset, drawn: Callable[[VillageShape], Drawn]) -> Enlarged:
    """An inset with its villages filled in and room for its mark."""
    x, y, width, height = inset.view_box
    strip = height * STRIP // 100
    return Enlarged(
        title=inset.title,
        frame=inset.frame,
        box=(x, y - strip, width, height + strip),
        land=inset.land,
        villages=tuple(drawn(shape) for shape in inset.villages),
        labels=inset.labels,
        mark_at=(x + width // 2, y - strip // 3),
        letter=max(width // 30, 1),
    )


def svg(canvas: Canvas) -> str:
    """Colour, word and pattern for each category; the same canvas gives the same bytes."""
    x, y, width, height = canvas.shapes.view_box
    rows = list(_heading(canvas, x + SIDE, y - HEAD, width))
    insets = list(_insets(canvas, x, y + height + 60, width))
    bottom = y + height + 60 + (INSET_TALL + 120 if insets else 0)
    total = bottom + len(canvas.notes) * LINE + 60 - (y - HEAD)
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y - HEAD} {width} {total}" role="img" '
        f'lang="id" {FONT}>',
        f"<title>{escape(canvas.title)}</title>",
        f"<desc>{escape(canvas.summary)}</desc>",
        patterns(5),
        f'<rect x="{x}" y="{y - HEAD}" width="{width}" height="{total}" fill="#ffffff"/>',
        *rows,
        *_land(canvas.shapes.land),
        *_villages(canvas.villages),
        *(
            f'<path d="{outline.d}" fill="none" stroke="{INK}" stroke-width="6" opacity="0.45"/>'
            for outline in canvas.shapes.districts
        ),
        *_labels(canvas.shapes.regency_labels, 64, MUTED),
        *_labels(canvas.shapes.district_labels, 54, INK),
        *(_frame(inset) for inset in canvas.insets),
        *insets,
    ]
    for number, line in enumerate(canvas.notes):
        body.append(_text(x + SIDE, bottom + 40 + number * LINE, line, SMALL, MUTED))
    return "\n".join([*body, "</svg>", ""])


def _heading(canvas: Canvas, left: int, top: int, width: int) -> Iterator[str]:
    yield _text(left, top + 100, canvas.title, 78, INK, weight=700)
    if canvas.mark:
        right = left + width - 2 * SIDE
        yield _text(right, top + 190, canvas.mark, 60, INK, weight=700, anchor="end")
    at, y = left, top + 222
    for value, words in (*canvas.legend, ("", f"= {canvas.total}")):
        wide = 160 + round(len(words) * LEGEND * LETTER)
        if at + wide > left + width - 2 * SIDE:
            at, y = left, y + 84
        if value:
            yield f'<rect x="{at}" y="{y}" width="80" height="56" rx="10" {fill(value, 4)}/>'
        yield _text(at + (100 if value else 0), y + 44, words, LEGEND, INK, weight=400 if value else 700)
        at += wide


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
            f'text-anchor="middle" paint-order="stroke" stroke="#ffffff" stroke-width="{size // 3}" '
            f'stroke-linejoin="round">{escape(label.text)}</text>'
        )


def _frame(inset: Enlarged) -> str:
    x, y, width, height = inset.frame
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="16" fill="none" stroke="{INK}" '
        'stroke-width="10"/>'
    )


def _insets(canvas: Canvas, left: int, top: int, width: int) -> Iterator[str]:
    """Under the map, side by side."""
    if not canvas.insets:
        return
    each = (width - 2 * SIDE) // len(canvas.insets)
    for number, inset in enumerate(canvas.insets):
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
        if canvas.mark:
            yield _text(*inset.mark_at, canvas.mark, inset.letter, INK, weight=700, anchor="middle")
        yield "</svg>"


def _text(
    x: int, y: int, words: str, size: int, colour: str, *, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
