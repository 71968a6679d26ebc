"""What villages said against their category, and what the office answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from bersinar.access import Actor, get_or_404
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping.models import MappingRun, Objection, ObjectionAnswer, VillageResult
from bersinar.mapping.queries.run_rows import entries_used
from bersinar.mapping.vocabulary import ObjectionOutcome


@dataclass(frozen=True, slots=True)
class Standing:
    """Objections that keep a run from release, to whichever run of its round they were made."""

    unanswered: tuple[Objection, ...]
    accepted: tuple[Objection, ...]


def standing_objections(run: MappingRun, actor: Actor) -> Standing:
    """What villages of the round still wait for: an answer, or the correction the office agreed to.

    A correction is there when the run was made from other entries of that village than the run it objected to.
    """
    made = list(
        Objection.objects.for_actor(actor)
        .filter(run__round=run.round_id, run__release=None)
        .select_related("run", "answer")
    )
    agreed = [one for one in made if _outcome(one) == ObjectionOutcome.DITERIMA]
    about = {one.village_id for one in agreed}
    entries = fieldwork.entry_ids_of_villages(run.round_id, about, actor) if about else {}
    used = frozenset(entries_used(run).tolist()) if about else frozenset()
    accepted = [
        one
        for one in agreed
        if (mine := entries[one.village_id]) & used == mine & frozenset(entries_used(one.run).tolist())
    ]
    return Standing(tuple(one for one in made if _outcome(one) is None), tuple(accepted))


def _outcome(one: Objection) -> ObjectionOutcome | None:
    answer: ObjectionAnswer | None = getattr(one, "answer", None)
    return None if answer is None else ObjectionOutcome(answer.outcome)


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


def namesakes_in_run(run_id: int, name: str, actor: Actor) -> list[tuple[str, str, str]]:
    """(code, name, kecamatan) of the villages of a run that have this name, whatever its letters."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    found = rows.filter(village__name__iexact=" ".join(name.split())).order_by("village__code")
    return list(found.values_list("village__code", "village__name", "village__district__name"))


def village_in_run(run_id: int, code_or_name: str, actor: Actor) -> int | None:
    """The village of a run by its code, or by its name where only one has it."""
    wanted = " ".join(code_or_name.split())
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    by_code: int | None = rows.filter(village__code=wanted).values_list("village_id", flat=True).first()
    if by_code is not None:
        return by_code
    named = list(rows.filter(village__name__iexact=wanted).values_list("village_id", flat=True)[:2])
    return named[0] if len(named) == 1 else None
