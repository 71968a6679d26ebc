"""Files of a round: their list, their content, and what they would change."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bersinar.access import Actor, Right, get_or_404
from bersinar.documents import queries as documents
from bersinar.documents.queries import OpenedFile
from bersinar.fieldwork import sentences
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.queries.current import KnownValues, known_values
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.rules import stored
from bersinar.fieldwork.rules.lines import Lines, PlannedCell
from bersinar.fieldwork.rules.plan import Known, Problem

MOST_SHOWN = 200
# Key of the report: was the file brought or read by somebody with the right to enforcement values?
CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem with its address and sentence."""

    problem: Problem
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would become another."""

    village: str
    indicator: str
    place: str
    old: Known | None
    state: str
    value: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, as far as this person may see it."""

    errors: tuple[ToldProblem, ...]
    notes: tuple[ToldProblem, ...]
    rows_read: int
    rows_bad: int
    cells: int
    new: int
    changed: int
    same: int
    changes: tuple[Change, ...]
    has_closed: bool

    @property
    def rows_ready(self) -> int:
        return self.rows_read - self.rows_bad


def imports_of(round_: Round, actor: Actor) -> QuerySet[Import]:
    """Files of a round, newest first, with how many values this person may see each brought."""
    found = Import.objects.for_actor(actor).filter(round=round_).select_related("withdrawal", "round")
    open_ones = None if actor.can(Right.VALUES_SEE_ENFORCEMENT) else Q(entries__is_sensitive=False)
    counted = found.defer("cells", "report").annotate(n_entries=Count("entries", filter=open_ones))
    return counted.order_by("-pk")


def import_of(pk: int, actor: Actor) -> Import:
    """One file; 404 out of scope."""
    get_or_404(Import, actor, pk=pk)
    return Import.objects.for_actor(actor).select_related("round", "withdrawal").get(pk=pk)


def may_decide(found: Import, actor: Actor) -> bool:
    """May this person store or take back its values? Whoever may see all of them, and whoever brought them.

    A person who brought them with the right and lost the right since may not.
    """
    if not found.is_sensitive or actor.can(Right.VALUES_SEE_ENFORCEMENT):
        return True
    return _is_own(found, actor) and _is_uncleared(found)


def may_open_file(found: Import, actor: Actor) -> bool:
    """May this person have the bytes? A file says more than the columns we know: another sheet, another heading.

    So whatever somebody with the right brought stays with people who have the right, also where no closed column
    was recognised; what was brought without it holds nothing its owner did not know.
    """
    if actor.can(Right.VALUES_SEE_ENFORCEMENT):
        return True
    return _is_uncleared(found) and (_is_own(found, actor) or not found.is_sensitive)


def import_file(found: Import, actor: Actor) -> OpenedFile:
    """The uploaded bytes; for everybody who may not open them they are not there."""
    if not may_open_file(found, actor):
        raise Http404
    reader = replace(actor, rights=actor.rights | {Right.VALUES_SEE_ENFORCEMENT})
    return documents.open_file(found.file_id, reader)


def _is_own(found: Import, actor: Actor) -> bool:
    return found.uploaded_by_id is not None and found.uploaded_by_id == actor.user_id


def _is_uncleared(found: Import) -> bool:
    return not found.report.get(CLEARED, True)


def basis_of(found: Import) -> str:
    """What a plan was compared with, in short: the same work has the same key until it is looked over again."""
    return hashlib.sha256(json.dumps(found.cells).encode()).hexdigest()[:16]


def preview(found: Import, actor: Actor) -> Preview:
    """Faults, notes and changes against what is stored at this moment."""
    open_ones = {
        one.id for one in instrument_of(found.round).shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    }
    known = known_values(found.round, actor)
    names = dict(villages_of_round(found.round).values_list("pk", "name"))
    shown = stored.unpacked(found.cells).only(open_ones)
    counts = _compared(shown, known)
    # Which villages stand in a file of closed columns, and which rows wait because of one, must not be told either.
    has_closed = found.is_sensitive and not actor.can(Right.VALUES_SEE_ENFORCEMENT)
    blind = has_closed and not _is_uncleared(found)
    errors = _told(found.report.get("errors", ()), open_ones, blind=blind)
    notes = _told(found.report.get("notes", ()), open_ones, blind=blind)
    rows_read, rows_bad = found.report.get("rows_read", 0), found.report.get("rows_bad", 0)
    if blind:
        bad = {one.problem.row for one in errors}
        rows_read, rows_bad = len(bad | {one.row for one in shown}), len(bad)
    return Preview(
        errors=errors,
        notes=notes,
        rows_read=rows_read,
        rows_bad=rows_bad,
        cells=counts.new + counts.changed + counts.same,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        changes=tuple(
            Change(
                names.get(cell.village_id, ""),
                cell.indicator,
                f"{cell.column}{cell.row}",
                old,
                cell.reading.state.value,
                cell.reading.value,
                sentences.reason(cell.reading.reason, cell.reading.note),
            )
            for cell, old in counts.first
        ),
        has_closed=has_closed,
    )


@dataclass(slots=True)
class _Compared:
    """A plan beside what is stored: how many cells are new, other, the same; and the first that change."""

    new: int
    changed: int
    same: int
    first: list[tuple[PlannedCell, Known | None]]


def _compared(shown: Lines, known: KnownValues) -> _Compared:
    replaced: list[tuple[PlannedCell, Known | None]] = []
    added: list[tuple[PlannedCell, Known | None]] = []
    counts = _Compared(0, 0, 0, [])
    if not known:
        return _Compared(len(shown), 0, 0, [(cell, None) for cell in islice(shown, MOST_SHOWN)])
    for cell in shown:
        old = known.get((cell.village_id, cell.indicator))
        if old is None:
            counts.new += 1
            if len(added) < MOST_SHOWN:
                added.append((cell, None))
        elif cell.differs_from(old):
            counts.changed += 1
            if len(replaced) < MOST_SHOWN:
                replaced.append((cell, old))
        else:
            counts.same += 1
    # What replaces something comes first: it is what people must look at.
    counts.first = [*replaced, *added][:MOST_SHOWN]
    return counts


def _told(rows: list[dict], open_ones: set[str], *, blind: bool) -> tuple[ToldProblem, ...]:
    """What may be told; blind, only what one cell of an open indicator says."""
    problems = [stored.problem(row) for row in rows]
    if blind:
        problems = [one for one in problems if one.row and one.indicator in open_ones]
    # A closed column is told by its address; nothing that stands in it is repeated.
    return tuple(
        ToldProblem(one, sentences.place(one), sentences.problem(one))
        for one in problems
        if not one.indicator or one.indicator in open_ones or one.code == "column_closed"
    )
