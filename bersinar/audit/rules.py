"""What exactly is sealed: the bytes of an event and the chain over them. No Django, so an auditor can run it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

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
