"""What is stored now, as far as one person may see it, for comparing with what somebody enters."""

from __future__ import annotations

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.queries.table import current
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.rules.plan import Ask, Known, Place
from bersinar.fieldwork.vocabulary import State
from bersinar.territory.queries import former_codes

KnownValues = dict[tuple[int, str], Known]


def known_of(entry: Entry) -> Known:
    """An entry as a rule compares it."""
    return Known(State(entry.state), entry.value, entry.reason, entry.note, entry.pk)


def current_entry(round_: Round, village_id: int, indicator: str, actor: Actor) -> Entry | None:
    """The entry that counts in one cell."""
    one = Entry.objects.for_actor(actor).filter(round=round_, village_id=village_id, indicator=indicator)
    return current(one).first()


def known_values(round_: Round, actor: Actor) -> KnownValues:
    """Every cell that has an answer and that the actor may see."""
    found = current(Entry.objects.for_actor(actor).filter(round=round_)).order_by()
    columns = ("village_id", "indicator", "state", "value", "reason", "note", "pk")
    return {
        (village, indicator): Known(State(state), value, reason, note, pk)
        for village, indicator, state, value, reason, note, pk in found.values_list(*columns).iterator(5000)
    }


def enterable(round_: Round, actor: Actor) -> tuple[Indicator, ...]:
    """The indicators this person may fill: those the person may see."""
    return instrument_of(round_).shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))


def ask_of(round_id: int, actor: Actor) -> Ask:
    """What a file for this round may contain."""
    round_ = get_or_404(Round, actor, pk=round_id)
    listed = villages_of_round(round_).values_list("pk", "code", "name")
    villages = {pk: Place(pk, code, name) for pk, code, name in listed}
    # A template that was downloaded before a village got another code is still right.
    former = {code: villages[pk] for code, pk in former_codes(round_.office_id).items()}
    return Ask(
        round_id=round_.pk,
        instrument=instrument_of(round_),
        allowed=enterable(round_, actor),
        places=former | {place.code: place for place in villages.values()},
        known=known_values(round_, actor),
    )
