"""Save the minutes as they are typed. Every save is a row; two people writing at once see both texts."""

from __future__ import annotations

import uuid

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor
from bersinar.programme import errors
from bersinar.programme.actions.meetings import own_meeting, plan_in_force
from bersinar.programme.models import Minutes


def write_minutes(
    meeting_id: int, text: str, based_on: int, by: Actor, client_key: str | None = None
) -> Minutes:
    """Append the next version. `based_on` is the revision the writer saw, 0 when there was none.

    A page saves many times; what it saved itself (same key) is no conflict, also when the answer got lost.
    """
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    key = client_key or uuid.uuid4().hex
    with transaction.atomic():
        meeting = own_meeting(meeting_id, by)
        if plan_in_force(meeting, by).cancelled:
            raise errors.MeetingCancelled
        versions = Minutes.objects.for_actor(by).filter(meeting=meeting)
        newest: Minutes | None = versions.order_by("-revision").first()
        if newest is not None and newest.text == text:
            return newest
        if newest is not None and versions.filter(revision__gt=based_on).exclude(client_key=key).exists():
            raise errors.MinutesChanged(
                revision=newest.revision,
                text=newest.text,
                by_name=newest.recorded_by_name,
                at=newest.recorded_at,
            )
        written: Minutes = Minutes.objects.create(
            meeting=meeting,
            revision=newest.revision + 1 if newest else 1,
            text=text,
            client_key=key[:64],
            recorded_by_name=by.name,
        )
        audit.record(by, "programme.minutes_written", about=meeting, revision=written.revision)
    return written
