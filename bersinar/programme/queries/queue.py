"""What the stages of this office's villages ask of somebody who records them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.programme.queries.commitment_tasks import work_lines as promise_lines
from bersinar.programme.queries.meeting_tasks import work_lines as meeting_lines
from bersinar.programme.queries.years import DecisionState, YearRow, enrolled_villages, programme_years
from bersinar.targeting import queries as targeting
from bersinar.ui.queue import Task, in_order

NAMED = 3


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """This stage's lines for the person's home: villages, meetings and promises."""
    return in_order(
        [
            *stage_tasks(actor, on=on),
            *meeting_lines(actor, on=on),
            *promise_lines(actor, on=on),
        ]
    )


def stage_tasks(actor: Actor, *, on: date) -> list[Task]:
    """Lines for the person's home; none without the right to record."""
    if not actor.can(Right.PROGRAMME_RECORD) or actor.office_id is None:
        return []
    rows = programme_years(actor, year=on.year, office_id=actor.office_id)
    newest = max((row.year for row in rows), default=0)
    tasks = list(_not_enrolled(actor.office_id, actor))
    for row in rows:
        tasks += _moved_ground(row)
        # Villages of earlier years are looked after by their promises and activities, not by this list.
        if row.year == newest:
            tasks += [*_next(row), *_evidence(row)]
    return tasks


def not_enrolled(office_id: int, actor: Actor) -> dict[int, list[targeting.ChosenVillage]]:
    """Villages of the decisions that stand which have no programme year yet, by the year of the decision."""
    there = enrolled_villages(office_id, actor)
    waiting = {
        year: [one for one in villages if (year, one.village_id) not in there]
        for year, villages in targeting.chosen_by_year(office_id, actor).items()
    }
    return {year: villages for year, villages in waiting.items() if villages}


def _not_enrolled(office_id: int, actor: Actor) -> Iterator[Task]:
    for year, waiting in not_enrolled(office_id, actor).items():
        yield Task(
            title=_("Daftarkan %(number)d desa sasaran %(year)d") % {"number": len(waiting), "year": year},
            text=_("%(names)s sudah ditetapkan dan belum masuk program.")
            % {"names": in_words([one.name for one in waiting])},
            url=reverse("programme:enrol") + f"?tahun={year}",
            action=_("Daftarkan"),
            weight=50,
        )


def _moved_ground(row: YearRow) -> Iterator[Task]:
    if row.decision_state is DecisionState.DIKELUARKAN:
        yield Task(
            title=_("Periksa pendaftaran %(name)s") % {"name": row.name},
            text=_("Putusan %(year)d diganti dan tidak lagi menyebut desa ini.") % {"year": row.year},
            url=reverse("programme:year", args=[row.id]),
            action=_("Periksa"),
            weight=40,
        )


def _next(row: YearRow) -> Iterator[Task]:
    if row.next_stage is not None:
        yield Task(
            title=f"{row.next_step}: {row.name}",
            text=_("Sekarang pada tahap %(stage)s.") % {"stage": row.stage_title},
            url=reverse("programme:year", args=[row.id]),
            action=_("Buka"),
            due=row.next_planned,
            weight=20,
        )


def _evidence(row: YearRow) -> Iterator[Task]:
    if row.open_evidence:
        yield Task(
            title=_("Lengkapi bukti %(name)s: %(number)d menyusul")
            % {"name": row.name, "number": len(row.open_evidence)},
            text=in_words([one.title for one in row.open_evidence]) + ".",
            url=reverse("programme:year", args=[row.id]) + f"#tahap-{row.open_evidence[0].stage}",
            action=_("Lengkapi"),
            weight=10,
        )


def in_words(names: list[str]) -> str:
    """A, B dan C; the rest of a long list as a number."""
    shown, more = names[:NAMED], len(names) - NAMED
    if more > 0:
        return _("%(names)s dan %(more)d lainnya") % {"names": ", ".join(shown), "more": more}
    return _(" dan ").join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
