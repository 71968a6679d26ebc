"""Plain values for the pages of the collecting stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.fieldwork import sentences
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.queries.grid import Grid, Origin
from bersinar.fieldwork.queries.imports import Change, Preview
from bersinar.fieldwork.rules.cells import text_of
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.vocabulary import ImportState, MissingReason, State
from bersinar.fieldwork.vocabulary import Origin as Way
from bersinar.ui.writing import day, time_of_day


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


def changes(preview: Preview) -> list[dict[str, Any]]:
    """Old and new values side by side."""
    return [_change(one) for one in preview.changes]


def origin_facts(one: Origin) -> list[tuple[Any, Any]]:
    """Where a value came from; only for pages of the office, never for people of a village."""
    entry = one.entry
    when = timezone.localtime(entry.entered_at)
    facts = [
        (_("Dimasukkan"), f"{day(when)}, {time_of_day(when)}"),
        (_("Oleh"), entry.entered_by_name),
        (_("Sumber"), sentences.SOURCES[entry.source_type]),
    ]
    if entry.origin == Way.BERKAS and entry.imported is not None:
        facts.append((_("Berkas"), entry.imported.file_name))
        facts.append((_("Lembar"), entry.sheet))
        facts.append((_("Sel"), f"{entry.column}{entry.row}"))
    else:
        facts.append((_("Cara"), _("diketik di layar")))
    return facts


def by_indicator(found: Iterable[Origin], indicators: Iterable[Indicator]) -> list[dict[str, Any]]:
    """Every indicator with its counting answer and the earlier ones."""
    listed = list(found)
    rows = []
    for indicator in indicators:
        mine = [one for one in listed if one.indicator == indicator.id]
        now = next((one for one in mine if one.counts), None)
        earlier = [
            {"text": one.text, "withdrawn": one.withdrawn, "facts": origin_facts(one)}
            for one in mine
            if not one.counts
        ]
        rows.append(
            {
                "indicator": indicator,
                "text": now.text if now else "",
                "facts": origin_facts(now) if now else [],
                "earlier": earlier,
            }
        )
    return rows


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
                    "name": f"v-{cell.village_id}-{cell.indicator}-{cell.base}",
                    "id": f"s-{cell.village_id}-{cell.indicator}",
                    "indicator": cell.indicator,
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


def reasons() -> list[str]:
    """What a box offers while one types."""
    listed = [text_of(State.BELUM, None, one.value, "") for one in MissingReason]
    return ["nihil", *(text for text in listed if text)]
