"""Second factors set up and taken away, each with its note in the audit."""

from __future__ import annotations

import time

from django.db import transaction

from bersinar import audit
from bersinar.accounts import factors
from bersinar.accounts.errors import AlreadyEnrolled, WrongClock, WrongCode
from bersinar.accounts.models import AuthenticatorApp, RecoveryCode, User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.rules import codes
from bersinar.accounts.rules.recovery import spelled
from bersinar.accounts.sealing import digest, seal


@transaction.atomic
def set_up_app(user: User, secret: str, typed: str) -> list[str]:
    """The application is the person's once it showed its first code; gives the recovery codes, readable only now.

    WrongClock when the code fits another time of day, WrongCode when it fits none.
    """
    # The person's row is the lock: two tabs that set up at once leave one application.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    actor = actor_of(user)
    if AuthenticatorApp.objects.for_actor(actor).filter(user=user).exists():
        raise AlreadyEnrolled
    step = _first_step(secret, "".join(typed.split()))
    AuthenticatorApp.objects.create(user=user, sealed_secret=seal(secret), last_step=step)
    audit.record(actor, "accounts.factor_set_up", about=user, factor=factors.APP)
    return renew_recovery_codes(user)


def _first_step(secret: str, code: str) -> int:
    now = codes.step_at(time.time())
    if not (code.isascii() and code.isdigit()):
        raise WrongCode
    step = codes.matching_step(secret, code, now=now, after=0)
    if step is None:
        ahead = codes.clock_offset(secret, code, now=now)
        raise WrongCode if ahead is None else WrongClock(ahead)
    return step


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Ten new ones; those on older papers open nothing any more."""
    actor = actor_of(user)
    RecoveryCode.objects.for_actor(actor).filter(user=user).delete()
    made = factors.make_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest(f"{user.pk}:{spelled(code)}")) for code in made
    )
    audit.record(actor, "accounts.recovery_codes_made", about=user, count=len(made))
    return made
