"""A letter as tagged PDF, made by typst. Texts travel as data, so that no name can become a command."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

from django.utils import timezone

from bersinar.documents.errors import FontsMissing, NotPrintable
from bersinar.documents.papers.compose import compose
from bersinar.documents.papers.paper import Paper
from bersinar.documents.vocabulary import DocumentKind
from bersinar.ui.build import DIST

FOLDER = Path(__file__).parent
# For archives (PDF/A-2a: nothing outside the file, tags, language) and for screen readers (PDF/UA-1: pictures
# described): typst refuses to write a PDF that falls short of either.
# Any: the package names the type of this list with every standard it knows.
STANDARDS: Any = ["a-2a", "ua-1"]
FONTS = DIST / "fonts"
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')


def render_pdf(paper: Paper) -> bytes:
    """The PDF of this letter."""
    import typst

    try:
        return bytes(typst.compile(**_job(paper), format="pdf", pdf_standards=STANDARDS))
    except typst.TypstError as error:
        sign = _UNPRINTABLE.search(str(error))
        raise NotPrintable(sign[1] if sign else "") from error


def fonts_are_built() -> bool:
    return (FONTS / "PlusJakartaSans-Regular.ttf").exists()


def render_png(paper: Paper, *, ppi: float = 110.0) -> list[bytes]:
    """Each page as a picture, for previews and for looking."""
    import typst

    # One page comes as bytes, several as a list; the package's types know only the first.
    made: Any = typst.compile(**_job(paper), format="png", ppi=ppi)
    return list(made) if isinstance(made, list) else [made]


def source_fingerprint(kind: DocumentKind) -> str:
    """Which version of our own form made a letter."""
    files = (FOLDER / "bersama.typ", FOLDER / f"{kind.value.lower()}.typ", FOLDER / "compose.py")
    parts = [file.read_bytes().replace(b"\r\n", b"\n") for file in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _job(paper: Paper) -> dict[str, Any]:
    if not fonts_are_built():
        raise FontsMissing
    data = {
        **compose(paper),
        "dibuat": (paper.date or timezone.localdate()).isoformat(),
        "kode": paper.code,
        "kode_svg": qr_svg(paper.code) if paper.code else "",
    }
    return {
        "input": str(FOLDER / f"{paper.kind.value.lower()}.typ"),
        "root": str(FOLDER),
        # Only the shipped fonts: a letter looks the same on every machine.
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }


def qr_svg(text: str) -> str:
    """The code as a drawing; level M survives a fold and a coffee stain."""
    import segno

    address, behind, code = text.rpartition("#")
    # Two parts: the code alone is printed a third denser than it would be together with an address.
    parts: Any = [address + behind, code] if behind else [text]
    out = io.BytesIO()
    segno.make(parts, error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=False, svgns=True
    )
    return out.getvalue().decode()
