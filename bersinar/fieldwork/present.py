"""Plain values for the pages of the collecting stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.fieldwork import sentences
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.queries.grid_rows import Grid
from bersinar.fieldwork.queries.imports import Change, Preview, ToldProblem
from bersinar.fieldwork.queries.shares import Completeness
from bersinar.fieldwork.queries.villages import Answer, Provenance, VillageValue
from bersinar.fieldwork.rules.cells import text_of
from bersinar.fieldwork.vocabulary import ImportState, MissingReason, State
from bersinar.fieldwork.vocabulary import Origin as Way
from bersinar.ui.writing import day, number, time_of_day

MOST_NEW = 60
EMPTY = "cells_empty"


def may_fill(round_: Round, actor: Actor) -> bool:
    """May this person change the values of this round?"""
    own = round_.office_id == actor.office_id
    return own and round_.closed_at is None and actor.can(Right.VALUES_ENTER)


def import_row(one: Import) -> dict[str, Any]:
    """A file in the list of a round."""
    withdrawn = getattr(one, "withdrawal", None)
    return {
        "pk": one.pk,
        "name": one.file_name,
        "state": _("ditarik") if withdrawn else sentences.IMPORT_STATES[one.state],
        "mood": "late" if withdrawn or one.state == ImportState.DITOLAK else _mood(one),
        "uploaded_at": one.uploaded_at,
        "uploaded_by": one.uploaded_by_name,
        "values": getattr(one, "n_entries", 0),
    }


def figures(done: Completeness) -> list[dict[str, Any]]:
    """The three states of a cell, which add up."""
    total = done.total
    return [
        {"label": _("Terisi"), "value": total.filled, "url": "#indikator", "text": _("ada jumlahnya")},
        {
            "label": _("Nihil"),
            "value": total.none,
            "url": "#indikator",
            "text": _("sudah dicari, memang tidak ada"),
        },
        {
            "label": _("Belum diisi"),
            "value": total.missing,
            "url": "#kecamatan",
            "text": _("belum ada jawaban; bukan nol"),
        },
        {
            "label": _("Desa lengkap"),
            "value": total.villages - total.incomplete,
            "of": total.villages,
            "url": "#kecamatan",
            "text": _("setiap indikatornya sudah dijawab"),
        },
    ]


def districts(round_: Round, done: Completeness, *, may_fill: bool) -> list[dict[str, Any]]:
    """Kecamatan with a link to where they are filled, for those who fill."""
    address = reverse("fieldwork:grid", args=[round_.pk])
    return [
        {"share": one, "url": f"{address}?kecamatan={one.code}" if may_fill else ""} for one in done.districts
    ]


def problems(told: Sequence[ToldProblem], boxes: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """One line a cell: where it stands, what is written there, and what to do.

    `boxes` gives the villages that may be typed on the screen instead, by name.
    """
    villages = boxes or {}
    return [
        {
            "place": one.place,
            "what": ", ".join(part for part in (one.problem.indicator, one.problem.village) if part),
            "written": one.problem.written,
            "sentence": one.sentence,
            "village_id": villages.get(one.problem.village) if one.problem.indicator else None,
            "indicator": one.problem.indicator,
            "at": f"s{at}",
        }
        for at, one in enumerate(told, start=1)
    ]


def remarks(told: Sequence[ToldProblem]) -> list[str]:
    """What is to be said of the whole file; empty cells of all columns in one sentence."""
    empty = {one.problem.indicator: one.problem.facts["count"] for one in told if one.problem.code == EMPTY}
    listed = [one.sentence for one in told if one.problem.code != EMPTY]
    if empty:
        facts = {
            "count": number(sum(int(count) for count in empty.values())),
            "list": ", ".join(f"{name} {count}" for name, count in empty.items()),
        }
        listed.insert(0, _("%(count)s sel kosong dibaca sebagai belum diisi, bukan nol (%(list)s).") % facts)
    return listed


def changes(preview: Preview) -> dict[str, Any]:
    """What is replaced, old and new side by side, and what is new: the first is what people must look at."""
    listed = [_change(one) for one in preview.changes]
    replaced = [one for one in listed if one["old"]]
    added = [one for one in listed if not one["old"]][:MOST_NEW]
    unlisted = preview.new + preview.changed - len(replaced) - len(added)
    return {"replaced": replaced, "added": added, "unlisted": unlisted}


def origin_facts(one: Provenance) -> list[tuple[Any, Any]]:
    """Where a value came from; only for pages of the office, never for people of a village."""
    when = timezone.localtime(one.at)
    facts: list[tuple[Any, Any]] = [
        (_("Sumber"), sentences.SOURCES[one.source_type]),
        (_("Dimasukkan"), _("%(day)s pukul %(time)s") % {"day": day(when), "time": time_of_day(when)}),
        (_("Oleh"), one.person),
    ]
    if one.origin == Way.BERKAS:
        facts.append((_("Berkas"), one.file))
        place = f"{one.column}{one.row}"
        facts.append((_("Lembar dan sel"), f"{one.sheet}, {place}" if one.sheet else place))
    else:
        facts.append((_("Cara"), _("diketik di layar")))
    return facts


def village_groups(values: Sequence[VillageValue]) -> list[dict[str, Any]]:
    """Main and supporting indicators, each with its counting answer and the earlier ones."""
    groups = [(_("Indikator pokok"), True), (_("Indikator pendukung"), False)]
    return [
        {"title": title, "rows": [_village_row(one) for one in values if one.is_main is is_main]}
        for title, is_main in groups
    ]


def _village_row(one: VillageValue) -> dict[str, Any]:
    now = next((answer for answer in one.history if answer.counts), None)
    return {
        "value": one,
        "facts": origin_facts(now.provenance) if now else [],
        "entry_id": now.provenance.entry_id if now else None,
        "import_id": now.provenance.import_id if now else None,
        "earlier": [_earlier(answer) for answer in one.history if not answer.counts],
    }


def _earlier(answer: Answer) -> dict[str, Any]:
    facts = origin_facts(answer.provenance)
    if answer.withdrawn:
        facts.append((_("Ditarik karena"), answer.withdrawn_why))
    return {"answer": answer, "facts": facts}


def _mood(one: Import) -> str:
    return "ok" if one.state == ImportState.DITERAPKAN else "soon"


def _change(one: Change) -> dict[str, Any]:
    old = one.old
    return {
        "village": one.village,
        "indicator": one.indicator,
        "place": one.place,
        "old": text_of(old.state, old.value, old.reason, old.note) if old else "",
        "new": _new_text(one),
    }


def _new_text(one: Change) -> str:
    return text_of(one.state, one.value, "", "") or _("belum: %(reason)s") % {"reason": one.reason}


def boxes(grid: Grid, bad: Sequence[Any], clashes: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of boxes. What could not be stored keeps what was typed; a clash builds on the entry just seen."""
    asked = {one.id: one for one in grid.indicators}
    wrong = {(one.village_id, one.indicator): one for one in bad}
    clashed = {(one.village_id, one.indicator): one for one in clashes}
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row.cells:
            at = (cell.village_id, cell.indicator)
            text = wrong[at].text if at in wrong else clashed[at].mine if at in clashed else cell.text
            cells.append(
                {
                    "label": f"{cell.indicator}, {row.village.name}",
                    "state": cell.state if cell.base else "",
                    "name": f"v-{cell.village_id}-{cell.indicator}-{cell.base}",
                    "id": f"s-{cell.village_id}-{cell.indicator}",
                    "indicator": asked[cell.indicator],
                    "text": text,
                    "bad": at in wrong or at in clashed,
                }
            )
        rows.append({"village": row.village, "cells": cells})
    return rows


def box_problems(grid: Grid, bad: Sequence[Any], clashes: Sequence[Any]) -> list[dict[str, str]]:
    """One line a box, each leading to it."""
    names = {row.village.pk: row.village.name for row in grid.rows}
    told = [(one, one.sentence) for one in bad]
    for one in clashes:
        facts = {"mine": one.mine, "stored": one.stored or _("kosong"), "name": one.by_name}
        both = _(
            "Anda mengetik “%(mine)s”, %(name)s baru menyimpan “%(stored)s”. Ketik yang benar, lalu simpan."
        )
        told.append((one, both % facts))
    return [
        {
            "id": f"s-{one.village_id}-{one.indicator}",
            "where": f"{names.get(one.village_id, '')}, {one.indicator}",
            "text": text,
        }
        for one, text in told
    ]


def district_choices(grid: Grid, address: str) -> list[dict[str, Any]]:
    """One kecamatan after the other, by its code in the address."""
    return [
        {"label": name, "url": f"{address}?kecamatan={code}", "code": code, "current": code == grid.district}
        for code, name in grid.districts
    ]


def reasons() -> list[str]:
    """What a box offers while one types."""
    listed = [text_of(State.BELUM, None, one.value, "") for one in MissingReason]
    return ["nihil", *(text for text in listed if text)]
