"""What was written about a meeting: minutes, the report's form, files and letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from bersinar.access import Actor, Right
from bersinar.documents.queries import LetterRow, letters_about
from bersinar.programme.models import (
    Meeting,
    MeetingFile,
    MeetingRecord,
    Minutes,
)
from bersinar.programme.vocabulary import (
    FileKind,
)


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """One saved version of the minutes."""

    revision: int
    text: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One photo or scan of a meeting."""

    file_id: int
    name: str
    kind: FileKind
    caption: str


def minutes(meeting_id: int, actor: Actor) -> MinutesRow | None:
    """The newest version of the minutes."""
    found = _versions(meeting_id, actor).first()
    return None if found is None else _minutes(found)


def minutes_versions(meeting_id: int, actor: Actor) -> list[MinutesRow]:
    """Every saved version, the newest first."""
    return [_minutes(found) for found in _versions(meeting_id, actor)]


def meeting_record(meeting_id: int, actor: Actor) -> MeetingRecord | None:
    """What was typed for the report, as the newest row says it."""
    found: MeetingRecord | None = (
        MeetingRecord.objects.for_actor(actor).filter(meeting_id=meeting_id).order_by("-pk").first()
    )
    return found


def meeting_files(meeting_id: int, actor: Actor) -> list[FileRow]:
    """Photos and scans."""
    found = MeetingFile.objects.for_actor(actor).filter(meeting_id=meeting_id).select_related("file")
    return [FileRow(one.file_id, one.file.name, FileKind(one.kind), one.caption) for one in found]


def meeting_letters(meeting_id: int, actor: Actor) -> list[LetterRow]:
    """Invitations, attendance sheets and minutes drafted for a meeting, the newest first."""
    return letters_about(Meeting(pk=meeting_id), actor) if actor.can(Right.DOCUMENTS_SEE) else []


def standing_minutes(actor: Actor) -> QuerySet[Minutes]:
    """Of each meeting the newest minutes, when they say something."""
    later = Minutes.objects.for_actor(actor).filter(
        meeting=OuterRef("meeting"), revision__gt=OuterRef("revision")
    )
    found: QuerySet[Minutes] = Minutes.objects.for_actor(actor).filter(~Exists(later)).exclude(text="")
    return found


def _versions(meeting_id: int, actor: Actor) -> QuerySet[Minutes]:
    found: QuerySet[Minutes] = (
        Minutes.objects.for_actor(actor).filter(meeting_id=meeting_id).order_by("-revision")
    )
    return found


def _minutes(found: Minutes) -> MinutesRow:
    return MinutesRow(found.revision, found.text, found.recorded_at, found.recorded_by_name)
