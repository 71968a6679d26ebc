"""Compare the two stores of the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bersinar.audit.models import Event, EventCounter, SealedEvent
from bersinar.audit.rules import Fault, Problem, Seal, compare, gaps

_WHY = "the audit is compared as a whole"
_CHUNK = 1000


@dataclass(slots=True)
class Report:
    sealed: int = 0
    waiting: int = 0
    last_digest: str = ""
    problems: list[Problem] = field(default_factory=list)


def verify(*, anchor: tuple[int, str] | None = None) -> Report:
    """Every number exactly once in both stores, nothing changed, missing or out of order; writes nothing."""
    report = Report()
    seals = SealedEvent.objects.unscoped(_WHY).order_by("seq")
    # Looked at first and last: what is recorded meanwhile is newer than both, and not our concern.
    bound, report.last_digest = seals.values_list("seq", "digest").last() or (0, "")
    counted = _counter()
    report.sealed = bound
    report.problems += compare(_bodies(bound), _seals(bound))
    waiting = Event.objects.unscoped(_WHY).filter(seq__gt=bound).order_by("seq").values_list("seq", flat=True)
    numbers = list(waiting)
    report.waiting = len(numbers)
    report.problems += gaps(numbers, bound, counted)
    last = max(numbers, default=bound)
    if last > counted and _counter() < last:
        report.problems.append(Problem(last, Fault.COUNTER))
    if anchor is not None and not _anchored(*anchor):
        report.problems.append(Problem(anchor[0], Fault.ANCHOR))
    return report


def offices_touched(after: int, verbs: Collection[str]) -> tuple[int, set[int | None]]:
    """The last event there is, and the offices in which one of these things was done after a given one."""
    events = Event.objects.unscoped("which offices, not what or who").filter(seq__gt=after)
    found = set(events.filter(verb__in=verbs).values_list("office_id", flat=True))
    return events.order_by("-seq").values_list("seq", flat=True).first() or after, found


def _counter() -> int:
    return EventCounter.objects.unscoped(_WHY).filter(pk=1).values_list("last", flat=True).first() or 0


def _bodies(bound: int) -> Iterator[tuple[int, str]]:
    events = Event.objects.unscoped(_WHY).filter(seq__lte=bound).order_by("seq")
    for event in events.iterator(_CHUNK):
        yield event.seq, event.body


def _seals(bound: int) -> Iterator[Seal]:
    seals = SealedEvent.objects.unscoped(_WHY).filter(seq__lte=bound).order_by("seq")
    for row in seals.iterator(_CHUNK):
        yield Seal(row.seq, row.version, row.body, row.previous, row.digest)


def _anchored(seq: int, digest: str) -> bool:
    found = SealedEvent.objects.unscoped(_WHY).filter(seq=seq).values_list("digest", flat=True).first()
    return found is not None and len(digest) >= 12 and found.startswith(digest.lower())
