"""What every action of this stage stands on: the run or round of one's own office, held until the end."""

from __future__ import annotations

from bersinar.access import Actor, get_or_404
from bersinar.fieldwork.models import Round
from bersinar.mapping import errors
from bersinar.mapping.models import MappingRun


def own_run(run_id: int, by: Actor) -> MappingRun:
    """The run, held until the transaction ends, when it belongs to one's own office.

    Without the lock an objection could slip in on PostgreSQL between the gate and the release. Its round comes
    first and is held too: the gate asks for the objections to every run of the round.
    """
    own_round(get_or_404(MappingRun, by, pk=run_id).round_id, by)
    run: MappingRun = MappingRun.objects.for_actor(by).select_for_update().get(pk=run_id)
    if run.office_id != by.office_id:
        raise errors.OtherOffice
    return run


def own_round(round_id: int, by: Actor) -> Round:
    """The round, held likewise: of two people calculating at once the second finds the run of the first."""
    get_or_404(Round, by, pk=round_id)
    round_ = Round.objects.for_actor(by).select_for_update().get(pk=round_id)
    if round_.office_id != by.office_id:
        raise errors.OtherOffice
    return round_
