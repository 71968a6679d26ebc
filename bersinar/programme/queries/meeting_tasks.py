"""What presses about meetings."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.documents.queries import LetterRow, newest_about_each
from bersinar.documents.vocabulary import DocumentKind, LetterState
from bersinar.programme.models import Meeting
from bersinar.programme.queries.meeting_rows import MeetingRow, meetings
from bersinar.programme.vocabulary import (
    MeetingState,
    Origin,
)
from bersinar.ui.queue import Task
from bersinar.ui.writing import MONTHS

# So long before a meeting the invitation should leave the office.
INVITE_BEFORE = timedelta(days=7)
TO_COME = (MeetingState.DIRENCANAKAN, MeetingState.HARI_INI)


def work_lines(actor: Actor, *, on: date) -> list[Task]:
    """What presses about meetings: invitations not yet out, minutes not yet written, meetings not yet closed."""
    if actor.office_id is None or not actor.can(Right.PROGRAMME_RECORD):
        return []
    own = [
        row
        for row in meetings(actor, on=on)
        if row.office_id == actor.office_id and row.origin is not Origin.PERS
    ]
    return [
        *_invitation_tasks([row for row in own if row.state in TO_COME and row.n_seats], actor),
        *(_after_task(row) for row in own if row.state is MeetingState.BELUM_DITUTUP),
    ]


def _invitation_tasks(to_come: list[MeetingRow], actor: Actor) -> list[Task]:
    if not to_come or not actor.can(Right.DOCUMENTS_SEE):
        return []
    kind = DocumentKind.UNDANGAN.value
    drawn = newest_about_each(Meeting, [row.id for row in to_come], kind, actor)
    tasks = (_invitation_task(row, drawn.get(row.id)) for row in to_come)
    return [task for task in tasks if task is not None]


def _invitation_task(row: MeetingRow, newest: LetterRow | None) -> Task | None:
    # A letter that names another day than the plan invites people to the wrong place.
    fits = newest is not None and newest.letter.facts.get("date") == row.on.isoformat()
    if newest is not None and fits and newest.state is LetterState.TERBIT:
        return None
    title = _("Siapkan undangan rakor %(day)s")
    if newest is not None:
        title = _("Terbitkan undangan rakor %(day)s") if fits else _("Perbarui undangan rakor %(day)s")
    return Task(
        title=title % {"day": short_day(row.on)},
        text=_("%(n)d kursi diundang, %(place)s.") % {"n": row.n_seats, "place": row.place},
        url=reverse("programme:invitation", args=[row.id]),
        action=_("Buka undangan"),
        due=row.on - INVITE_BEFORE,
        weight=2,
    )


def _after_task(row: MeetingRow) -> Task:
    day = short_day(row.on)
    if not row.n_people:
        title, name, action = _("Catat kehadiran rakor %(day)s"), "attendance", _("Catat")
    elif not row.has_minutes:
        title, name, action = _("Isi notulen rakor %(day)s"), "minutes", _("Isi notulen")
    else:
        title, name, action = _("Sahkan notulen rakor %(day)s"), "close_meeting", _("Sahkan")
    return Task(
        title=title % {"day": day},
        text=_("%(people)d orang hadir, %(promises)d janji tercatat.")
        % {"people": row.n_people, "promises": row.n_commitments},
        url=reverse(f"programme:{name}", args=[row.id]),
        action=action,
        due=row.on,
        weight=2,
    )


def short_day(on: date) -> str:
    """13 Februari."""
    return f"{on.day} {MONTHS[on.month - 1]}"
