"""Open and close a round; the lock every change of its data takes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import errors
from bersinar.fieldwork.models import Round
from bersinar.fieldwork.rules.instrument import DEFAULT_INSTRUMENT, instrument


def open_round(
    *,
    year: int,
    title: str,
    by: Actor,
    instrument_key: tuple[str, str] = DEFAULT_INSTRUMENT,
    is_example: bool = False,
) -> Round:
    """Begin collecting for one year under the instrument as it is now."""
    by.require(Right.VALUES_ENTER)
    if by.office_id is None:
        raise errors.NoOfficeOfOwn
    used = instrument(*instrument_key)
    title = " ".join(title.split())
    with transaction.atomic():
        round_, is_new = Round.objects.for_actor(by).get_or_create(
            office_id=by.office_id,
            year=year,
            title=title,
            defaults={
                "instrument_id": used.id,
                "instrument_version": used.version,
                "is_example": is_example,
                "opened_by_name": by.name,
            },
        )
        if not is_new:
            raise errors.RoundExists(title, year)
        audit.record(by, "fieldwork.round_opened", about=round_, year=year, instrument=used.id)
    return round_


def close_round(round_id: int, *, by: Actor) -> Round:
    """No more values after this; what is stored stays as it is."""
    by.require(Right.VALUES_ENTER)
    with transaction.atomic():
        round_ = writable(round_id, by)
        round_.closed_at = timezone.now()
        round_.save(update_fields=["closed_at"])
        audit.record(by, "fieldwork.round_closed", about=round_)
    return round_


def writable(round_id: int, by: Actor) -> Round:
    """The round, held until the transaction ends, when its own office may still fill it.

    Without the lock two people could both find a cell unchanged and both store, or two files be taken over mixed.
    """
    by.require(Right.VALUES_ENTER)
    get_or_404(Round, by, pk=round_id)
    round_ = Round.objects.for_actor(by).select_for_update().get(pk=round_id)
    if round_.office_id != by.office_id:
        raise errors.OtherOfficesRound
    if round_.closed_at is not None:
        raise errors.RoundClosed
    return round_
