"""Whether a letter still counts, for whoever holds its genuine code. Nothing else of the letter is told."""

from __future__ import annotations

from uuid import UUID

from bersinar.documents.models import Issue, Letter, Voiding
from bersinar.documents.rules.code import Claims
from bersinar.documents.vocabulary import LetterState

_WHY = "the person at the counter holds the letter but has no account"


def standing(claims: Claims) -> LetterState | None:
    """TERBIT, DIGANTIKAN or BATAL; None when the letter was issued by another installation whose key we trust."""
    found = (
        Letter.objects.unscoped(_WHY)
        .filter(thread=UUID(bytes=claims.document_id), version=claims.version)
        .first()
    )
    if found is None:
        return None
    if Voiding.objects.unscoped(_WHY).filter(letter=found).exists():
        return LetterState.BATAL
    later = Issue.objects.unscoped(_WHY).filter(
        letter__thread=found.thread, letter__version__gt=found.version
    )
    return LetterState.DIGANTIKAN if later.exists() else LetterState.TERBIT
