"""Phones of villages: found by the browser's mark and by the code on a paper, before there is a person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

from bersinar import audit
from bersinar.accounts import brake, clock, devices
from bersinar.accounts.models import Device, Invitation, User
from bersinar.accounts.queries import actor_of
from bersinar.accounts.rules.papers import plain
from bersinar.accounts.sealing import digest
from bersinar.accounts.vocabulary import TryKind

_WHY = "a phone is recognised before there is a person"


def served() -> bool:
    """Whether phones reach this installation at all: not on one PC, whose door is only open to itself."""
    return bool(settings.BERSINAR_STANDING.is_beyond_this_machine)


def people_here(request: HttpRequest) -> list[Device]:
    """Who has a PIN on this phone."""
    mark = devices.mark_of(request)
    if not mark:
        return []
    rows = (
        Device.objects.unscoped(_WHY).select_related("user").filter(token_digest=mark, user__is_active=True)
    )
    return list(rows.exclude(pin="").order_by("user__name"))


def by_pin(request: HttpRequest, device_id: int, pin: str) -> User | None:
    """The person whose PIN on this phone this is; TooManyTries while no more are heard."""
    found = next((one for one in people_here(request) if one.pk == device_id), None)
    if found is None:
        # As much work as for a wrong PIN.
        make_password(pin)
        return None
    brake.count(found.user.username, kind=TryKind.PIN, device=found.token_digest)
    if not check_password(pin, found.pin):
        return None
    brake.release(found.user.username, kind=TryKind.PIN, device=found.token_digest)
    return found.user


def invitation(code: str) -> Invitation | None:
    """The paper with this code, while it may still be used."""
    rows = Invitation.objects.unscoped(_WHY).select_related("user__village")
    return rows.filter(
        code_digest=digest(plain(code)), used_at=None, expires_at__gt=clock.now(), user__is_active=True
    ).first()


@transaction.atomic
def use_invitation(code: str) -> User | None:
    """The person of the paper, once: of two phones that use it at the same moment one is too late."""
    found = invitation(code)
    if found is None:
        return None
    unused = Invitation.objects.unscoped(_WHY).filter(pk=found.pk, used_at=None)
    if not unused.update(used_at=clock.now()):
        return None
    brake.release(found.user.username, kind=TryKind.PIN)
    audit.record(actor_of(found.user), "accounts.phone_added", about=found.user)
    return found.user
