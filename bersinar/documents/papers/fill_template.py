"""Fill an office's Word template in a process of its own: `run_limited` runs this file as `__main__`.

Loops multiply: a template of one page may ask for a million lines. Standard input carries the letter's values as
one line of JSON and then the .docx; the answer is the filled .docx, or nothing where it became something that has
no place in a letter.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from datetime import date

from bersinar.documents.papers.docx import render_docx
from bersinar.documents.papers.package import Refused, check_package
from bersinar.documents.papers.paper import Paper
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin, Signatory


def packed(paper: Paper, template: bytes) -> bytes:
    """What the process is given."""
    values = {one.name: getattr(paper, one.name) for one in fields(paper)}
    values["date"] = paper.date.isoformat() if paper.date else None
    values["signatory"] = {one.name: getattr(paper.signatory, one.name) for one in fields(paper.signatory)}
    return json.dumps(values).encode() + b"\n" + template


def unpacked(given: bytes) -> tuple[Paper, bytes]:
    line, _end, template = given.partition(b"\n")
    values = json.loads(line)
    values["kind"], values["state"] = DocumentKind(values["kind"]), LetterState(values["state"])
    values["date"] = date.fromisoformat(values["date"]) if values["date"] else None
    values["origin"] = Origin(values["origin"]) if values["origin"] else None
    values["signatory"] = Signatory(**values["signatory"])
    return Paper(**values), template


def main() -> None:
    filled = render_docx(*unpacked(sys.stdin.buffer.read()))
    try:
        check_package(filled, filled=True)
    except Refused:
        return
    sys.stdout.buffer.write(filled)


if __name__ == "__main__":
    main()
