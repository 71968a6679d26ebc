"""Meetings as pages show them: plain values, so that no template has to think."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bersinar.documents import present as letters_present
from bersinar.documents.queries import LetterRow
from bersinar.documents.vocabulary import DocumentKind
from bersinar.programme.present.marks import origin
from bersinar.programme.queries import FileRow, MeetingRow
from bersinar.programme.rules.meetings import SeatPlan
from bersinar.programme.sharing import weekday
from bersinar.programme.vocabulary import FileKind, MeetingState

STATE_TAGS = {
    MeetingState.DIRENCANAKAN: "",
    MeetingState.HARI_INI: "tag--soon",
    MeetingState.BELUM_DITUTUP: "tag--late",
    MeetingState.SELESAI: "tag--ok",
    MeetingState.DIBATALKAN: "",
}


def when(row: MeetingRow) -> str:
    """Senin, 13 Februari 2023 pukul 09.00 sampai 12.00 WIB."""
    on = weekday(row.on)
    if row.start is None:
        return _("%(day)s, jam belum dicatat") % {"day": on}
    facts = {"day": on, "start": f"{row.start:%H.%M}", "zone": row.zone.value}
    if row.end is None:
        return _("%(day)s pukul %(start)s %(zone)s") % facts
    return _("%(day)s pukul %(start)s sampai %(end)s %(zone)s") % (facts | {"end": f"{row.end:%H.%M}"})


def state_word(state: MeetingState) -> str:
    return {
        MeetingState.DIRENCANAKAN: _("direncanakan"),
        MeetingState.HARI_INI: _("hari ini"),
        MeetingState.BELUM_DITUTUP: _("belum disahkan"),
        MeetingState.SELESAI: _("selesai"),
        MeetingState.DIBATALKAN: _("dibatalkan"),
    }[state]


def file_word(kind: FileKind) -> str:
    return {
        FileKind.FOTO: _("Foto"),
        FileKind.DAFTAR_HADIR: _("Daftar hadir yang ditandatangani"),
        FileKind.LAINNYA: _("Berkas lain"),
    }[kind]


def meeting(row: MeetingRow) -> dict[str, Any]:
    """One meeting for lists and for its own page."""
    return {
        "id": row.id,
        "title": row.title,
        "on": row.on,
        "when": when(row),
        "place": row.place,
        "agenda": row.agenda,
        "money": row.money_source.replace("_", " "),
        "budget": row.budget_name,
        "villages": row.villages,
        "village_names": row.village_names,
        "state": state_word(row.state),
        "state_key": row.state.value,
        "tag": STATE_TAGS[row.state],
        "reason": row.reason,
        "sequence": row.sequence,
        "planned_by": row.planned_by,
        "planned_at": row.planned_at,
        "closed_at": row.closed_at,
        "n_seats": row.n_seats,
        "n_filled": row.n_filled,
        "n_people": row.n_people,
        "n_commitments": row.n_commitments,
        "n_overdue": row.n_overdue,
        "has_minutes": row.has_minutes,
        "cancelled": row.cancelled,
        "closed": row.is_closed,
        "has_been": row.state in (MeetingState.HARI_INI, MeetingState.BELUM_DITUTUP, MeetingState.SELESAI),
        **origin(row.origin, row.source),
    }


def seats(plan: SeatPlan) -> dict[str, Any]:
    """Kehadiran: one square an expected person, the unrepresented elements first."""
    return {
        "groups": [
            {
                "label": group.label,
                "filled": [seat.is_filled for seat in group.seats],
                "n": group.n_filled,
                "of": len(group.seats),
                "late": group.n_filled < len(group.seats),
            }
            for group in plan.groups
        ],
        "missing": [element.label for element in plan.unrepresented],
        "n": plan.n_filled,
        "of": plan.n_seats,
        "walk_ins": plan.walk_ins,
        "n_people": plan.n_people,
    }


def letters(rows: Sequence[LetterRow], row: MeetingRow) -> list[dict[str, Any]]:
    """The meeting's papers, with a word where one names another day than the plan."""
    return [
        {
            "pk": one.letter.pk,
            "kind": letters_present.kind_word(DocumentKind(one.letter.kind)),
            "kind_key": one.letter.kind,
            "version": one.letter.version,
            "state": letters_present.state_word(one.state),
            "number": one.issue.number if one.issue else "",
            "old": one.letter.facts.get("meeting", one.letter.facts).get("date") != row.on.isoformat(),
        }
        for one in rows
    ]


def files(rows: Sequence[FileRow]) -> list[dict[str, Any]]:
    """Photos and scans of a meeting."""
    return [
        {"file_id": one.file_id, "name": one.caption or one.name, "kind": file_word(one.kind)} for one in rows
    ]
