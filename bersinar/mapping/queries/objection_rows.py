"""What villages said against their category, and what the office answered."""

from __future__ import annotations

from django.db.models import QuerySet

from bersinar.access import Actor, get_or_404
from bersinar.mapping.models import Objection, VillageResult
from bersinar.mapping.vocabulary import ObjectionOutcome


def accepted_objections(run_id: int, actor: Actor) -> int:
    """How many the office agreed with; the run then cannot be released."""
    accepted = ObjectionOutcome.DITERIMA.value
    return int(Objection.objects.for_actor(actor).filter(run_id=run_id, answer__outcome=accepted).count())


def objections(run_id: int, actor: Actor) -> QuerySet[Objection]:
    """Objections of one run with their answers."""
    found: QuerySet[Objection] = (
        Objection.objects.for_actor(actor)
        .filter(run_id=run_id)
        .select_related("village", "village__district", "answer")
    )
    return found


def objections_of_village(run_id: int, village_id: int, actor: Actor) -> QuerySet[Objection]:
    """What one village said about one run."""
    return objections(run_id, actor).filter(village_id=village_id)


def objection(pk: int, actor: Actor) -> Objection:
    """One objection; 404 out of scope."""
    get_or_404(Objection, actor, pk=pk)
    found: Objection = (
        Objection.objects.for_actor(actor).select_related("village__district", "run").get(pk=pk)
    )
    return found


def village_in_run(run_id: int, code_or_name: str, actor: Actor) -> int | None:
    """The village of a run by its code, or by its name where only one has it."""
    wanted = " ".join(code_or_name.split())
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    by_code: int | None = rows.filter(village__code=wanted).values_list("village_id", flat=True).first()
    if by_code is not None:
        return by_code
    named = list(rows.filter(village__name__iexact=wanted).values_list("village_id", flat=True)[:2])
    return named[0] if len(named) == 1 else None
