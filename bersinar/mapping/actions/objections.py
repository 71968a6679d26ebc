"""A village's objection before release, and the office's one answer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.mapping import errors, queries
from bersinar.mapping.actions.common import own_run
from bersinar.mapping.models import Objection, ObjectionAnswer, VillageResult
from bersinar.mapping.vocabulary import ObjectionOutcome


def record_objection(
    run_id: int, *, village_id: int, text: str, raised_by: str, raised_on: date, by: Actor
) -> Objection:
    """Write down that a village does not agree with its category. The same words sent twice are one objection."""
    by.require(Right.MAP_RUN)
    if raised_on > timezone.localdate():
        raise errors.ObjectionInFuture
    with transaction.atomic():
        run = own_run(run_id, by)
        if queries.is_released(run_id, by):
            raise errors.AlreadyReleased
        if not VillageResult.objects.for_actor(by).filter(run=run, village_id=village_id).exists():
            raise errors.VillageNotInRun
        said = {
            "run": run,
            "village_id": village_id,
            "text": text.strip(),
            "raised_by": raised_by.strip(),
            "raised_on": raised_on,
        }
        same: Objection | None = Objection.objects.for_actor(by).filter(answer=None, **said).first()
        if same is not None:
            return same
        objection = Objection.objects.create(**said, recorded_by_name=by.name)
        audit.record(by, "mapping.objected", about=objection, run=run.pk)
    return objection


def answer_objection(
    objection_id: int, *, outcome: ObjectionOutcome, text: str, by: Actor
) -> ObjectionAnswer:
    """Give the office's one answer; the run itself stays as it is. The same answer sent twice is one."""
    by.require(Right.MAP_RUN)
    with transaction.atomic():
        objection = get_or_404(Objection, by, pk=objection_id)
        own_run(objection.run_id, by)
        given: ObjectionAnswer | None = (
            ObjectionAnswer.objects.for_actor(by).filter(objection=objection).first()
        )
        if given is not None:
            if (given.outcome, given.text) == (outcome.value, text.strip()):
                return given
            raise errors.AlreadyAnswered
        if queries.is_released(objection.run_id, by):
            raise errors.AlreadyReleased
        answer = ObjectionAnswer.objects.create(
            objection=objection, outcome=outcome.value, text=text.strip(), answered_by_name=by.name
        )
        audit.record(by, "mapping.objection_answered", about=objection, outcome=outcome.value)
    return answer
