"""Values typed one by one."""

from __future__ import annotations

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import errors, queries
from bersinar.fieldwork.actions.rounds import writable
from bersinar.fieldwork.models import Entry, Withdrawal
from bersinar.fieldwork.rules.cells import Reading
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.fieldwork.vocabulary import Origin, SourceType


def enter_value(
    round_id: int,
    *,
    village_id: int,
    indicator: str,
    reading: Reading,
    based_on: int | None,
    client_key: str | None = None,
    by: Actor,
    source_type: SourceType | None = None,
) -> Entry:
    """Store one answer. Refused when the cell is no longer what its writer saw; a repeated key stores once."""
    with transaction.atomic():
        round_ = writable(round_id, by)
        asked = queries.instrument_of(round_).indicator(indicator)
        if asked is None:
            raise errors.NotInRound
        _may_enter(asked, by)
        if client_key and (same := _delivered(client_key, by)) is not None:
            if (same.round_id, same.village_id, same.indicator) != (round_id, village_id, asked.id):
                raise errors.KeyReused
            if not queries.known_of(same).says(reading):
                raise errors.KeyReused
            return same
        if not queries.villages_of_round(round_).filter(pk=village_id).exists():
            raise errors.NotInRound
        latest = queries.current_entry(round_, village_id, indicator, by)
        if (latest.pk if latest else None) != based_on:
            known = queries.known_of(latest) if latest else None
            if latest is not None and known is not None and known.says(reading):
                return latest
            raise errors.CellChanged(known, by_name=latest.entered_by_name if latest else "")
        if latest is not None and queries.known_of(latest).says(reading):
            return latest
        entry = Entry.objects.create(
            round=round_,
            village_id=village_id,
            indicator=asked.id,
            is_sensitive=asked.sensitive,
            state=reading.state,
            value=reading.value,
            reason=reading.reason,
            note=reading.note,
            source_type=source_type or asked.source_type,
            origin=Origin.DIKETIK,
            client_key=client_key or "",
            entered_by_id=by.user_id,
            entered_by_name=by.name,
        )
        audit.record(by, "fieldwork.value_entered", about=entry, village=village_id, indicator=asked.id)
    return entry


def withdraw_entry(entry_id: int, *, reason: str, by: Actor) -> Withdrawal:
    """Take one value back; the one before it counts again."""
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        entry = get_or_404(Entry, by, pk=entry_id)
        writable(entry.round_id, by)
        if Withdrawal.objects.for_actor(by).filter(entry=entry).exists():
            raise errors.AlreadyWithdrawn
        withdrawal = Withdrawal.objects.create(
            round_id=entry.round_id,
            entry=entry,
            reason=reason,
            withdrawn_by_id=by.user_id,
            withdrawn_by_name=by.name,
        )
        audit.record(by, "fieldwork.value_withdrawn", about=withdrawal, entry=entry.pk)
    return withdrawal


def _may_enter(asked: Indicator, by: Actor) -> None:
    if asked.sensitive:
        by.require(Right.VALUES_SEE_ENFORCEMENT)


def _delivered(client_key: str, by: Actor) -> Entry | None:
    """The entry of an earlier delivery of the same keystroke by the same person."""
    mine = Entry.objects.for_actor(by).filter(client_key=client_key or "", entered_by_id=by.user_id)
    return mine.first()
