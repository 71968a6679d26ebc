"""This stage's lines of a person's work queue."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.fieldwork import queries as fieldwork
from bersinar.fieldwork.models import Round
from bersinar.mapping.models import MappingRun
from bersinar.mapping.queries.run_rows import RunSummary, runs
from bersinar.ui.queue import Task

_LOOK_BACK = 3  # rounds older than this are history, not work
_MANY_RUNS = 10  # by one person on one round; more may be an attempt to learn closed values from categories


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """Calculate, answer, release: for each of the office's newest rounds the one next step."""
    if not actor.can(Right.MAP_RUN) or actor.office_id is None:
        return []
    made = [run for run in runs(actor) if run.office_id == actor.office_id]
    newest: dict[int, RunSummary] = {}
    objected: dict[int, RunSummary] = {}
    for run in made:  # newest first
        newest.setdefault(run.round_id, run)
        if run.released_at is None and run.unanswered:
            objected.setdefault(run.round_id, run)
    rounds = list(fieldwork.rounds(actor).filter(office_id=actor.office_id)[:_LOOK_BACK])
    now = fieldwork.fingerprints([round_ for round_ in rounds if round_.pk in newest], actor)
    tasks = []
    for round_ in rounds:
        task = _next_step(
            round_, newest.get(round_.pk), objected.get(round_.pk), actor, now.get(round_.pk, "")
        )
        if task is not None:
            tasks.append(task)
    return [*tasks, *_many_runs(rounds, actor)]


def _next_step(
    round_: Round, run: RunSummary | None, objected: RunSummary | None, actor: Actor, now: str
) -> Task | None:
    """`objected` is the run whose objections wait, whether or not a newer one was made since.

    `now` is the fingerprint of what a calculation would use today.
    """
    words = {"year": round_.year, "title": round_.title}
    start = f"{reverse('mapping:start')}?putaran={round_.pk}"
    if run is None:
        return _first_run(round_, actor, start, words)
    if run.withdrawn:
        text = _("Sebagian data pemetaan terakhir sudah ditarik.")
        return Task(_("Hitung lagi pemetaan %(year)d") % words, text, start, _("Hitung"), weight=60)
    if objected is not None:
        return Task(
            _("Jawab %(number)d keberatan") % {"number": objected.unanswered},
            _("Desa menunggu jawaban sebelum pemetaan %(year)d dapat dirilis.") % words,
            reverse("mapping:objections", args=[objected.id]),
            _("Jawab"),
            weight=70,
        )
    if run.released_at is None and run.accepted:
        text = _("%(number)d keberatan diterima. Perbaiki datanya, lalu hitung.") % {"number": run.accepted}
        return Task(_("Hitung lagi pemetaan %(year)d") % words, text, start, _("Hitung"), weight=60)
    if run.input_fingerprint != now:
        text = _("Data sudah berubah sejak pemetaan terakhir dihitung.")
        return Task(_("Hitung lagi pemetaan %(year)d") % words, text, start, _("Hitung"), weight=40)
    if run.released_at is None:
        return Task(
            _("Rilis pemetaan %(year)d") % words,
            _("Hasilnya masih sementara. Periksa jumlahnya, lalu rilis."),
            reverse("mapping:release", args=[run.id]),
            _("Periksa"),
            weight=60,
        )
    return None


def _many_runs(rounds: list[Round], actor: Actor) -> list[Task]:
    """For the head: who calculated one round conspicuously often, each time with other data or another rule."""
    if not actor.can(Right.TARGETS_DECIDE):
        return []
    by_round = {round_.pk: round_ for round_ in rounds}
    made = MappingRun.objects.for_actor(actor).filter(round__in=by_round).order_by()
    counted = made.values("round_id", "computed_by_name").annotate(n=Count("pk"))
    often = counted.filter(n__gt=_MANY_RUNS).order_by("-round__year", "-round_id", "computed_by_name")
    return [
        Task(
            _("%(name)s menghitung %(number)d kali pada putaran ini")
            % {"name": row["computed_by_name"], "number": row["n"]},
            _(
                "%(title)s %(year)d. Tanyakan alasannya: dari kategori yang berubah nilai tertutup dapat ditebak."
            )
            % {"title": by_round[row["round_id"]].title, "year": by_round[row["round_id"]].year},
            reverse("mapping:home"),
            _("Lihat"),
            weight=30,
        )
        for row in often
    ]


def _first_run(round_: Round, actor: Actor, url: str, words: dict[str, object]) -> Task | None:
    if not actor.can(Right.VALUES_SEE):
        return None
    answered, total = fieldwork.progress(round_, actor)
    if not answered:
        return None
    text = _("%(title)s: %(percent)d %% sudah diisi. Yang kosong dibiarkan terbuka.") % {
        **words,
        # Rounded down: a round is complete only when it is.
        "percent": 100 * answered // total,
    }
    return Task(_("Hitung pemetaan %(year)d") % words, text, url, _("Hitung"), weight=50)
