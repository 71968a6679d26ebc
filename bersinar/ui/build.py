"""Fonts and coastline from npm into static/dist: python -m bersinar.ui.build."""

from __future__ import annotations

from pathlib import Path

DIST = Path(__file__).parent / "static" / "dist"
MANIFEST = DIST / "manifest.json"


def is_built() -> bool:
    return MANIFEST.exists()
