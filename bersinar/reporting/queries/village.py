"""One village with everything the stages know of it and this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.documents import sharing
from bersinar.documents.sharing import Message
from bersinar.documents.vocabulary import DocumentKind
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import queries as mapping
from bersinar.programme import queries as programme
from bersinar.programme.present.year_line import YearLine, ahead, line_of
from bersinar.programme.queries import CommitmentRow, YearRow
from bersinar.programme.vocabulary import CommitmentStatus
from bersinar.reporting.queries.answers import Answers, answers_of
from bersinar.reporting.queries.places import Place, place_of
from bersinar.reporting.queries.standing import History, Standing, history_of, standing_of
from bersinar.targeting import queries as targeting
from bersinar.targeting.queries import VillageChoice
from bersinar.ui.writing import day


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with what the page says about its day."""

    row: CommitmentRow
    status: str
    mood: str


@dataclass(frozen=True, slots=True)
class InProgramme:
    """The village's programme year: steps, line, promises, and who has promised nothing."""

    row: YearRow
    earlier: tuple[YearRow, ...]
    line: YearLine | None
    promises: tuple[Promise, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter that names the village, with where it stands."""

    id: int
    title: str
    kind: str
    state: str
    number: str


@dataclass(frozen=True, slots=True)
class VillagePage:
    """The parts of the page; a part is None when this person may not see it, or when there is nothing yet."""

    place: Place
    today: date
    standing: Standing | None
    history: History | None
    answers: Answers | None
    programme: InProgramme | None
    papers: tuple[Paper, ...]
    choices: tuple[VillageChoice, ...]


def village_page(code: str, actor: Actor, *, on: date) -> VillagePage:
    """404 outside the regions of the actor's offices."""
    place = place_of(code, actor)
    standing, history = None, None
    if actor.can(Right.MAP_SEE):
        entries = mapping.history(place.id, actor)
        standing = standing_of(place.id, actor, entries)
        history = history_of(entries) if entries else None
    formed = _programme(place, actor, on=on) if actor.can(Right.PROGRAMME_SEE) else None
    return VillagePage(
        place=place,
        today=on,
        standing=standing,
        history=history,
        answers=_answers(place, standing, actor) if actor.can(Right.VALUES_SEE) else None,
        programme=formed,
        papers=_papers(formed, actor) if formed and actor.can(Right.DOCUMENTS_SEE) else (),
        choices=tuple(targeting.choices_of_village(place.id, actor)),
    )


def _answers(place: Place, standing: Standing | None, actor: Actor) -> Answers | None:
    """The answers the category was made from; without a category those of the newest round."""
    round_id = standing.run.round_id if standing else None
    values = fieldwork.village_values(place.id, actor, round_id=round_id)
    newest = fieldwork.latest_round_of(place.id, actor)
    if not values or newest is None:
        return None
    asked = fieldwork.round_of(round_id or newest.pk, actor)
    return answers_of(
        values,
        standing.result.present if standing else None,
        round_title=str(asked),
        newer=(newest.pk, str(newest)) if newest.pk != asked.pk else None,
    )


def _papers(formed: InProgramme, actor: Actor) -> tuple[Paper, ...]:
    """Decrees of the decision and letters of the meetings of this programme year."""
    found = targeting.decrees(formed.row.decision_id, actor) if formed.row.decision_id else []
    for meeting in programme.meetings_of_year(formed.row.id, actor):
        found = [*found, *programme.meeting_letters(meeting.id, actor)]
    return tuple(
        Paper(
            id=one.letter.pk,
            title=one.letter.title,
            kind=DocumentKind(one.letter.kind).label,
            state=one.state.label,
            number=one.issue.number if one.issue else "",
        )
        for one in found
    )


def _promise(row: CommitmentRow, on: date) -> Promise:
    if row.is_overdue(on):
        return Promise(row, _("lewat tenggat"), "late")
    kept = row.status is CommitmentStatus.SELESAI
    return Promise(row, row.status.label, "ok" if kept else "")


def _programme(place: Place, actor: Actor, *, on: date) -> InProgramme | None:
    """The newest programme year of the village; None when it never was in the programme."""
    years = programme.years_of_village(place.id, actor)
    if not years:
        return None
    now = years[0]
    promises = programme.commitments(actor, year_id=now.id)
    return InProgramme(
        row=now,
        earlier=tuple(years[1:]),
        line=line_of(ahead(programme.timeline(place.id, now.year, actor)), now.year, on=on),
        promises=tuple(_promise(one, on) for one in promises),
        silent=tuple(element.label for element in programme.uncommitted(now.id, actor)),
    )


def share(found: VillagePage, address: str) -> Message:
    """A short text to send by hand: the village and the day, never a category and never a person.

    `address` is empty where other devices cannot reach this installation.
    """
    place = found.place
    return sharing.message(
        greeting=f"Bersinar, {day(found.today)}",
        lines=[f"{place.kind_word} {place.name}, Kecamatan {place.district}, {place.regency}"],
        address=address,
    )
