"""Ask for what needs two people; agree, refuse or take it back. Nothing happens before the second one agrees."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, get_or_404
from bersinar.accounts import clock
from bersinar.accounts.errors import (
    AlreadyAsked,
    AlreadyDecided,
    AskedByOneself,
    JointExpired,
    NotThesePeople,
)
from bersinar.accounts.models import User
from bersinar.accounts.models.together import JointAct
from bersinar.accounts.queries import own_account
from bersinar.accounts.together import kind_of
from bersinar.accounts.vocabulary import JointState


@transaction.atomic
def ask(
    key: str,
    *,
    about: str,
    reason: str,
    by: Actor,
    subject: User | None = None,
    facts: dict[str, Any] | None = None,
) -> JointAct:
    """Write down what is wanted and why; the same thing waits only once."""
    kind, now = kind_of(key), clock.now()
    by.require(kind.asks)
    # The asker's row is the lock: two tabs ask once.
    asker = User.objects.select_for_update(of=("self",)).get(pk=own_account(by).pk)
    if asker.office_id is None:
        raise NotThesePeople
    _expire(now)
    if JointAct.objects.for_actor(by).filter(kind=key, about=about, state=JointState.MENUNGGU).exists():
        raise AlreadyAsked
    act = JointAct.objects.create(
        kind=key,
        office_id=asker.office_id,
        about=about,
        subject=subject,
        facts=facts or {},
        reason=" ".join(reason.split())[:500],
        confirm_right=kind.confirms,
        asked_by=asker,
        asked_at=now,
        expires_at=now + kind.lasts,
    )
    audit.record(by, "accounts.joint_asked", about=act, kind=key, subject=subject.pk if subject else None)
    return act


def confirm(act_id: int, *, by: Actor) -> JointAct:
    """The second person agrees, and it is done in the same moment or not at all."""
    with transaction.atomic():
        act = _held(act_id, by)
        kind = kind_of(act.kind)
        by.require(kind.confirms)
        if by.is_known and by.user_id in (act.asked_by_id, act.subject_id):
            raise AskedByOneself
        kind.check(act, by)
        kind.perform(act, by)
        return _decide(act, JointState.DILAKUKAN, by)


def refuse(act_id: int, *, by: Actor) -> JointAct:
    """The second person does not agree."""
    with transaction.atomic():
        act = _held(act_id, by)
        by.require(kind_of(act.kind).confirms)
        if by.user_id == act.asked_by_id:
            raise AskedByOneself
        return _decide(act, JointState.DITOLAK, by)


def take_back(act_id: int, *, by: Actor) -> JointAct:
    """Whoever asked does not want it any more."""
    with transaction.atomic():
        act = _held(act_id, by)
        if by.user_id != act.asked_by_id:
            raise AlreadyDecided
        return _decide(act, JointState.DITARIK, None)


def _held(act_id: int, by: Actor) -> JointAct:
    """The act, locked and still waiting."""
    get_or_404(JointAct, by, pk=act_id)
    act: JointAct = JointAct.objects.for_actor(by).select_for_update(of=("self",)).get(pk=act_id)
    if act.state != JointState.MENUNGGU:
        raise AlreadyDecided
    if act.expires_at <= clock.now():
        raise JointExpired
    return act


def _decide(act: JointAct, state: JointState, by: Actor | None) -> JointAct:
    act.state, act.decided_at, act.facts = state, clock.now(), {}
    act.decided_by_id = by.user_id if by is not None else None
    act.save(update_fields=["state", "decided_at", "decided_by", "facts"])
    who = by or Actor(name=act.asked_by.name, user_id=act.asked_by_id, office_id=act.office_id)
    audit.record(
        who, "accounts.joint_decided", about=act, kind=act.kind, state=state, asked_by=act.asked_by_id
    )
    return act


def _expire(now: Any) -> None:
    """What nobody agreed to in time; its facts go too."""
    late = JointAct.objects.unscoped("time runs out for everybody's").filter(
        state=JointState.MENUNGGU, expires_at__lte=now
    )
    late.update(state=JointState.KEDALUWARSA, facts={})
