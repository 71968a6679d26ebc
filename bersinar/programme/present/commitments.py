"""Promises as pages show them: plain values, so that no template has to think."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bersinar.programme.present.marks import origin
from bersinar.programme.queries import CommitmentRow, StepRow
from bersinar.programme.rules.commitments import Tally
from bersinar.programme.vocabulary import CommitmentStatus

STATUS_TAGS = {
    CommitmentStatus.DIJANJIKAN: "",
    CommitmentStatus.BERJALAN: "tag--soon",
    CommitmentStatus.SELESAI: "tag--ok",
    CommitmentStatus.DIBATALKAN: "",
}


def status_word(status: CommitmentStatus) -> str:
    return {
        CommitmentStatus.DIJANJIKAN: _("dijanjikan"),
        CommitmentStatus.BERJALAN: _("berjalan"),
        CommitmentStatus.SELESAI: _("ditepati"),
        CommitmentStatus.DIBATALKAN: _("dibatalkan"),
    }[status]


def promise(row: CommitmentRow, on: date) -> dict[str, Any]:
    """One promise for lists and for its own page."""
    return {
        "id": row.id,
        "what": row.what,
        "element": row.element.label,
        "village": row.village,
        "code": row.village_code,
        "year": row.year,
        "by": row.promised_by,
        # The element itself says no more than "Babinsa, Babinsa".
        "who": row.element.label
        if row.promised_by == row.element.label
        else f"{row.promised_by} ({row.element.label})",
        "due": row.due_date,
        "proof": row.proof,
        "status": status_word(row.status),
        "tag": STATUS_TAGS[row.status],
        "is_open": row.status.is_open,
        "late": row.is_overdue(on),
        "days_late": (on - row.due_date).days if row.due_date is not None and row.is_overdue(on) else 0,
        "withdrawn": row.withdrawn,
        "meeting_id": row.meeting_id,
        "recorded_by": row.recorded_by,
        "recorded_at": row.recorded_at,
        **origin(row.origin, row.source),
    }


def step(row: StepRow) -> dict[str, Any]:
    """One entry of a promise's history."""
    return {
        "status": _("ditarik") if row.withdrawn else status_word(row.status),
        "tag": "tag--late" if row.withdrawn else STATUS_TAGS[row.status],
        "on": row.on,
        "due": row.due_date,
        "note": row.note,
        "evidence": row.evidence,
        "file_id": row.file_id,
        "file_name": row.file_name,
        "by": row.recorded_by,
        "at": row.recorded_at,
        **origin(row.origin, row.source),
    }


def figures(tally: Tally, address: str) -> list[dict[str, Any]]:
    """The scoreboard: four figures, each with what it means; every one leads to its list."""
    return [
        {
            "label": _("Ditepati"),
            "value": tally.kept,
            "of": tally.total,
            "url": f"{address}ditepati",
            "text": _("Ada bukti atau catatan bahwa janji itu dijalankan."),
        },
        {
            "label": _("Lewat tenggat"),
            "value": tally.overdue,
            "url": f"{address}terlambat",
            "text": _("Masih terbuka sesudah hari yang dijanjikan."),
        },
        {
            "label": _("Masih terbuka"),
            "value": tally.open,
            "url": f"{address}terbuka",
            "text": _("Dijanjikan atau sedang berjalan."),
        },
        {
            "label": _("Tanpa tenggat"),
            "value": tally.without_day,
            "url": f"{address}tanpa-tenggat",
            "text": _("Tidak dapat terlambat, jadi mudah terlupa."),
        },
    ]
