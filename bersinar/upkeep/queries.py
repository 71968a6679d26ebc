"""What the pages of upkeep show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy

from bersinar.access import Actor, Right
from bersinar.territory.models import Office
from bersinar.territory.vocabulary import OfficeKind
from bersinar.upkeep.backup import copies, drill, keys, places, standing
from bersinar.upkeep.backup.copies import Copy
from bersinar.upkeep.backup.places import Places
from bersinar.upkeep.backup.vocabulary import Reason
from bersinar.upkeep.present import megabytes

_WHY = "one office keeps the installation for all of them"
_REASONS = {
    Reason.DAILY: gettext_lazy("harian"),
    Reason.UPGRADE: gettext_lazy("sebelum pembaruan"),
    Reason.ASKED: gettext_lazy("diminta"),
}
_RANK = {OfficeKind.BNN: 0, OfficeKind.BNNP: 1, OfficeKind.BNNK: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One copy as the list shows it."""

    name: str
    made_at: datetime
    reason: str
    counts: bool
    where: str  # "here" or "second"
    size: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page of copies."""

    standing: standing.Standing
    checks: dict[str, int]
    copies: list[Row]
    places: Places
    second_is_there: bool
    second_last: datetime | None
    drill: drill.Result | None
    words_wait: bool


def keeper() -> Office | None:
    """The office that looks after this installation: the highest one, then the one opened first."""
    offices = Office.objects.unscoped(_WHY).order_by("pk")
    return min(offices, key=lambda office: (_RANK[OfficeKind(office.kind)], office.pk), default=None)


def keeps(actor: Actor) -> bool:
    """Whether this person may change how the installation is kept."""
    found = keeper()
    return actor.can(Right.INSTALLATION_KEEP) and found is not None and actor.office_id == found.pk


def overview() -> Overview:
    second = places.second()
    here = copies.listing(places.local())
    there = copies.listing(second) if second is not None else []
    last = next((copy for copy in here if copy.counts), None)
    return Overview(
        standing=standing.look(),
        checks=_checks(last),
        copies=[_row(copy, "here") for copy in here] + [_row(copy, "second") for copy in there],
        places=places.chosen(),
        second_is_there=places.second_is_there(),
        second_last=next((copy.made_at for copy in there if copy.counts), None),
        drill=drill.last(),
        words_wait=keys.recovery().printed_at is None,
    )


def _checks(copy: Copy | None) -> dict[str, int]:
    """What was compared when the copy was opened."""
    if copy is None:
        return {}
    words = json.loads((copy.path / copies.VERIFIED).read_text(encoding="utf-8"))
    return {name: value for name, value in words.items() if isinstance(value, int)}


def _row(copy: Copy, where: str) -> Row:
    return Row(
        copy.name, copy.made_at, str(_REASONS[copy.reason]), copy.counts, where, megabytes(_size(copy.path))
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
