"""Record promises and what becomes of them. A promise is written once; every change is a further step."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Level, Right, get_or_404
from bersinar.documents import actions as documents
from bersinar.documents import uploads
from bersinar.documents.models import StoredFile
from bersinar.programme import errors
from bersinar.programme.actions.common import check_source, held_year, office_of
from bersinar.programme.actions.meetings import own_meeting, plan_in_force
from bersinar.programme.models import Commitment, CommitmentStep, Meeting
from bersinar.programme.rules import commitments as rules
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin


class _Unchanged:
    """Stands for "leave it as it is"; None already means "no day"."""


UNCHANGED: Final = _Unchanged()


def record_commitment(
    *,
    year_id: int,
    element: Element,
    promised_by: str,
    what: str,
    by: Actor,
    due_date: date | None = None,
    meeting_id: int | None = None,
    proof: str = "",
    on: date | None = None,
    client_key: str | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> Commitment:
    """Somebody promised something for one village. `proof` is what will show that it was kept."""
    return record_commitments(
        year_ids=[year_id],
        element=element,
        promised_by=promised_by,
        what=what,
        by=by,
        due_date=due_date,
        meeting_id=meeting_id,
        proof=proof,
        on=on,
        client_key=client_key,
        origin=origin,
        source=source,
    )[0]


def record_commitments(
    *,
    year_ids: Sequence[int],
    element: Element,
    promised_by: str,
    what: str,
    by: Actor,
    due_date: date | None = None,
    meeting_id: int | None = None,
    proof: str = "",
    on: date | None = None,
    client_key: str | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> list[Commitment]:
    """The same promise for several villages: one record each, because each is kept or broken by itself."""
    by.require(Right.PROGRAMME_RECORD)
    promised_by, what, proof = (" ".join(text.split()) for text in (promised_by, what, proof))
    if not promised_by or not what:
        raise errors.PromiseIncomplete
    source = check_source(origin, source)
    key = client_key or uuid.uuid4().hex
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by) if meeting_id is not None else None
        day = _promised_on(meeting, on, by)
        if due_date is not None and due_date < day:
            raise errors.DueBeforePromise(day)
        return [
            _record(
                year_id,
                Commitment(
                    meeting=meeting,
                    element=element.value,
                    promised_by=promised_by[:150],
                    what=what[:300],
                    proof=proof[:200],
                    client_key=key,
                    origin=origin.value,
                    source=source,
                    recorded_by_name=by.name,
                ),
                day,
                due_date,
                by,
            )
            for year_id in dict.fromkeys(year_ids)
        ]


def change_commitment(
    commitment_id: int,
    *,
    status: CommitmentStatus,
    by: Actor,
    note: str = "",
    evidence: str = "",
    on: date | None = None,
    due_date: date | _Unchanged | None = UNCHANGED,
    file_id: int | None = None,
    client_key: str | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
) -> CommitmentStep:
    """Append what became of a promise. Ending it, or taking it up again, needs a word or something to look at."""
    note, evidence = " ".join(note.split())[:500], " ".join(evidence.split())[:300]
    source = check_source(origin, source)
    key = client_key or uuid.uuid4().hex
    with transaction.atomic():
        commitment, now = _held(commitment_id, by)
        sent = _sent(commitment, key, by)
        if sent is not None:
            if (sent.status, sent.note, sent.evidence) != (status.value, note, evidence):
                raise errors.SentBefore
            return sent
        day = on or timezone.localdate()
        _check_may_become(now, status, day, has_word=bool(note or evidence or file_id))
        due = now.due_date if isinstance(due_date, _Unchanged) else due_date
        if due is not None and due != now.due_date and due < _first_day(commitment, by):
            raise errors.DueBeforePromise(_first_day(commitment, by))
        if file_id is not None:
            get_or_404(StoredFile, by, pk=file_id)
        step: CommitmentStep = CommitmentStep.objects.create(
            commitment=commitment,
            status=status.value,
            due_date=due,
            on=day,
            note=note,
            evidence=evidence,
            file_id=file_id,
            client_key=key,
            origin=origin.value,
            source=source,
            recorded_by_name=by.name,
        )
        audit.record(
            by, "programme.commitment_changed", about=commitment, status=status.value, due=due, file=file_id
        )
    return step


def keep_evidence(commitment_id: int, *, content: bytes, name: str, by: Actor) -> StoredFile:
    """Store a file that shows a promise was kept; the step that follows names it."""
    by.require(Right.PROGRAMME_RECORD)
    get_or_404(Commitment, by, pk=commitment_id, year__office_id=office_of(by))
    sent = uploads.checked(content, name)
    return documents.store_file(
        sent.content,
        name=sent.name,
        content_type=sent.content_type,
        by=by,
        level=Level.L2,
        right=Right.PROGRAMME_SEE,
    )


def withdraw_commitment(commitment_id: int, *, by: Actor, reason: str = "") -> Commitment:
    """It was recorded by mistake: it leaves every list, and its history stays."""
    return _mark(commitment_id, by, withdrawn=True, reason=reason)


def restore_commitment(commitment_id: int, *, by: Actor) -> Commitment:
    """Take a withdrawal back."""
    return _mark(commitment_id, by, withdrawn=False)


def _record(year_id: int, unsaved: Commitment, day: date, due_date: date | None, by: Actor) -> Commitment:
    year = held_year(year_id, by)
    values = ("element", "promised_by", "what", "proof")
    sent: Commitment | None = (
        Commitment.objects.for_actor(by).filter(year=year, client_key=unsaved.client_key).first()
    )
    if sent is not None:
        if any(getattr(sent, name) != getattr(unsaved, name) for name in values):
            raise errors.SentBefore
        return sent
    row = Commitment(
        year=year,
        **{
            field: getattr(unsaved, field)
            for field in (*values, "meeting", "client_key", "origin", "source", "recorded_by_name")
        },
    )
    row.save()
    CommitmentStep.objects.create(
        commitment=row,
        status=CommitmentStatus.DIJANJIKAN.value,
        due_date=due_date,
        on=day,
        client_key=unsaved.client_key,
        origin=unsaved.origin,
        source=unsaved.source,
        recorded_by_name=by.name,
    )
    audit.record(by, "programme.commitment_recorded", about=row, element=row.element, due=due_date)
    return row


def _promised_on(meeting: Meeting | None, on: date | None, by: Actor) -> date:
    """The day of the meeting, unless somebody says otherwise."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise errors.DayInFuture
    if on is None and meeting is not None:
        # Promises given before the meeting are given today.
        return min(plan_in_force(meeting, by).on, today)
    return on or today


def _held(commitment_id: int, by: Actor) -> tuple[Commitment, CommitmentStep]:
    """The promise of the office's own village with its newest step; its year is held until the transaction ends."""
    by.require(Right.PROGRAMME_RECORD)
    row: Commitment = get_or_404(Commitment, by, pk=commitment_id, year__office_id=office_of(by))
    held_year(row.year_id, by)
    newest: CommitmentStep = CommitmentStep.objects.for_actor(by).filter(commitment=row).order_by("-pk")[0]
    return row, newest


def _check_may_become(now: CommitmentStep, status: CommitmentStatus, day: date, *, has_word: bool) -> None:
    """Raise unless this status may follow the present one on that day."""
    if now.withdrawn:
        raise errors.PromiseWithdrawn
    before = CommitmentStatus(now.status)
    if day > timezone.localdate():
        raise errors.DayInFuture
    if not rules.may_become(before, status):
        raise errors.WrongStep(before.label, status.label)
    if rules.needs_a_word(before, status) and not has_word:
        raise errors.WordMissing


def _first_day(commitment: Commitment, by: Actor) -> date:
    first = CommitmentStep.objects.for_actor(by).filter(commitment=commitment).order_by("pk")
    day: date = first.values_list("on", flat=True)[0]
    return day


def _sent(commitment: Commitment, key: str, by: Actor) -> CommitmentStep | None:
    found: CommitmentStep | None = (
        CommitmentStep.objects.for_actor(by).filter(commitment=commitment, client_key=key).first()
    )
    return found


def _mark(commitment_id: int, by: Actor, *, withdrawn: bool, reason: str = "") -> Commitment:
    with transaction.atomic():
        commitment, now = _held(commitment_id, by)
        if now.withdrawn is withdrawn:
            return commitment
        # What is taken back stands again as it was before it was withdrawn.
        stood = (
            CommitmentStep.objects.for_actor(by)
            .filter(commitment=commitment, withdrawn=False)
            .order_by("-pk")[0]
        )
        CommitmentStep.objects.create(
            commitment=commitment,
            status=stood.status,
            due_date=stood.due_date,
            on=timezone.localdate(),
            note=" ".join(reason.split())[:500] if withdrawn else stood.note,
            evidence="" if withdrawn else stood.evidence,
            file_id=None if withdrawn else stood.file_id,
            withdrawn=withdrawn,
            client_key=uuid.uuid4().hex,
            recorded_by_name=by.name,
        )
        verb = "programme.commitment_withdrawn" if withdrawn else "programme.commitment_restored"
        audit.record(by, verb, about=commitment)
    return commitment
