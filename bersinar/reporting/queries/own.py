"""What people of a village see: their own promises and steps. Never a value, a category or who supplied one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.programme import queries as programme
from bersinar.programme.present.year_line import YearLine, ahead, line_of
from bersinar.programme.queries import OwnPromise, Step, YearRow
from bersinar.programme.vocabulary import CommitmentStatus
from bersinar.reporting.queries.places import Place, place_of
from bersinar.ui.queue import Task
from bersinar.ui.writing import day


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise in the words of the page."""

    id: int
    what: str
    who: str
    proof: str
    due: str
    status: str
    mood: str


@dataclass(frozen=True, slots=True)
class OwnVillage:
    """The page of the own village."""

    place: Place
    year: YearRow | None
    steps: tuple[Step, ...]
    promises: tuple[PromiseRow, ...]
    line: YearLine | None

    @property
    def n_open(self) -> int:
        return sum(row.mood != "ok" for row in self.promises)


def own_village(code: str, actor: Actor, *, on: date) -> OwnVillage:
    """The village of a person of the village; every other one is not there."""
    place = place_of(code, actor)
    years = programme.years_of_village(place.id, actor)
    year = years[0] if years else None
    entries = programme.timeline(place.id, year.year, actor) if year else []
    return OwnVillage(
        place=place,
        year=year,
        steps=year.rail if year else (),
        promises=tuple(_row(one, on) for one in programme.own_promises(actor)),
        line=line_of(ahead(entries), year.year, on=on, kinds=("tahap", "rapat", "janji")) if year else None,
    )


def own_queue(actor: Actor, *, on: date) -> list[Task]:
    """The village's own open promises as lines of work, the ones due first in front."""
    url = reverse("reporting:village", args=[actor.village_code])
    return [
        Task(
            title=one.what,
            text=_("%(who)s. Bukti: %(proof)s")
            % {"who": one.promised_by or one.element.label, "proof": one.proof}
            if one.proof
            else one.promised_by or one.element.label,
            url=f"{url}#janji-{one.id}",
            action=_("Lihat"),
            due=one.due_date,
        )
        for one in programme.own_promises(actor)
        if one.status.is_open
    ]


def _row(one: OwnPromise, on: date) -> PromiseRow:
    late = one.status.is_open and one.due_date is not None and one.due_date < on
    mood = "late" if late else "ok" if not one.status.is_open else ""
    if one.status is CommitmentStatus.DIBATALKAN:
        mood = "off"
    return PromiseRow(
        id=one.id,
        what=one.what,
        who=", ".join(part for part in (one.element.label, one.promised_by) if part),
        proof=one.proof,
        due=day(one.due_date) if one.due_date else "",
        status=_("lewat tenggat") if late else one.status.label,
        mood=mood,
    )
