"""Papers that let somebody of a village in by a phone."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.accounts import clock, phones
from bersinar.accounts.errors import NotOfAVillage, PhonesNotServed
from bersinar.accounts.models import Invitation
from bersinar.accounts.queries import account_in_office, own_account
from bersinar.accounts.rules.papers import HOURS, drawn, plain
from bersinar.accounts.sealing import digest


@transaction.atomic
def make_paper(user_id: int, *, by: Actor) -> str:
    """A new code, readable only now; an older paper that nobody used opens nothing any more."""
    by.require(Right.ACCOUNTS_MANAGE)
    user = account_in_office(user_id, by)
    if user.village_id is None:
        raise NotOfAVillage
    if not phones.served():
        raise PhonesNotServed
    code, now = drawn(secrets.choice), clock.now()
    Invitation.objects.for_actor(by).filter(user=user, used_at=None).delete()
    Invitation.objects.create(
        user=user,
        code_digest=digest(plain(code)),
        made_by=own_account(by),
        made_at=now,
        expires_at=now + timedelta(hours=HOURS),
    )
    audit.record(by, "accounts.paper_made", about=user)
    return code
