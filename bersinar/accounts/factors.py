"""The second step of signing in: who needs it, what a person has for it, and whether an answer is right."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

import pyotp
from django.conf import settings
from django.db import transaction

from bersinar.accounts import brake
from bersinar.accounts.models import AuthenticatorApp, Passkey, RecoveryCode, User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.rules import codes
from bersinar.accounts.rules.recovery import spelled
from bersinar.accounts.sealing import digest, unseal
from bersinar.accounts.vocabulary import TryKind

APP, PASSKEY, RECOVERY, PASSWORD, PIN = "aplikasi", "kunci", "pemulihan", "sandi", "pin"
SECOND_FACTORS = frozenset({APP, PASSKEY, RECOVERY})


@dataclass(frozen=True, slots=True)
class Held:
    """What one person has beside the password."""

    app: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        # Codes on paper alone are not a factor: they are for the day the other one is lost.
        return self.app or self.passkeys > 0


def needed(user: User) -> bool:
    """Everybody of an office; not people of villages, and not the invented people of a demo folder."""
    return user.office_id is not None and not settings.BERSINAR_DEMO


def held_by(user: User) -> Held:
    actor = actor_of(user)
    return Held(
        app=AuthenticatorApp.objects.for_actor(actor).filter(user=user).exists(),
        passkeys=Passkey.objects.for_actor(actor).filter(user=user).count(),
        recovery_codes=RecoveryCode.objects.for_actor(actor).filter(user=user, used_at=None).count(),
    )


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, username: str) -> str:
    """What the QR holds; the application shows both names above the digits."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Bersinar")


@transaction.atomic
def takes_code(user: User, typed: str, *, device: str = "") -> str | None:
    """Which factor this answer was, or None; TooManyTries while no more are heard. A right answer is used up."""
    brake.count(user.username, kind=TryKind.SECOND, device=device)
    how = APP if _takes_digits(user, typed) else RECOVERY if _takes_recovery(user, typed) else None
    if how:
        brake.release(user.username, kind=TryKind.SECOND, device=device)
    return how


def _takes_digits(user: User, typed: str) -> bool:
    code = "".join(typed.split())
    rows = AuthenticatorApp.objects.for_actor(actor_of(user)).select_for_update(of=("self",))
    app = rows.filter(user=user).first()
    if app is None or not (code.isascii() and code.isdigit()):
        return False
    # The phone shows the time of day, so this is the clock itself and not the counter of accounts.clock.
    now = codes.step_at(time.time())
    step = codes.matching_step(unseal(app.sealed_secret), code, now=now, after=app.last_step)
    if step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


def _takes_recovery(user: User, typed: str) -> bool:
    from django.utils import timezone

    rows = RecoveryCode.objects.for_actor(actor_of(user))
    unused = rows.filter(user=user, digest=digest(f"{user.pk}:{spelled(typed)}"), used_at=None)
    return unused.update(used_at=timezone.now()) == 1


def make_recovery_codes() -> list[str]:
    """Ten new ones, 80 bits each, as they are printed."""
    from bersinar.accounts.rules.recovery import COUNT, drawn

    return [drawn(secrets.choice) for _code in range(COUNT)]
