"""Where a person is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bersinar.access import Actor
from bersinar.accounts import clock
from bersinar.accounts.models import Session
from bersinar.accounts.queries.people import own_account
from bersinar.accounts.sealing import digest


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One browser, as the person's list shows it."""

    key: str
    label: str
    factor: str
    since: datetime | None
    seen: datetime | None
    is_this: bool


def own_sessions(actor: Actor, session_key: str) -> list[SessionRow]:
    """Newest first; the one that asks is marked."""
    this = digest(session_key)
    rows = Session.objects.for_actor(actor).filter(user=own_account(actor), expire_date__gt=clock.now())
    return [
        SessionRow(row.pk, row.label, row.factor, row.started_at, row.seen_at, row.pk == this) for row in rows
    ]
