"""The truth behind invented values, in files of its own: whoever tests a method reads it, no page ever does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from bersinar import __version__
from bersinar.demo.generator.counts import INDICATORS
from bersinar.demo.generator.truth import Setting
from bersinar.demo.synthesis.answers import Fate, Year
from bersinar.demo.synthesis.land import BOUNDARIES, LAYOUT, Land
from bersinar.demo.synthesis.truth import ProvinceTruth
from bersinar.territory import codebook

FOLDER = "kebenaran"
ABOUT = "keterangan.json"
_SOURCES = ("bersinar.demo.generator", "bersinar.demo.synthesis")
_HEADING = ("code", "year", "theta", "class", "expected_cases", "effort", "call", *INDICATORS, "fate")
_LINE = "%s,%d,%.6f,%d,%.6f,%.6f,%d," + ",".join(["%.2f"] * len(INDICATORS)) + ",%s"


def folder_of(seed: int) -> Path:
    """Beside the database and the kept files, never in them."""
    return Path(settings.BERSINAR_DATA) / FOLDER / f"benih-{seed}"


def write(
    land: Land, truth: ProvinceTruth, years: Sequence[tuple[int, Year]], *, seed: int, setting: Setting
) -> Path:
    """One province's file, and its line in the description of the folder. The same again gives the same bytes."""
    folder = folder_of(seed)
    folder.mkdir(parents=True, exist_ok=True)
    content = _content(land, truth, years)
    name = f"desa-{land.province}.csv"
    _put(folder / name, content)
    about = _about(folder / ABOUT, seed)
    about["provinces"][land.province] = {
        "file": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "villages": len(land.codes),
        "codes_sha256": hashlib.sha256("\n".join(land.codes).encode()).hexdigest(),
        "setting": asdict(setting),
        "years": [year for year, _values in years],
        "code": {"bersinar": __version__, "numpy": np.__version__, "sources_sha256": _sources()},
        "neighbours": _neighbours(land),
    }
    text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _put(folder / ABOUT, text.encode())
    return folder


def _content(land: Land, truth: ProvinceTruth, years: Sequence[tuple[int, Year]]) -> bytes:
    lines = [",".join(_HEADING)]
    for index, (number, year) in enumerate(years):
        digits = (year.fate + ord("0")).astype(np.uint8)
        columns = zip(
            land.codes,
            truth.vulnerability[index].tolist(),
            truth.severity[index].tolist(),
            year.expected_cases.tolist(),
            truth.effort.tolist(),
            year.call.tolist(),
            year.happened.tolist(),
            digits,
            strict=True,
        )
        lines += [
            _LINE % (code, number, theta, level, cases, effort, call, *happened, fate.tobytes().decode())
            for code, theta, level, cases, effort, call, happened, fate in columns
        ]
    return ("\n".join(lines) + "\n").encode()


def _about(path: Path, seed: int) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        "what": "Kebenaran di balik data contoh. Semua rekaan; tidak ada yang dikatakan tentang desa mana pun.",
        "seed": seed,
        "territory": codebook.SOURCE,
        "classes": ["AMAN", "SIAGA", "WASPADA", "BAHAYA"],
        "fate": {str(fate.value): fate.name for fate in Fate},
        "provinces": known.get("provinces", {}),
    }


def _neighbours(land: Land) -> dict[str, Any]:
    borders = int(land.with_boundary.sum())
    return {
        "from_boundaries": borders,
        "boundaries": f"{BOUNDARIES}; tidak melewati tepi provinsi" if borders else "",
        "boundary_files_sha256": list(land.boundary_marks),
        "from_layout": len(land.codes) - borders,
        "layout": LAYOUT if borders < len(land.codes) else "",
    }


def _sources() -> str:
    """The code that made it, however it was installed: a hash over the generator's own files."""
    digest = hashlib.sha256()
    for package in _SOURCES:
        for part in sorted(resources.files(package).iterdir(), key=lambda part: part.name):
            if part.name.endswith(".py"):
                digest.update(part.name.encode() + b"\0" + part.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(path.name + ".baru")
    unfinished.write_bytes(content)
    unfinished.replace(path)
