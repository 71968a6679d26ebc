"""Rounds and the villages they ask about."""

from __future__ import annotations

from django.db.models import QuerySet

from bersinar.access import Actor, get_or_404
from bersinar.fieldwork.models import Round
from bersinar.fieldwork.rules.instrument import Instrument, instrument
from bersinar.territory import queries as territory
from bersinar.territory.models import Village


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the actor's offices, newest first."""
    return Round.objects.for_actor(actor).select_related("office").order_by("-year", "-pk")


def round_choices(actor: Actor) -> list[tuple[int, str]]:
    """Rounds for a choice in a form. The office is named where there is more than one."""
    several = len(actor.office_ids) > 1
    return [
        (one.pk, f"{one.title} {one.year}" + (f", {one.office.name}" if several else ""))
        for one in rounds(actor)
    ]


def instrument_of(round_: Round) -> Instrument:
    """The instrument as it was when the round was opened."""
    return instrument(round_.instrument_id, round_.instrument_version)


def villages_of_round(round_: Round) -> QuerySet[Village]:
    """The villages a round asks about: those its office serves."""
    return territory.villages_of_office(round_.office_id)


def round_of(pk: int, actor: Actor) -> Round:
    """One round; 404 out of scope."""
    return get_or_404(Round, actor, pk=pk)
