"""Second factors set up and taken away, each with its note in the audit."""

from __future__ import annotations

import time

from django.db import transaction

from bersinar import audit
from bersinar.access import get_or_404
from bersinar.accounts import factors
from bersinar.accounts.errors import AlreadyEnrolled, LastFactor, PasskeyRefused, WrongClock, WrongCode
from bersinar.accounts.models import AuthenticatorApp, Passkey, RecoveryCode, User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.rules import codes
from bersinar.accounts.rules.recovery import spelled
from bersinar.accounts.sealing import digest, seal


@transaction.atomic
def set_up_app(user: User, secret: str, typed: str, *, replacing: bool = False) -> list[str]:
    """The application is the person's once it showed its first code; gives the recovery codes, readable only now.

    `replacing` is for somebody signed in who has a new phone: the application of the old one opens nothing any more.
    WrongClock when the code fits another time of day, WrongCode when it fits none.
    """
    # The person's row is the lock: two tabs that set up at once leave one application.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    actor = actor_of(user)
    mine = AuthenticatorApp.objects.for_actor(actor).filter(user=user)
    if not replacing and factors.held_by(user).any:
        raise AlreadyEnrolled
    step = _first_step(secret, "".join(typed.split()))
    mine.delete()
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


@transaction.atomic
def add_passkey(key: Passkey) -> list[str]:
    """A key made a moment ago; gives recovery codes when the person had no second factor before, else none."""
    user: User = User.objects.select_for_update(of=("self",)).get(pk=key.user_id)
    had_any = factors.held_by(user).any
    if Passkey.objects.for_actor(actor_of(user)).filter(credential_id=key.credential_id).exists():
        raise PasskeyRefused
    key.save()
    audit.record(actor_of(user), "accounts.factor_set_up", about=user, factor=factors.PASSKEY)
    return [] if had_any else renew_recovery_codes(user)


@transaction.atomic
def remove_passkey(user: User, passkey_id: int) -> Passkey:
    """LastFactor while nothing else is there."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    key: Passkey = get_or_404(Passkey, actor_of(user), pk=passkey_id, user=user)
    held = factors.held_by(user)
    if not held.app and held.passkeys == 1:
        raise LastFactor
    key.delete()
    audit.record(actor_of(user), "accounts.factor_removed", about=user, factor=factors.PASSKEY)
    return key
