"""Append an event to the running transaction; seal what is committed."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, router, transaction
from django.db.models import F, Model
from django.utils import timezone

from bersinar.access import Actor, Level
from bersinar.audit import rules
from bersinar.audit.errors import MissingEvents, OutsideTransaction
from bersinar.audit.models import Event, EventCounter, SealedEvent

_BATCH = 500
_WHY = "the audit itself"


def append(by: Actor, verb: str, about: Model | None, facts: dict[str, Any]) -> Event:
    """One event with the next number, in the caller's transaction."""
    using = router.db_for_write(Event)
    if not transaction.get_connection(using).in_atomic_block:
        raise OutsideTransaction(f"audit.record({verb!r}) needs transaction.atomic around the action")
    return Event.objects.create(
        # The counter's row stays locked until the caller commits: numbers appear in order and without gaps.
        seq=_next_number(),
        at=timezone.now(),
        actor_id=by.user_id,
        actor_name=by.name[:200],
        office_id=by.office_id,
        verb=verb,
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        about_level=getattr(about, "level", Level.L1),
        facts_text=_text(facts),
    )


def _text(facts: dict[str, Any]) -> str:
    """Dates, decimals and translated words as text first, then one spelling."""
    return rules.canonical(json.loads(json.dumps(facts, cls=DjangoJSONEncoder, allow_nan=False)))


def _next_number() -> int:
    counter = EventCounter.objects.unscoped(_WHY).filter(pk=1)
    if not counter.update(last=F("last") + 1):
        EventCounter.objects.bulk_create([EventCounter(pk=1, last=0)], ignore_conflicts=True)
        counter.update(last=F("last") + 1)
    return int(counter.values_list("last", flat=True).get())


def seal() -> int:
    """Copy committed events in order into the chained store; returns how many. Safe to repeat and to kill."""
    sealed = 0
    while batch := _unsealed():
        try:
            sealed += _seal_batch(batch)
        except IntegrityError:
            # Another process sealed the same events between our look and our write; look again.
            continue
    return sealed


def _last_seal() -> tuple[int, str]:
    last = SealedEvent.objects.unscoped(_WHY).order_by("-seq").values_list("seq", "digest").first()
    return last or (0, rules.GENESIS)


def _unsealed() -> list[Event]:
    """The next events without a seal, only as far as the numbers run on without a gap."""
    after = _last_seal()[0]
    waiting = Event.objects.unscoped(_WHY).filter(seq__gt=after).order_by("seq")
    if not waiting.exists():
        return []
    # Durable: inside somebody's unfinished transaction we would seal what may still be rolled back.
    with transaction.atomic(using=router.db_for_read(Event), durable=True):
        events = list(waiting[:_BATCH])
    run = [event for number, event in enumerate(events, after + 1) if event.seq == number]
    if not run:
        raise MissingEvents(after + 1)
    return run


def _seal_batch(events: list[Event]) -> int:
    with transaction.atomic(using=router.db_for_write(SealedEvent)):
        last, previous = _last_seal()
        rows = []
        for event in events:
            if event.seq <= last:
                continue
            body = event.body
            digest = rules.digest_of(previous, body)
            rows.append(
                SealedEvent(seq=event.seq, version=rules.VERSION, body=body, previous=previous, digest=digest)
            )
            previous = digest
        SealedEvent.objects.bulk_create(rows)
    return len(rows)
