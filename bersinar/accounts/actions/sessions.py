"""Sign a browser out from afar."""

from __future__ import annotations

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.accounts import sessions
from bersinar.accounts.models import Device, Session, User
from bersinar.accounts.queries import account_in_office, own_account


@transaction.atomic
def end_session(key_digest: str, *, by: Actor) -> None:
    """One of one's own sessions, such as the one left open on somebody else's PC."""
    found: Session = get_or_404(Session, by, pk=key_digest, user_id=by.user_id)
    found.delete()
    audit.record(by, "accounts.session_ended", about=own_account(by), count=1)


@transaction.atomic
def end_other_sessions(session_key: str, *, by: Actor) -> int:
    """All of one's own but this one; how many that were."""
    user = own_account(by)
    ended = sessions.end_of(user.pk, but=session_key)
    audit.record(by, "accounts.session_ended", about=user, count=ended)
    return ended


@transaction.atomic
def sign_out_person(user_id: int, *, by: Actor) -> User:
    """Somebody, everywhere: the phone is stolen, or the PC was left open. PINs on phones end too."""
    by.require(Right.ACCOUNTS_MANAGE)
    user = account_in_office(user_id, by)
    Device.objects.for_actor(by).filter(user=user).delete()
    ended = sessions.end_of(user.pk)
    audit.record(by, "accounts.session_ended", about=user, count=ended)
    return user
