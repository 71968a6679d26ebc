"""When a promise is late, what may become of it, and who has promised nothing; plain functions without Django."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bersinar.programme.rules.meetings import exists_in
from bersinar.programme.rules.template import ElementRule
from bersinar.programme.vocabulary import CommitmentStatus, Element

_OPEN = (CommitmentStatus.DIJANJIKAN, CommitmentStatus.BERJALAN)
# What may follow what. Staying where it is adds a note, evidence or another day.
NEXT: dict[CommitmentStatus, tuple[CommitmentStatus, ...]] = {
    CommitmentStatus.DIJANJIKAN: (
        CommitmentStatus.DIJANJIKAN,
        CommitmentStatus.BERJALAN,
        CommitmentStatus.SELESAI,
        CommitmentStatus.DIBATALKAN,
    ),
    CommitmentStatus.BERJALAN: (
        CommitmentStatus.BERJALAN,
        CommitmentStatus.DIJANJIKAN,
        CommitmentStatus.SELESAI,
        CommitmentStatus.DIBATALKAN,
    ),
    CommitmentStatus.SELESAI: (CommitmentStatus.SELESAI, CommitmentStatus.BERJALAN),
    CommitmentStatus.DIBATALKAN: (CommitmentStatus.DIBATALKAN, CommitmentStatus.DIJANJIKAN),
}


class Promise(Protocol):
    """What the rules need to know of a promise."""

    @property
    def status(self) -> CommitmentStatus: ...

    @property
    def due_date(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises counted. Those that were dropped by agreement are in the total and nowhere else."""

    total: int = 0
    kept: int = 0
    open: int = 0
    overdue: int = 0
    without_day: int = 0
    dropped: int = 0


def is_overdue(status: CommitmentStatus, due: date | None, on: date) -> bool:
    """Still open on a day after the one that was promised. Without a day nothing is late."""
    return status.is_open and due is not None and due < on


def tally(promises: Iterable[Promise], on: date) -> Tally:
    listed = list(promises)
    return Tally(
        total=len(listed),
        kept=sum(one.status is CommitmentStatus.SELESAI for one in listed),
        open=sum(one.status.is_open for one in listed),
        overdue=sum(is_overdue(one.status, one.due_date, on) for one in listed),
        without_day=sum(one.status.is_open and one.due_date is None for one in listed),
        dropped=sum(one.status is CommitmentStatus.DIBATALKAN for one in listed),
    )


def uncommitted(
    rules: Sequence[ElementRule], kind: str, committed: Collection[Element]
) -> tuple[Element, ...]:
    """The elements whose promise is waited for and who have made none, in the order of the template."""
    return tuple(
        rule.id for rule in rules if rule.commits and rule.id not in committed and exists_in(rule.id, kind)
    )


def may_become(now: CommitmentStatus, then: CommitmentStatus) -> bool:
    return then in NEXT[now]


def needs_a_word(now: CommitmentStatus, then: CommitmentStatus) -> bool:
    """Ending a promise, or taking it up again, says why or shows something."""
    return then not in _OPEN or now not in _OPEN
