"""Slows down whoever guesses a password: by the name that is guessed at, never for good, never by address.

A whole regency may share one address, and a guesser changes his; the name is what he wants. Every try counts before
it is looked at, so that tries sent at once gain nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor
from bersinar.accounts.errors import TooManyTries
from bersinar.accounts.models import SignInTries, User

FREE = 5
FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)
FORGET = timedelta(days=1)
_WHY = "before a sign-in there is no actor"


def wait_after(tries: int) -> timedelta:
    """None for typing errors, then twice as long each time."""
    if tries < FREE:
        return timedelta(0)
    return min(FIRST * (1 << min(tries - FREE, 10)), LONGEST)


@transaction.atomic
def count(username: str, *, now: datetime | None = None) -> None:
    """One more try for this name, or TooManyTries while it is closed."""
    now = now or timezone.now()
    rows = SignInTries.objects.unscoped(_WHY)
    rows.filter(last_at__lt=now - FORGET).delete()
    tries, _new = rows.select_for_update().get_or_create(username=_key(username), defaults={"last_at": now})
    if tries.closed_until is not None and tries.closed_until > now:
        raise TooManyTries(tries.closed_until - now)
    tries.count += 1
    tries.last_at = now
    wait = wait_after(tries.count)
    tries.closed_until = now + wait if wait else None
    tries.save()
    if tries.count == FREE:
        _tell(username)


def release(username: str) -> None:
    """The right password, or a new one."""
    SignInTries.objects.unscoped(_WHY).filter(username=_key(username)).delete()


def _tell(username: str) -> None:
    """Into the audit of the office, when the name is somebody's; what was typed otherwise may be a password."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        by = Actor.system("masuk", office_id=user.office_id)
        audit.record(by, "accounts.sign_in_slowed", about=user)


def _key(username: str) -> str:
    return username.strip().casefold()[:60]
