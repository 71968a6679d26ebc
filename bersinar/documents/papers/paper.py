"""All that a printed letter depends on, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bersinar.documents.rules import content
from bersinar.documents.vocabulary import DocumentKind, LetterState, Origin, Signatory


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a letter, ready to print."""

    kind: DocumentKind
    title: str
    facts: dict[str, Any]
    office_name: str
    signatory: Signatory
    office_seat: str = ""
    state: LetterState = LetterState.RANCANGAN
    number: str = ""
    date: date | None = None
    origin: Origin | None = None
    example: bool = False
    # What stands across the pages of an example; a rehearsal copy has a word of its own.
    example_word: str = "CONTOH"
    # The signed text of the QR; only an issued letter has one.
    code: str = field(default="", repr=False)

    @property
    def is_draft(self) -> bool:
        return self.state is LetterState.RANCANGAN

    @property
    def marks(self) -> str:
        """What stands across every page."""
        words = []
        if self.example:
            words.append(self.example_word)
        if self.state in (LetterState.RANCANGAN, LetterState.DIGANTIKAN, LetterState.BATAL):
            words.append(self.state.value)
        return " · ".join(words)

    @property
    def content_sha256(self) -> str:
        """The fingerprint of what the letter says, printed on it and signed in its QR."""
        return content.digest(
            {
                "kind": self.kind.value,
                "office": self.office_name,
                "title": self.title,
                "signatory": {"position": self.signatory.position, "name": self.signatory.name},
                "facts": self.facts,
                "number": self.number,
                "date": self.date.isoformat() if self.date else "",
                "example": self.example,
            }
        )
