"""One year of an office: four figures, the line of the year, and the sheet for the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.documents import queries as documents
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import LetterState
from bersinar.mapping.models import Release
from bersinar.programme import queries as programme
from bersinar.programme.models import ProgrammeYear
from bersinar.programme.present.year_line import YearLine, line_of
from bersinar.programme.queries import CommitmentRow, Launch, MeetingRow, YearRow
from bersinar.programme.queries.commitment_rows import uncommitted_of
from bersinar.reporting.queries.categories import CategoryCounts, latest_counts
from bersinar.targeting import queries as targeting
from bersinar.targeting.queries import DecisionFacts

# Letters that wait: more of them than this are a list of their own.
MOST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class YearInFigures:
    """At most four figures, each a link to its list, and the year as a line."""

    year: int
    figures: tuple[dict[str, Any], ...]
    line: YearLine | None


@dataclass(frozen=True, slots=True)
class VillageState:
    """One village of the programme with who has promised nothing yet."""

    row: YearRow
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearAtAGlance:
    """One sheet of paper about one year."""

    year: int
    years: tuple[int, ...]
    figures: tuple[dict[str, Any], ...]
    counts: CategoryCounts | None
    decision: DecisionFacts | None
    decrees: tuple[LetterRow, ...]
    letters: tuple[LetterRow, ...]
    villages: tuple[VillageState, ...]
    overdue: tuple[CommitmentRow, ...]
    meetings: tuple[MeetingRow, ...]
    line: YearLine | None

    @property
    def is_empty(self) -> bool:
        return self.counts is None and self.decision is None and not self.villages and not self.meetings


def work_year(actor: Actor, *, on: date) -> int:
    """The year the office works on: the newest one with a village in it or a released map, else the calendar's."""
    newest = [year for year in _years(actor) if year <= on.year]
    return newest[0] if newest else on.year


def year_in_figures(actor: Actor, *, on: date) -> YearInFigures:
    """What the first page shows of the year."""
    year = work_year(actor, on=on)
    rows = programme.launches(actor, year=year)
    return YearInFigures(
        year=year,
        figures=_figures(year, rows, programme.meetings(actor, year=year), actor, on=on) if rows else (),
        line=_line(year, actor, on=on),
    )


def year_at_a_glance(year: int, actor: Actor, *, on: date) -> YearAtAGlance:
    """Everything the head asks about a year."""
    office = actor.office_id
    rows = programme.programme_years(actor, year=year)
    held = programme.meetings(actor, year=year)
    decision = None
    if office is not None and actor.can(Right.TARGETS_SEE):
        decision = targeting.current_decision(office, year, actor)
    return YearAtAGlance(
        year=year,
        years=tuple(sorted({*_years(actor), year}, reverse=True)),
        figures=_figures(year, rows, held, actor, on=on) if rows else (),
        counts=latest_counts(actor, until=year) if actor.can(Right.MAP_SEE) else None,
        decision=decision,
        decrees=tuple(targeting.decrees(decision.id, actor)) if decision else (),
        letters=_waiting(actor),
        villages=_states(rows, actor),
        overdue=tuple(programme.commitments(actor, year=year, overdue_on=on)),
        meetings=tuple(reversed(held)),
        line=_line(year, actor, on=on),
    )


def _years(actor: Actor) -> list[int]:
    """Years something is known of, newest first: those with a village in them, and the newest with a released map."""
    standing = ProgrammeYear.objects.for_actor(actor).filter(withdrawal__isnull=True).order_by()
    if actor.office_id is None:
        return sorted(set(standing.values_list("year", flat=True)), reverse=True)
    releases = Release.objects.for_actor(actor).filter(run__office_id=actor.office_id)
    mapped = Subquery(releases.order_by("-run__year").values("run__year")[:1])
    # In one look, because every page of the office asks for it; without any village the map is asked for alone.
    rows = standing.annotate(mapped=mapped).values_list("year", "mapped").distinct()
    found = {year for row in rows for year in row} or {targeting.latest_year(actor.office_id, actor)}
    return sorted((year for year in found if year is not None), reverse=True)


def _line(year: int, actor: Actor, *, on: date) -> YearLine | None:
    if actor.office_id is None:
        return None
    entries = programme.office_timeline(actor.office_id, year, actor)
    return line_of(entries, year, on=on)


def _figures(
    year: int, rows: Sequence[YearRow | Launch], held: list[MeetingRow], actor: Actor, *, on: date
) -> tuple[dict[str, Any], ...]:
    """Every figure counts a list, and links to that list."""
    new = [row for row in rows if not row.is_guidance]
    launched = [row for row in new if row.launched_on is not None and row.launched_on <= on]
    tally = programme.scoreboard(actor, on=on, year=year)
    done = [row for row in held if row.on <= on and not row.cancelled]
    standing = [row for row in held if not row.cancelled]
    board = f"{reverse('programme:home')}?tahun={year}"
    return (
        {
            "label": _("Desa dicanangkan"),
            "value": len(launched),
            "of": len(new),
            "url": board,
            "text": _launch_text(new, launched),
        },
        {
            "label": _("Janji ditepati"),
            "value": tally.kept,
            "of": tally.total - tally.dropped,
            "url": f"{reverse('programme:commitments')}?tahun={year}",
            "text": _("%(open)d berjalan, %(late)d lewat tenggat.")
            % {"open": tally.open, "late": tally.overdue},
        },
        {
            "label": _("Desa dibina"),
            "value": len(rows),
            "url": board,
            "text": _("%(new)d baru, %(more)d lanjutan.") % {"new": len(new), "more": len(rows) - len(new)},
        },
        {
            "label": _("Rapat diadakan"),
            "value": len(done),
            "of": len(standing),
            "url": f"{reverse('programme:meetings')}?tahun={year}",
            "text": _("%(people)d orang tercatat hadir.") % {"people": sum(row.n_people for row in done)},
        },
    )


def _launch_text(new: Sequence[YearRow | Launch], launched: Sequence[YearRow | Launch]) -> str:
    if not new:
        return _("Belum ada desa yang didaftarkan tahun ini.")
    told = [_("%(name)s sudah.") % {"name": row.name} for row in launched[:2]]
    waiting = [row for row in new if row not in launched]
    told += [_("%(name)s belum.") % {"name": row.name} for row in waiting[:2]]
    return " ".join(told)


def _waiting(actor: Actor) -> tuple[LetterRow, ...]:
    """Drafts nobody has signed or issued yet, newest first."""
    if not actor.can(Right.DOCUMENTS_SEE):
        return ()
    drafts = documents.in_state(documents.letters(actor), LetterState.RANCANGAN)
    return tuple(documents.rows(drafts[:MOST_LETTERS]))


def _states(rows: list[YearRow], actor: Actor) -> tuple[VillageState, ...]:
    years = ProgrammeYear.objects.for_actor(actor).filter(
        pk__in=[row.id for row in rows if not row.is_guidance]
    )
    silent = uncommitted_of(years.select_related("village"), actor)
    return tuple(
        VillageState(row, tuple(element.label for element in silent.get(row.id, ()))) for row in rows
    )
