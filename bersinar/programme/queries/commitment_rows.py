"""Reads over promises: lists, counts, and who has promised nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404

from bersinar.access import Actor, Right, get_or_404
from bersinar.programme.models import Commitment, CommitmentStep, ProgrammeYear
from bersinar.programme.rules import commitments as rules
from bersinar.programme.rules.commitments import Tally
from bersinar.programme.rules.template import parse_template
from bersinar.programme.vocabulary import CommitmentStatus, Element, Origin

_OPEN = tuple(one.value for one in CommitmentStatus if one.is_open)
# A promise that was kept asks for nothing any more, however long ago it was due.
_URGENT_FIRST = (
    Case(When(now_status__in=_OPEN, then=0), default=1),
    F("now_due").asc(nulls_last=True),
    "pk",
)


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One promise as lists show it."""

    id: int
    year_id: int
    year: int
    office_id: int
    village_id: int
    village_code: str
    village: str
    meeting_id: int | None
    element: Element
    promised_by: str
    what: str
    proof: str
    status: CommitmentStatus
    due_date: date | None
    origin: Origin
    source: str
    recorded_at: datetime
    recorded_by: str
    withdrawn: bool = False

    def is_overdue(self, on: date) -> bool:
        return rules.is_overdue(self.status, self.due_date, on)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One entry of a promise's history."""

    id: int
    status: CommitmentStatus
    due_date: date | None
    on: date
    note: str
    evidence: str
    file_id: int | None
    file_name: str
    withdrawn: bool
    origin: Origin
    source: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """What a village reads of its own promises: no notes of the office, no values, no categories."""

    id: int
    year: int
    element: Element
    promised_by: str
    what: str
    proof: str
    status: CommitmentStatus
    due_date: date | None
    promised_on: date


def commitments(
    actor: Actor,
    *,
    year: int | None = None,
    year_id: int | None = None,
    meeting_id: int | None = None,
    overdue_on: date | None = None,
    status: CommitmentStatus | None = None,
    element: Element | None = None,
    village_code: str = "",
) -> list[CommitmentRow]:
    """Promises that count: open ones in front, the ones due first before the others, those without a day last."""
    found = _live(actor)
    wanted: dict[str, Any] = {
        "year__year": year,
        "year_id": year_id,
        "meeting_id": meeting_id,
        "now_status": status,
        "element": element,
        "year__village__code": village_code or None,
    }
    found = found.filter(**{key: value for key, value in wanted.items() if value is not None})
    if overdue_on is not None:
        found = found.filter(now_status__in=_OPEN, now_due__lt=overdue_on)
    return [_row(one) for one in found.order_by(*_URGENT_FIRST)]


def commitment(pk: int, actor: Actor) -> CommitmentRow:
    """One promise, also one that was withdrawn; 404 outside the actor's scope."""
    found = _with_state(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _row(found)


def commitment_history(pk: int, actor: Actor) -> list[StepRow]:
    """Everything that happened to a promise, the newest first."""
    steps = CommitmentStep.objects.for_actor(actor).filter(commitment_id=pk).select_related("file")
    return [
        StepRow(
            id=step.pk,
            status=CommitmentStatus(step.status),
            due_date=step.due_date,
            on=step.on,
            note=step.note,
            evidence=step.evidence,
            file_id=step.file_id,
            file_name=step.file.name if step.file else "",
            withdrawn=step.withdrawn,
            origin=Origin(step.origin),
            source=step.source,
            recorded_at=step.recorded_at,
            recorded_by=step.recorded_by_name,
        )
        for step in steps.order_by("-pk")
    ]


def tallies(year_ids: Collection[int], actor: Actor, *, on: date) -> dict[int, Tally]:
    """The counts of several programme years at once; years without a promise are counted as none."""
    by_year: dict[int, list[CommitmentRow]] = {pk: [] for pk in year_ids}
    for one in _live(actor).filter(year_id__in=year_ids):
        by_year[one.year_id].append(_row(one))
    return {pk: rules.tally(rows, on) for pk, rows in by_year.items()}


def scoreboard(actor: Actor, *, on: date, year: int | None = None) -> Tally:
    """All promises of a year, counted."""
    return rules.tally(commitments(actor, year=year), on)


def uncommitted(year_id: int, actor: Actor) -> tuple[Element, ...]:
    """The elements that have promised nothing for this village's year."""
    get_or_404(ProgrammeYear, actor, pk=year_id)
    return uncommitted_by_year([year_id], actor)[year_id]


def uncommitted_by_year(year_ids: Collection[int], actor: Actor) -> dict[int, tuple[Element, ...]]:
    """The same for several years, in two queries however many they are."""
    years = ProgrammeYear.objects.for_actor(actor).filter(pk__in=year_ids)
    return uncommitted_of(years.select_related("village"), actor)


def uncommitted_of(years: Iterable[ProgrammeYear], actor: Actor) -> dict[int, tuple[Element, ...]]:
    """The same for rows that were read already, with their villages."""
    listed = list(years)
    committed: dict[int, set[Element]] = defaultdict(set)
    for year_id, element in (
        _live(actor).filter(year_id__in=[one.pk for one in listed]).values_list("year_id", "element")
    ):
        committed[year_id].add(Element(element))
    return {
        one.pk: rules.uncommitted(
            parse_template(one.template_text).elements, one.village.kind, committed[one.pk]
        )
        for one in listed
    }


def own_promises(actor: Actor) -> list[OwnPromise]:
    """What the village of this person promised; empty for anybody who is not of a village."""
    if actor.village_code is None or not actor.can(Right.VILLAGE_OWN_SEE):
        return []
    first = CommitmentStep.objects.for_actor(actor).filter(commitment=OuterRef("pk")).order_by("pk")
    found = _live(actor).filter(year__village__code=actor.village_code)
    found = found.annotate(promised_on=Subquery(first.values("on")[:1]))
    return [
        OwnPromise(
            id=one.pk,
            year=one.year.year,
            element=Element(one.element),
            promised_by=one.promised_by,
            what=one.what,
            proof=one.proof,
            status=CommitmentStatus(one.now_status),
            due_date=one.now_due,
            promised_on=one.promised_on,
        )
        for one in found.order_by(*_URGENT_FIRST)
    ]


def commitment_years(actor: Actor) -> list[int]:
    """The years with a promise, the newest first."""
    return sorted(set(_live(actor).values_list("year__year", flat=True)), reverse=True)


def _with_state(actor: Actor) -> Any:
    """Every promise with its newest step beside it."""
    steps = CommitmentStep.objects.for_actor(actor).filter(commitment=OuterRef("pk")).order_by("-pk")
    return (
        Commitment.objects.for_actor(actor)
        .filter(year__withdrawal=None)
        .select_related("year__village")
        .annotate(
            now_status=Subquery(steps.values("status")[:1]),
            now_due=Subquery(steps.values("due_date")[:1]),
            now_withdrawn=Subquery(steps.values("withdrawn")[:1]),
        )
    )


def _live(actor: Actor) -> Any:
    """The promises that were not withdrawn; typed loosely, because the annotated names are no fields."""
    return _with_state(actor).filter(now_withdrawn=False)


def _row(one: Any) -> CommitmentRow:
    return CommitmentRow(
        id=one.pk,
        year_id=one.year_id,
        year=one.year.year,
        office_id=one.year.office_id,
        village_id=one.year.village_id,
        village_code=one.year.village.code,
        village=one.year.village.name,
        meeting_id=one.meeting_id,
        element=Element(one.element),
        promised_by=one.promised_by,
        what=one.what,
        proof=one.proof,
        status=CommitmentStatus(one.now_status),
        due_date=one.now_due,
        origin=Origin(one.origin),
        source=one.source,
        recorded_at=one.recorded_at,
        recorded_by=one.recorded_by_name,
        withdrawn=one.now_withdrawn,
    )
