"""What presses about promises."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.access import Actor, Right
from bersinar.programme.models import ProgrammeYear
from bersinar.programme.queries.commitment_rows import CommitmentRow, commitments
from bersinar.programme.queries.seating import current_plans
from bersinar.programme.rules import commitments as rules
from bersinar.programme.rules.template import parse_template
from bersinar.ui.queue import Task

SOON = timedelta(days=7)


def work_lines(actor: Actor, *, on: date) -> list[Task]:
    """What presses about promises: the late ones, those of this week, and those without a day."""
    if actor.office_id is None or not actor.can(Right.PROGRAMME_SEE):
        return []
    own = [one for one in commitments(actor) if one.office_id == actor.office_id]
    open_ones = [one for one in own if one.status.is_open]
    late = [one for one in open_ones if one.is_overdue(on)]
    soon = [one for one in open_ones if one.due_date is not None and on <= one.due_date <= on + SOON]
    undated = [one for one in open_ones if one.due_date is None]
    tasks = [*_late(late), *_soon(soon)]
    if actor.can(Right.PROGRAMME_RECORD):
        tasks += [*_undated(undated), *_silent_elements(own, actor)]
    return tasks


def _late(rows: list[CommitmentRow]) -> list[Task]:
    if not rows:
        return []
    title = ngettext(
        "Tanyakan %(n)d janji yang lewat tenggat", "Tanyakan %(n)d janji yang lewat tenggat", len(rows)
    )
    return [_task(rows, title, "terlambat", _("Tanyakan"), weight=3)]


def _soon(rows: list[CommitmentRow]) -> list[Task]:
    if not rows:
        return []
    title = ngettext(
        "Ingatkan %(n)d janji yang jatuh tempo pekan ini",
        "Ingatkan %(n)d janji yang jatuh tempo pekan ini",
        len(rows),
    )
    return [_task(rows, title, "pekan-ini", _("Ingatkan"), weight=2)]


def _undated(rows: list[CommitmentRow]) -> list[Task]:
    if not rows:
        return []
    title = ngettext("Isi tenggat %(n)d janji", "Isi tenggat %(n)d janji", len(rows))
    return [_task(rows, title, "tanpa-tenggat", _("Isi tenggat"), weight=1)]


def _task(rows: list[CommitmentRow], title: str, filter_word: str, action: str, *, weight: int) -> Task:
    """Names element and promise, never a category."""
    shown = "; ".join(f"{one.element.label} {one.village}: {one.what}" for one in rows[:2])
    more = len(rows) - 2
    text = _("%(shown)s; dan %(more)d lainnya.") % {"shown": shown, "more": more} if more > 0 else f"{shown}."
    return Task(
        title=title % {"n": len(rows)},
        text=text,
        url=f"{reverse('programme:commitments')}?saring={filter_word}",
        action=action,
        due=rows[0].due_date,
        weight=weight,
    )


def _silent_elements(own: list[CommitmentRow], actor: Actor) -> list[Task]:
    """One line for each village whose rakor is over while some elements have promised nothing."""
    held = current_plans(actor).filter(
        meeting__office_id=actor.office_id or 0, meeting__closing__isnull=False, cancelled=False
    )
    newest = held.order_by("-on").values_list("on", flat=True).first()
    if newest is None:
        return []
    # Earlier years had their chance; this year's rakor is what can still be followed up.
    year_ids = held.filter(on__year=newest.year).values("villages__year")
    years = ProgrammeYear.objects.for_actor(actor).filter(pk__in=year_ids, withdrawal=None)
    tasks = []
    for year in years.select_related("village"):
        missing = rules.uncommitted(
            parse_template(year.template_text).elements,
            year.village.kind,
            {one.element for one in own if one.year_id == year.pk},
        )
        if missing:
            named = ", ".join(one.label for one in missing[:4])
            tasks.append(
                Task(
                    title=_("Minta komitmen %(n)d unsur di %(village)s")
                    % {"n": len(missing), "village": year.village.name},
                    text=_("Belum berjanji: %(named)s%(more)s.")
                    % {"named": named, "more": _(", dan lainnya") if len(missing) > 4 else ""},
                    url=f"{reverse('programme:commitments')}?desa={year.village.code}&tahun={year.year}",
                    action=_("Lihat"),
                )
            )
    return tasks
