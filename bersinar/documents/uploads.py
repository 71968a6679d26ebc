"""Files people hand in beside letters: what they may be, proven by their content, and photographs without a trace.

A photograph tells where and when it was taken and with whose phone. It is drawn anew before it is stored, so that
only the picture itself remains.
"""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.documents import errors
from bersinar.jobs.limited import LimitExceeded, run_limited

LARGEST_MB = 20
_OFFICE = "application/vnd.openxmlformats-officedocument"
# What a file must begin with to be what its name says; the name alone proves nothing.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".docx": (f"{_OFFICE}.wordprocessingml.document", b"PK\x03\x04"),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", b"PK\x03\x04"),
}
_MAIN_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_PHOTO_MB = 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived, or as it is stored."""

    name: str
    content_type: str
    content: bytes


def checked(content: bytes, name: str) -> Upload:
    """The file as it may be stored, or a refusal. Call it before a transaction: a photograph takes its time."""
    content_type = kind_of(content, name)
    return Upload(name, content_type, _redrawn(content) if content_type.startswith("image/") else content)


def kind_of(content: bytes, name: str) -> str:
    """The content type, or a refusal; the quick part of `checked`, for forms."""
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    if suffix not in KINDS:
        raise errors.FileKindRefused
    if not content:
        raise errors.FileEmpty
    if len(content) > LARGEST_MB * 1024 * 1024:
        raise errors.FileTooLarge(LARGEST_MB)
    content_type, beginning = KINDS[suffix]
    if not content.startswith(beginning) or not _is_office_file(content, suffix):
        raise errors.FileNotItsKind(name, suffix[1:].upper())
    return content_type


def _is_office_file(content: bytes, suffix: str) -> bool:
    """Looked at in a process of its own: a small file can list so many parts that they fill the memory."""
    if suffix not in _MAIN_PART:
        return True
    try:
        answer = run_limited(
            "bersinar.documents.papers.office_file", stdin=content, arguments=[_MAIN_PART[suffix]], seconds=20
        )
    except LimitExceeded:
        return False
    return answer == b"yes"


def _redrawn(content: bytes) -> bytes:
    try:
        return run_limited("bersinar.documents.papers.photo", stdin=content, memory_mb=_PHOTO_MB)
    except LimitExceeded as error:
        raise errors.PhotoRefused from error
