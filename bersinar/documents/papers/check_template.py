"""Look at a Word template somebody sent, in a process of its own: `run_limited` runs this file as `__main__`.

Reads the .docx from standard input; answers JSON: {"problem": ""} or the sentence that says what is wrong.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import Any

from bersinar.documents.papers.compose import compose
from bersinar.documents.papers.docx import render_docx, sandbox
from bersinar.documents.papers.package import Refused, check_package
from bersinar.documents.papers.paper import Paper
from bersinar.documents.vocabulary import DocumentKind, LetterState, Signatory

DEEPEST_LOOP = 2
# Only showing, choosing and repeating. No call, no arithmetic, no filter but the length of a list.
ALLOWED = {
    "Template", "Output", "TemplateData", "Name", "Getattr", "For", "If", "Not", "And", "Or", "Const", "Compare",
    "Operand", "Filter", "CondExpr",
}  # fmt: skip
OWN_WORDS = {"loop"}
_MEETING = {"title": "Rapat", "date": "2023-02-13", "time": "09.00", "zone": "WIB", "place": "Balai"}
_VILLAGE = {"name": "A", "kind_word": "Desa", "district": "B", "regency": "C", "money_source": "DIPA"}
SAMPLES: dict[DocumentKind, dict[str, Any]] = {
    DocumentKind.SK_PENETAPAN: {"year": 2023, "villages": [_VILLAGE]},
    DocumentKind.UNDANGAN: {**_MEETING, "agenda": ["A"], "addressees": ["B"]},
    DocumentKind.NOTULEN: {
        "meeting": _MEETING,
        "attendance": [{"element": "A"}],
        "points": ["B"],
        "commitments": [{"element": "A", "who": "B", "what": "C", "due": ""}],
        "report": {},
    },
    DocumentKind.DAFTAR_HADIR: {"meeting": _MEETING, "seats": [{"element": "A"}]},
    DocumentKind.SURAT: {"subject": "A", "addressees": ["B"], "paragraphs": ["C"]},
}


def sample(kind: DocumentKind) -> Paper:
    """A letter of invented facts, to try a template with."""
    return Paper(
        kind=kind,
        title="Contoh",
        facts=SAMPLES[kind],
        office_name="Unit Contoh",
        signatory=Signatory("Kepala Unit"),
        state=LetterState.RANCANGAN,
        number="CONTOH-1",
        date=date(2023, 2, 13),
        example=True,
    )


def check(content: bytes, kind: DocumentKind) -> None:
    """Raise Refused with the first thing that is wrong."""
    check_package(content)
    known = set(compose(sample(kind)))
    for text in _template_texts(content):
        _check_text(text, known)
    try:
        filled = render_docx(sample(kind), content)
    except Exception as error:
        raise Refused(
            f"templat tidak dapat diisi ({type(error).__name__}). Mulai lagi dari templat bawaan."
        ) from error
    # Filling may join what stood apart.
    check_package(filled, filled=True)


def _template_texts(content: bytes) -> list[str]:
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(content))
    document.render_init()
    texts = [document.patch_xml(document.get_xml())]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _key, part in document.get_headers_footers(uri):
            texts.append(document.patch_xml(document.get_part_xml(part)))
    return texts


def _check_text(text: str, known: set[str]) -> None:
    from jinja2 import TemplateSyntaxError, meta

    try:
        tree = sandbox().parse(text)
    except TemplateSyntaxError as error:
        raise Refused(
            f"ada isian yang tidak lengkap: {error.message}. Periksa tanda kurung kurawalnya."
        ) from error
    _check_node(tree, 0)
    if unknown := sorted(meta.find_undeclared_variables(tree) - known - OWN_WORDS):
        raise Refused(f"isian {unknown[0]} tidak dikenal. Yang dikenal: {', '.join(sorted(known))}.")


def _check_node(node: Any, loops: int) -> None:
    name = type(node).__name__
    loops += name == "For"
    if name not in ALLOWED or loops > DEEPEST_LOOP:
        raise Refused(
            "templat memakai perintah yang tidak diizinkan. Pakai hanya isian, pilihan if, dan ulangan for."
        )
    if name == "Filter" and node.name != "length":
        raise Refused(f"perintah {node.name} tidak diizinkan. Pakai isian apa adanya.")
    if name == "Getattr" and node.attr.startswith("_"):
        raise Refused("isian tidak boleh berawalan garis bawah.")
    for child in node.iter_child_nodes():
        _check_node(child, loops)


def main() -> None:
    problem = ""
    try:
        check(sys.stdin.buffer.read(), DocumentKind(sys.argv[1]))
    except Refused as refused:
        problem = str(refused)
    sys.stdout.buffer.write(json.dumps({"problem": problem}).encode())


if __name__ == "__main__":
    main()
