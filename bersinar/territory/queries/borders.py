"""Reads over imported borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from bersinar.access import Actor, get_or_404
from bersinar.territory.models import Boundary, BoundaryChoice, BoundarySet, Village
from bersinar.territory.queries.regions import offices_under, villages_of_office
from bersinar.territory.vocabulary import BoundaryMatch, SetState

LISTED = (BoundaryMatch.RAGU, BoundaryMatch.TIDAK_ADA, BoundaryMatch.DILEWATI, BoundaryMatch.ORANG)


@dataclass(frozen=True, slots=True)
class SetRow:
    """One line of the list of imported files."""

    id: int
    name: str
    attribution: str
    file_name: str
    state: SetState
    refused_why: str
    imported_by: str
    imported_at: datetime
    shapes: int
    matched: int
    waiting: int
    in_use: bool
    was_used: bool


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What became of every shape, and which villages of the office have none."""

    shapes: int
    by_match: dict[BoundaryMatch, int]
    # What a person decides or decided: the doubtful first.
    listed: tuple[Boundary, ...]
    missing: tuple[Village, ...]
    villages: int
    repaired: int
    facts: dict[str, Any]

    @property
    def undecided(self) -> int:
        return sum(row.match in (BoundaryMatch.RAGU, BoundaryMatch.TIDAK_ADA) for row in self.listed)

    @property
    def matched(self) -> int:
        return sum(count for match, count in self.by_match.items() if match.is_matched)


def reader(office_id: int) -> Actor:
    """Maps are drawn for everybody of an office alike, from its own sets and those under it."""
    return Actor(
        name="peta", office_id=office_id, office_ids=tuple(one.id for one in offices_under(office_id))
    )


def set_in_use(office_id: int) -> BoundarySet | None:
    """The set the office's last choice names; none means a schematic map."""
    choices = BoundaryChoice.objects.for_actor(reader(office_id)).filter(office_id=office_id)
    last = choices.select_related("boundary_set").order_by("pk").last()
    return last.boundary_set if last else None


def last_choice(office_id: int) -> int:
    """The number of the office's last choice; nought when it never chose."""
    choices = BoundaryChoice.objects.for_actor(reader(office_id)).filter(office_id=office_id)
    return choices.order_by("pk").values_list("pk", flat=True).last() or 0


def sets_in_use(office_id: int) -> list[BoundarySet]:
    """Its own and, for a BNNP or BNN, those of the offices under it; its own first."""
    who = reader(office_id)
    last: dict[int, BoundarySet | None] = {}
    rows = BoundaryChoice.objects.for_actor(who).select_related("boundary_set").order_by("pk")
    for choice in rows:
        last[choice.office_id] = choice.boundary_set
    order = sorted(last, key=lambda pk: (pk != office_id, pk))
    return [found for pk in order if (found := last[pk]) is not None]


def boundary_set(pk: int, actor: Actor) -> BoundarySet:
    """One imported file, in the actor's offices."""
    return get_or_404(BoundarySet, actor, pk=pk)


def boundary_sets(actor: Actor) -> list[SetRow]:
    """Files of the actor's own office, the newest first."""
    if actor.office_id is None:
        return []
    matched = Q(boundaries__village__isnull=False)
    rows = (
        BoundarySet.objects.for_actor(actor)
        .filter(office_id=actor.office_id)
        .annotate(
            n_shapes=Count("boundaries"),
            n_matched=Count("boundaries", filter=matched),
            n_waiting=Count("boundaries", filter=Q(boundaries__match=BoundaryMatch.RAGU)),
        )
        .order_by("-pk")
    )
    in_use = set_in_use(actor.office_id)
    used = set(
        BoundaryChoice.objects.for_actor(actor)
        .filter(office_id=actor.office_id)
        .values_list("boundary_set_id", flat=True)
    )
    return [
        SetRow(
            id=row.pk,
            name=row.name,
            attribution=row.attribution,
            file_name=row.file_name,
            state=SetState(row.state),
            refused_why=row.refused_why,
            imported_by=row.imported_by_name,
            imported_at=row.imported_at,
            shapes=row.n_shapes,
            matched=row.n_matched,
            waiting=row.n_waiting,
            in_use=in_use is not None and in_use.pk == row.pk,
            was_used=row.pk in used,
        )
        for row in rows
    ]


def match_report(found: BoundarySet, actor: Actor) -> MatchReport:
    """Counts by what led to the village, the shapes that wait for a person, the villages without a border."""
    rows = Boundary.objects.for_actor(actor).filter(boundary_set=found)
    counts = {
        BoundaryMatch(match): n for match, n in rows.order_by().values_list("match").annotate(n=Count("pk"))
    }
    listed = rows.filter(match__in=LISTED).select_related("village__district")
    served = villages_of_office(found.office_id)
    missing = served.exclude(pk__in=rows.filter(village__isnull=False).values("village"))
    return MatchReport(
        shapes=sum(counts.values()),
        by_match=counts,
        listed=tuple(sorted(listed.defer("geometry"), key=lambda row: (LISTED.index(row.match), row.number))),
        missing=tuple(missing),
        villages=served.count(),
        repaired=rows.filter(is_repaired=True).count(),
        facts=found.report,
    )


def candidates(waiting: Sequence[Boundary], actor: Actor) -> dict[int, Village]:
    """The villages that shapes on the list may mean, by number."""
    wanted = {pk for row in waiting for pk in row.candidates}
    rows: QuerySet[Village] = Village.objects.for_actor(actor).select_related("district__regency")
    return {village.pk: village for village in rows.filter(pk__in=wanted)}
