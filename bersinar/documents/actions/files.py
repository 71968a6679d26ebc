"""Keep a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Level, Right
from bersinar.documents import errors, store
from bersinar.documents.models import StoredFile
from bersinar.documents.uploads import LARGEST_MB


def store_file(
    content: bytes,
    *,
    name: str,
    content_type: str,
    by: Actor,
    level: Level,
    right: Right = Right.DOCUMENTS_SEE,
) -> StoredFile:
    """Keep these bytes for the actor's office; the same file kept twice is the same row."""
    with transaction.atomic():
        file, is_new = keep(content, name=name, content_type=content_type, by=by, level=level, right=right)
        if is_new:
            audit.record(by, "documents.file_stored", about=file, size=file.size, sha256=file.sha256)
    return file


def keep(
    content: bytes,
    *,
    name: str,
    content_type: str,
    by: Actor,
    level: Level,
    right: Right = Right.DOCUMENTS_SEE,
) -> tuple[StoredFile, bool]:
    """The part of storing that other actions of this folder share; they write the audit line themselves."""
    if by.office_id is None:
        raise errors.NoOffice
    if not content:
        raise errors.FileEmpty
    if len(content) > LARGEST_MB * 1024 * 1024:
        raise errors.FileTooLarge(LARGEST_MB)
    if level > Level.L2:
        raise errors.TooSensitive
    # Bytes first: a row must never point at nothing. Bytes without a row harm nobody.
    sha256 = store.write(content)
    return StoredFile.objects.for_actor(_reader(by, right)).get_or_create(
        office_id=by.office_id,
        sha256=sha256,
        name=_safe_name(name),
        right=right.value,
        content_level=level.value,
        content_type=content_type[:100],
        defaults={"size": len(content), "created_by_name": by.name},
    )


def _reader(by: Actor, right: Right) -> Actor:
    """Whoever hands in a file may find the same file again, even one that only others may open."""
    return replace(by, rights=by.rights | {right})


def _safe_name(name: str) -> str:
    """The last part of a path, without signs that could break a header or a folder."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return kept.strip(" .")[-150:] or "berkas"
