"""What exactly is sealed: the bytes of an event and the chain over them. No Django, so an auditor can run it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

# The format of the body below. A new format takes the next number; old rows keep theirs for ever.
VERSION = 1
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Facts:
    """One event as plain values."""

    seq: int
    at: datetime
    actor_id: int | None
    actor_name: str
    office_id: int | None
    verb: str
    about_type: str
    about_id: str
    about_level: int
    facts: str


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, no rounding surprises such as NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def body_of(event: Facts) -> str:
    """The text that is sealed; facts go in as the stored text, so that no database can respell a number."""
    plain = asdict(event)
    plain["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical(plain)


def digest_of(previous: str, body: str, *, version: int = VERSION) -> str:
    """The seal: hash over the previous seal, the version byte and the body."""
    return hashlib.sha256(bytes.fromhex(previous) + bytes([version]) + body.encode()).hexdigest()


class Fault(StrEnum):
    """What can be wrong with one number."""

    CHANGED = "CHANGED"  # event and sealed copy differ
    EVENT_MISSING = "EVENT_MISSING"  # sealed, but the event is gone
    SEAL_MISSING = "SEAL_MISSING"  # the event is there, its sealed copy is gone
    BOTH_MISSING = "BOTH_MISSING"  # the number was given, and both are gone
    SEAL_BROKEN = "SEAL_BROKEN"  # the sealed copy does not fit its seal or the one before
    COUNTER = "COUNTER"  # the counter does not stand at the last event
    ANCHOR = "ANCHOR"  # a seal written down outside differs


@dataclass(frozen=True, slots=True)
class Problem:
    seq: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Seal:
    """One row of the chained store."""

    seq: int
    version: int
    body: str
    previous: str
    digest: str


def compare(events: Iterable[tuple[int, str]], seals: Iterable[Seal]) -> Iterator[Problem]:
    """Walk both stores in order of number, side by side; every number must be in both, with the same text."""
    events, seals = iter(events), iter(seals)
    event, seal = next(events, None), next(seals, None)
    previous, number = GENESIS, 0
    while event is not None or seal is not None:
        number += 1
        has_event = event is not None and event[0] == number
        if seal is not None and seal.seq == number:
            if not _holds(seal, previous):
                yield Problem(number, Fault.SEAL_BROKEN)
            if not has_event:
                yield Problem(number, Fault.EVENT_MISSING)
            elif event is not None and event[1] != seal.body:
                yield Problem(number, Fault.CHANGED)
            previous, seal = seal.digest, next(seals, None)
        else:
            yield Problem(number, Fault.SEAL_MISSING if has_event else Fault.BOTH_MISSING)
        if has_event:
            event = next(events, None)


def _holds(seal: Seal, previous: str) -> bool:
    if seal.version != VERSION or seal.previous != previous:
        return False
    return seal.digest == digest_of(previous, seal.body, version=seal.version)


def gaps(numbers: Iterable[int], after: int, last: int) -> Iterator[Problem]:
    """Numbers between after and last that no waiting event has."""
    expected = after + 1
    for number in numbers:
        yield from (Problem(seq, Fault.EVENT_MISSING) for seq in range(expected, number))
        expected = number + 1
    yield from (Problem(seq, Fault.EVENT_MISSING) for seq in range(expected, last + 1))
