"""One village with everything the stages know of it and this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bersinar.access import Actor, Right
from bersinar.documents import sharing
from bersinar.documents.sharing import Message
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import queries as mapping
from bersinar.reporting.queries.answers import Answers, answers_of
from bersinar.reporting.queries.places import Place, place_of
from bersinar.reporting.queries.standing import History, Standing, history_of, standing_of
from bersinar.ui.writing import day


@dataclass(frozen=True, slots=True)
class VillagePage:
    """The parts of the page; a part is None when this person may not see it, or when there is nothing yet."""

    place: Place
    today: date
    standing: Standing | None
    history: History | None
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class OwnVillage:
    """What people of a village see of it: what was promised and what comes next. Never a value or its source."""

    place: Place
    today: date


def village_page(code: str, actor: Actor, *, on: date) -> VillagePage:
    """404 outside the regions of the actor's offices."""
    place = place_of(code, actor)
    values = fieldwork.village_values(place.id, actor) if actor.can(Right.VALUES_SEE) else []
    entries = mapping.history(place.id, actor) if actor.can(Right.MAP_SEE) else []
    closed = frozenset(value.indicator for value in values if value.hidden)
    standing = standing_of(place.id, actor, entries, closed=closed) if actor.can(Right.MAP_SEE) else None
    return VillagePage(
        place=place,
        today=on,
        standing=standing,
        history=history_of(entries) if entries else None,
        answers=answers_of(values, standing.result.present if standing else None) if values else None,
    )


def own_village(code: str, actor: Actor, *, on: date) -> OwnVillage:
    """The village of a person of the village; every other one is not there."""
    return OwnVillage(place=place_of(code, actor), today=on)


def share(found: VillagePage, address: str) -> Message:
    """A short text to send by hand: the village and the day, never a category and never a person."""
    place = found.place
    # A page of this machine alone would open nothing for whoever receives the text.
    outside = urlsplit(address).hostname not in ("127.0.0.1", "localhost", "::1")
    return sharing.message(
        greeting=f"Bersinar, {day(found.today)}",
        lines=[f"{place.kind_word} {place.name}, Kecamatan {place.district}, {place.regency}"],
        address=address if outside else "",
    )
