"""Words that rules, errors and tables of accounts share."""

from __future__ import annotations

from enum import StrEnum


class TryKind(StrEnum):
    """What is guessed at."""

    PASSWORD = "SANDI"  # noqa: S105  (a word of the table, no password)
    SECOND = "LANGKAH_KEDUA"
    PIN = "PIN"


class JointState(StrEnum):
    """Where something stands that needs a second person."""

    MENUNGGU = "MENUNGGU"
    DILAKUKAN = "DILAKUKAN"
    DITOLAK = "DITOLAK"
    DITARIK = "DITARIK"
    KEDALUWARSA = "KEDALUWARSA"
