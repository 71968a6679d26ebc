"""The report as PDF: counts, the map, the rule and every village, made by typst."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import Category
from bersinar.reporting.mapfile import signs
from bersinar.reporting.mapfile.result import OPEN_WORD, MapResult, place_name, reason, settling, word
from bersinar.reporting.mapfile.tables import rule_notes

LINE_MM, TALLEST_MM = 174, 225
_VIEW_BOX = re.compile(r'viewBox="([-0-9. ]+)"')
_TEMPLATE = """
#let data = json("data.json")
#set document(title: "Peta kategori desa", author: "Bersinar", date: datetime.today())
#set text(lang: "id", region: "ID", size: 10pt, font: "Plus Jakarta Sans")
#set page(paper: "a4", margin: 18mm, numbering: "1 / 1",
  header: align(right, strong(data.mark)))
#show heading: set text(fill: rgb("#0b5058"))
= Peta kategori desa
#data.source \\
#text(fill: rgb("#4b5f65"))[#data.rule_title]

== Jumlah desa
#table(columns: (auto, auto), stroke: 0.5pt + rgb("#dfdfd6"),
  table.header([*Kategori*], [*Desa*]),
  ..data.counts.map(row => (row.at(0), str(row.at(1)))).flatten(),
  [*Jumlah*], [*#data.total*])
Desa yang belum dapat ditentukan tidak dianggap Aman.

#block(breakable: false)[
== Peta
#image("peta.svg", width: 100%, height: data.map_mm * 1mm, fit: "contain", alt: data.summary)
]

== Aturan
#for note in data.notes [- #note
]

== Setiap desa
#table(columns: (2fr, 1.1fr, 3fr, 1.2fr), stroke: 0.5pt + rgb("#dfdfd6"),
  table.header([*Desa*], [*Kategori*], [*Alasan*], [*Perlu diisi*]),
  ..data.villages.flatten())
"""


def _height(svg: str) -> float:
    """How high the map is at the full width of a line, in mm; a tall one is made to fit the page instead."""
    _left, _top, width, height = map(float, _VIEW_BOX.findall(svg)[0].split())
    return round(min(LINE_MM * height / width, TALLEST_MM), 1)


def write_pdf(result: MapResult, svg: str, path: Path) -> frozenset[str]:
    """Compile the report; the texts travel as data, so that no name can become a command.

    Gives the signs that no shipped font has; each stands as a question mark in the report.
    """
    import typst

    from bersinar.reporting.mapfile.picture import summary

    data = {
        "source": result.source_name,
        "mark": result.mark,
        "rule_title": f"{result.rule.title}, versi {result.rule.version}",
        "counts": [[OPEN_WORD if v == OPEN else word(Category(v)), n] for v, n in result.counts.items()],
        "total": str(sum(result.counts.values())),
        "summary": summary(result),
        "map_mm": _height(svg),
        "notes": rule_notes(result),
        "villages": [
            [place_name(village), word(outcome.category), reason(result, outcome), settling(result, outcome)]
            for village, outcome in zip(result.sheet.villages, result.outcomes, strict=True)
        ],
    }
    text = json.dumps(data, ensure_ascii=False)
    missing = signs.missing_signs([text, svg])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "data.json").write_text(signs.printable(text, missing), encoding="utf-8")
        (work / "peta.svg").write_text(signs.printable(svg, missing), encoding="utf-8")
        (work / "laporan.typ").write_text(_TEMPLATE, encoding="utf-8")
        typst.compile(
            str(work / "laporan.typ"),
            output=str(path),
            root=folder,
            # Only the shipped fonts: the report looks the same on every machine.
            font_paths=[str(signs.FONTS)],
            ignore_system_fonts=True,
            # For archives and for screen readers.
            pdf_standards=["a-2a", "ua-1"],
        )
    return missing
