"""What waits for a second person, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.accounts import clock
from bersinar.accounts.models.together import JointAct
from bersinar.accounts.together import kind_of
from bersinar.accounts.vocabulary import JointState
from bersinar.ui.queue import Task

SHOWN = 50


@dataclass(frozen=True, slots=True)
class JointRow:
    """One act as the page shows it, and what this reader may do with it."""

    act: JointAct
    title: str
    sentence: str
    state: JointState
    may_confirm: bool
    may_take_back: bool


def joint_acts(actor: Actor) -> list[JointRow]:
    """The last ones of the actor's offices, waiting ones first."""
    rows = JointAct.objects.for_actor(actor).select_related("asked_by", "decided_by", "subject", "office")[
        :SHOWN
    ]
    return sorted((_row(act, actor) for act in rows), key=lambda row: row.state is not JointState.MENUNGGU)


def _row(act: JointAct, actor: Actor) -> JointRow:
    kind, state = kind_of(act.kind), JointState(act.state)
    if state is JointState.MENUNGGU and act.expires_at <= clock.now():
        state = JointState.KEDALUWARSA
    waits = state is JointState.MENUNGGU
    is_other = actor.user_id not in (act.asked_by_id, act.subject_id)
    return JointRow(
        act=act,
        title=str(kind.title),
        sentence=kind.sentence(act),
        state=state,
        may_confirm=waits and is_other and actor.can(kind.confirms),
        may_take_back=waits and actor.user_id == act.asked_by_id,
    )


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """A line for each thing this person is asked to agree to."""
    return [
        Task(
            title=_("Putuskan: %(title)s") % {"title": row.title},
            text=_("%(name)s memintanya: %(reason)s")
            % {"name": row.act.asked_by.name, "reason": row.act.reason},
            url=reverse("accounts:together"),
            action=_("Lihat"),
            due=timezone.localdate(row.act.expires_at),
            weight=3,
        )
        for row in joint_acts(actor)
        if row.may_confirm
    ]
