"""This stage's lines of a person's work queue."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.targeting import checks
from bersinar.targeting.queries.candidate_rows import Candidates, candidates, latest_year, proposal
from bersinar.targeting.queries.decision_rows import DecisionFacts, current_decision, decrees
from bersinar.ui.queue import Task


def work_queue(actor: Actor, *, on: date) -> list[Task]:
    """Choose, give reasons, decide, draft the decree: the one next step of the newest mapped year."""
    office_id = actor.office_id
    if not actor.can(Right.TARGETS_PREPARE) or office_id is None:
        return []
    year = latest_year(office_id, actor)
    if year is None:
        return []
    current = current_decision(office_id, year, actor)
    if current is not None:
        return _after_decision(current, actor)
    found = candidates(year, actor)
    return _before_decision(found, actor) if found is not None else []


def _before_decision(found: Candidates, actor: Actor) -> list[Task]:
    year = found.year
    words = {"year": year}
    draft = proposal(found.office_id, year, actor)
    if draft is None or not draft.lines:
        eligible = sum(row.verdict.eligible for row in found.rows)
        text = _("%(number)d desa memenuhi syarat menurut kebijakan tahun ini.") % {"number": eligible}
        url = f"{reverse('targeting:home')}?tahun={year}"
        return [Task(_("Pilih sasaran %(year)d") % words, text, url, _("Lihat calon"), weight=50)]
    words["number"] = len(draft.lines)
    missing = checks.what_is_missing(found, draft)
    if missing is not None:
        url = reverse("targeting:proposal", args=[year])
        return [
            Task(
                _("Lengkapi usulan sasaran %(year)d") % words, str(missing), url, _("Buka usulan"), weight=50
            )
        ]
    if actor.can(Right.TARGETS_DECIDE):
        text = _("%(number)d desa diusulkan dengan alasannya. Putusan tidak dapat diubah.") % words
        url = reverse("targeting:decide", args=[year])
        return [Task(_("Tetapkan sasaran %(year)d") % words, text, url, _("Periksa"), weight=60)]
    return []


def _after_decision(current: DecisionFacts, actor: Actor) -> list[Task]:
    tasks = []
    words = {"year": current.year, "number": len(current.choices)}
    url = reverse("targeting:decision", args=[current.id])
    if current.data_withdrawn and actor.can(Right.TARGETS_DECIDE):
        tasks.append(
            Task(
                _("Periksa putusan sasaran %(year)d") % words,
                _("Sebagian data pemetaannya ditarik. Putusan tidak berubah sampai Anda menggantinya."),
                url,
                _("Buka putusan"),
                weight=70,
            )
        )
    if actor.can(Right.DOCUMENTS_SEE) and not decrees(current.id, actor):
        text = _("%(number)d desa sudah ditetapkan; SK-nya belum dirancang.") % words
        tasks.append(Task(_("Buat rancangan SK %(year)d") % words, text, url, _("Buka putusan"), weight=50))
    return tasks
