"""What every action on a programme year stands on: the office, the held year, and days that can be."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bersinar.access import Actor, Right, get_or_404
from bersinar.programme import errors
from bersinar.programme.models import ProgrammeYear, RecordWithdrawal
from bersinar.programme.rules import dates
from bersinar.programme.vocabulary import Origin, Precision
from bersinar.ui.writing import day, time_of_day

FIRST_YEAR = 2019  # Desa Bersinar exists since then.


def office_of(by: Actor) -> int:
    """The office one acts for."""
    if by.office_id is None:
        raise errors.NoOffice
    return by.office_id


def held_year(year_id: int, by: Actor) -> ProgrammeYear:
    """The year, held until the transaction ends, when its own office may still write to it.

    Without the lock two people could both find a stage unrecorded and both record it.
    """
    by.require(Right.PROGRAMME_RECORD)
    get_or_404(ProgrammeYear, by, pk=year_id)
    found: ProgrammeYear = ProgrammeYear.objects.for_actor(by).select_for_update().get(pk=year_id)
    if found.office_id != by.office_id:
        raise errors.OtherOfficesYear
    check_not_withdrawn(RecordWithdrawal.objects.for_actor(by).filter(programme_year=found).first())
    return found


def check_not_withdrawn(withdrawal: RecordWithdrawal | None) -> None:
    if withdrawal is not None:
        raise errors.AlreadyWithdrawn(by=withdrawal.recorded_by_name, at=moment(withdrawal.recorded_at))


def check_date(on: date, precision: Precision) -> date:
    """The day as it is stored; what is recorded has happened."""
    on = dates.tidy(on, precision)
    if not on.year >= FIRST_YEAR or on > timezone.localdate():
        raise errors.UnlikelyDate(FIRST_YEAR)
    return on


def check_source(origin: Origin, source: str) -> str:
    """The tidied source; the press is quoted or not used."""
    source = " ".join(source.split())
    if origin is Origin.PERS and not source:
        raise errors.SourceMissing
    return source


def check_reason(reason: str) -> str:
    """The tidied reason of a withdrawal; without one nothing is withdrawn."""
    reason = " ".join(reason.split())
    if not reason:
        raise errors.WithdrawalReasonMissing
    return reason


def moment(at: datetime) -> str:
    """26 Oktober 2023 pukul 10.15 WIB."""
    local = timezone.localtime(at)
    return f"{day(local.date())} pukul {time_of_day(local)}"
