"""Slows down whoever guesses: by the name that is guessed at and the browser he does it in, never for good.

Never by address: a whole regency may share one, and a guesser changes his; the name is what he wants. A browser in
which the person signed in before has a count of its own, so that a guesser elsewhere keeps nobody out of the own PC.
Every try counts before it is looked at, so that tries sent at once gain nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor
from bersinar.accounts.errors import TooManyTries
from bersinar.accounts.models import SignInTries, User
from bersinar.accounts.vocabulary import TryKind

FREE = 5
# Six digits are guessed sooner than a password, so they wait longer from the first time on: 5 tries in 5 minutes.
FIRST = {
    TryKind.PASSWORD: timedelta(seconds=30),
    TryKind.SECOND: timedelta(minutes=5),
    TryKind.PIN: timedelta(minutes=1),
}
LONGEST = timedelta(minutes=15)
FORGET = timedelta(days=1)
_WHY = "before a sign-in there is no actor"


def wait_after(tries: int, kind: TryKind = TryKind.PASSWORD) -> timedelta:
    """None for typing errors, then twice as long each time."""
    if tries < FREE:
        return timedelta(0)
    return min(FIRST[kind] * (1 << min(tries - FREE, 10)), LONGEST)


@transaction.atomic
def count(
    username: str, *, kind: TryKind = TryKind.PASSWORD, device: str = "", now: datetime | None = None
) -> None:
    """One more try for this name, or TooManyTries while it is closed."""
    now = now or timezone.now()
    rows = SignInTries.objects.unscoped(_WHY)
    rows.filter(last_at__lt=now - FORGET).delete()
    tries, _new = rows.select_for_update().get_or_create(
        kind=kind, username=_key(username), device=device, defaults={"last_at": now}
    )
    if tries.closed_until is not None and tries.closed_until > now:
        raise TooManyTries(tries.closed_until - now, kind)
    tries.count += 1
    tries.last_at = now
    wait = wait_after(tries.count, kind)
    tries.closed_until = now + wait if wait else None
    tries.save()
    if tries.count == FREE:
        _tell(username, kind)


def release(username: str, *, kind: TryKind | None = None, device: str | None = None) -> None:
    """The right answer from one browser; without kind and browser everything, as a new password does."""
    rows = SignInTries.objects.unscoped(_WHY).filter(username=_key(username))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if device is not None:
        rows = rows.filter(device=device)
    rows.delete()


def _tell(username: str, kind: TryKind) -> None:
    """Into the audit of the office, when the name is somebody's; what was typed otherwise may be a password."""
    user = User.objects.filter(username=username).first()
    office_id = user.office_id if user is not None else None
    # Written for a name nobody has as well, without it: otherwise the fifth try would take longer for known names.
    by = Actor.system("masuk", office_id=office_id)
    audit.record(by, "accounts.sign_in_slowed", about=user, what=kind)


def _key(username: str) -> str:
    return username.strip().casefold()[:60]
