"""The lines of the work queue that belong to collecting."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bersinar.access import Actor, Right
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.queries.shares import completeness_of
from bersinar.fieldwork.vocabulary import ImportState
from bersinar.ui.queue import Task
from bersinar.ui.writing import number

MOST_FILES = 5
_WAITING = (ImportState.MENUNGGU, ImportState.TERBACA)


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """Files that wait for a decision, and villages whose answers are not complete. Empty without the right."""
    if not actor.can(Right.VALUES_ENTER) or actor.office_id is None:
        return []
    own = Round.objects.for_actor(actor).filter(office_id=actor.office_id)
    still_open = list(own.filter(closed_at=None).order_by("-year", "-pk")[:1])
    if not still_open:
        return [] if own.filter(year__gte=on.year).exists() else [_begin(on)]
    return [*_files(actor), *(task for one in still_open if (task := _incomplete(one, actor)))]


def _begin(on: date) -> Task:
    return Task(
        title=_("Buka putaran data %(year)d") % {"year": on.year},
        text=_("Belum ada putaran yang terbuka, jadi belum ada tempat untuk mengisi data desa."),
        url=reverse("fieldwork:open"),
        action=_("Buka putaran"),
        weight=2,
    )


def _files(actor: Actor) -> list[Task]:
    mine = Q(uploaded_by_id=actor.user_id)
    if actor.can(Right.VALUES_SEE_ENFORCEMENT):
        mine |= Q(is_sensitive=True)
    waiting = Import.objects.for_actor(actor).filter(
        mine | Q(is_sensitive=False),
        round__office_id=actor.office_id or 0,
        round__closed_at=None,
        state__in=_WAITING,
    )
    return [
        Task(
            title=_("Periksa dan simpan %(name)s") % {"name": one.file_name},
            text=_("Diunggah %(name)s. Belum ada nilainya yang disimpan.") % {"name": one.uploaded_by_name},
            url=reverse("fieldwork:import", args=[one.pk]),
            action=_("Periksa berkas"),
            weight=3,
        )
        for one in waiting.defer("cells", "report")[:MOST_FILES]
    ]


def _incomplete(round_: Round, actor: Actor) -> Task | None:
    total = completeness_of(round_, actor).total
    if not total.incomplete:
        return None
    title = ngettext("Lengkapi data %(count)d desa", "Lengkapi data %(count)d desa", total.incomplete) % {
        "count": total.incomplete
    }
    facts = {"round": str(round_), "answered": number(total.answered), "total": number(total.total)}
    return Task(
        title=title,
        text=_("%(round)s: %(answered)s dari %(total)s sel sudah berisi jawaban.") % facts,
        url=reverse("fieldwork:round", args=[round_.pk]),
        action=_("Isi data"),
        weight=1,
    )
