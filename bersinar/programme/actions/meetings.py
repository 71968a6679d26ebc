"""Keep what belongs to a meeting beside its plan, and close it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Level, Right, get_or_404
from bersinar.documents import actions as documents
from bersinar.documents import uploads
from bersinar.programme import errors
from bersinar.programme.actions.common import office_of
from bersinar.programme.actions.stages import record_stage
from bersinar.programme.models import (
    Meeting,
    MeetingClosing,
    MeetingFile,
    MeetingPlan,
    MeetingRecord,
    MeetingVillage,
    Minutes,
)
from bersinar.programme.vocabulary import FileKind, Origin, Stage


def save_record(
    meeting_id: int,
    *,
    by: Actor,
    warrant: str = "",
    committee_unit: str = "",
    committee: Sequence[str] = (),
    target: str = "",
    regency: str = "",
    chair: str = "",
    minutes_by: str = "",
    speakers: Sequence[str] = (),
    material: str = "",
    material_summary: str = "",
    results: str = "",
) -> MeetingRecord:
    """Append what the agency's form asks beside plan, attendance and minutes. The same content is kept once."""
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        values = {
            "warrant": warrant,
            "committee_unit": committee_unit,
            "target": target,
            "regency": regency,
            "chair": chair,
            "minutes_by": minutes_by,
            "material": material,
        }
        row: dict[str, Any] = {key: " ".join(text.split()) for key, text in values.items()}
        row |= {"material_summary": material_summary.strip(), "results": results.strip()}
        row |= {"committee": tidy_lines(committee), "speakers": tidy_lines(speakers)}
        newest: MeetingRecord | None = (
            MeetingRecord.objects.for_actor(by).filter(meeting=meeting).order_by("-pk").first()
        )
        if newest is not None and all(getattr(newest, key) == value for key, value in row.items()):
            return newest
        record: MeetingRecord = MeetingRecord.objects.create(meeting=meeting, recorded_by_name=by.name, **row)
        audit.record(by, "programme.meeting_record_saved", about=meeting)
    return record


def add_file(
    meeting_id: int,
    *,
    content: bytes,
    name: str,
    kind: FileKind,
    by: Actor,
    caption: str = "",
) -> MeetingFile:
    """Keep a photo or the signed attendance list; the same file twice is one row."""
    sent = uploads.checked(content, name)
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        stored = documents.store_file(
            sent.content,
            name=sent.name,
            content_type=sent.content_type,
            by=by,
            level=Level.L2,
            right=Right.PROGRAMME_SEE,
        )
        found = MeetingFile.objects.for_actor(by).filter(meeting=meeting, file=stored, kind=kind.value)
        same: MeetingFile | None = found.first()
        if same is not None:
            return same
        kept: MeetingFile = MeetingFile.objects.create(
            meeting=meeting,
            file=stored,
            kind=kind.value,
            caption=" ".join(caption.split())[:200],
            recorded_by_name=by.name,
        )
        audit.record(by, "programme.meeting_file_kept", about=meeting, kind=kind.value)
    return kept


def close_meeting(meeting_id: int, *, by: Actor, stage_year_ids: Collection[int] = ()) -> MeetingClosing:
    """The meeting was held: its minutes stand, and the rakor is recorded for the villages named here."""
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        plan = plan_in_force(meeting, by)
        check_held(plan)
        closing = MeetingClosing.objects.for_actor(by).filter(meeting=meeting).first()
        if closing is None:
            newest = Minutes.objects.for_actor(by).filter(meeting=meeting).order_by("-revision").first()
            if newest is None or not newest.text:
                raise errors.NothingWritten
            closing = MeetingClosing.objects.create(meeting=meeting, minutes=newest, recorded_by_name=by.name)
            audit.record(by, "programme.meeting_closed", about=meeting, minutes=newest.revision)
        inside = MeetingVillage.objects.for_actor(by).filter(plan=plan).values_list("year_id", flat=True)
        for year_id in sorted(set(stage_year_ids) & set(inside)):
            record_stage(
                year_id,
                stage=Stage.RAKOR,
                on=plan.on,
                note=plan.title,
                origin=Origin(meeting.origin),
                source=meeting.source,
                by=by,
            )
    return closing


def own_meeting(meeting_id: int, by: Actor) -> Meeting:
    """The office's own meeting, held until the transaction ends; offices above it look and do not write."""
    by.require(Right.PROGRAMME_RECORD)
    get_or_404(Meeting, by, pk=meeting_id, office_id=office_of(by))
    # Held, so that two people at once write one after the other.
    held: Meeting = Meeting.objects.for_actor(by).select_for_update().get(pk=meeting_id)
    return held


def plan_in_force(meeting: Meeting, by: Actor) -> MeetingPlan:
    """The newest plan of a meeting."""
    found: MeetingPlan = MeetingPlan.objects.for_actor(by).filter(meeting=meeting).order_by("-sequence")[0]
    return found


def check_held(plan: MeetingPlan) -> None:
    """Raise unless the day of the meeting has come and it was not cancelled."""
    if plan.cancelled:
        raise errors.MeetingCancelled
    if plan.on > timezone.localdate():
        raise errors.NotYet(plan.on)


def tidy_lines(lines: Iterable[str]) -> list[str]:
    """Lines without empty ones and double spaces."""
    tidy = [" ".join(line.split()) for line in lines]
    return [line for line in tidy if line]
