"""Begin a village's programme year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.programme import errors
from bersinar.programme.actions.common import check_reason, check_source, held_year, moment, office_of
from bersinar.programme.actions.stages import record_stage
from bersinar.programme.models import (
    Commitment,
    Evidence,
    MeetingVillage,
    ProgrammeYear,
    RecordWithdrawal,
    StageEvent,
)
from bersinar.programme.rules import template
from bersinar.programme.vocabulary import MoneySource, Origin, Precision, Stage
from bersinar.targeting import queries as targeting
from bersinar.territory.models import Office, Village
from bersinar.territory.queries import villages_of_office


@dataclass(frozen=True, slots=True)
class Ground:
    """On what an enrolment rests: a decision of this system, or a source and a reason."""

    decision_id: int | None
    reason: str
    source: str


def enrol_village(
    *,
    village_id: int,
    year: int,
    money_source: MoneySource,
    decision_id: int | None = None,
    origin: Origin = Origin.UNIT,
    source: str = "",
    reason: str = "",
    by: Actor,
) -> ProgrammeYear:
    """Take one village into the programme, under the stage template as it is today."""
    by.require(Right.PROGRAMME_RECORD)
    office_id = office_of(by)
    with transaction.atomic():
        # Two people enrolling the same village must come one after the other.
        Office.objects.for_actor(by).select_for_update().get(pk=office_id)
        village = villages_of_office(office_id).filter(pk=village_id).first()
        if village is None:
            raise errors.VillageNotServed
        ground = _ground(village, year, money_source, decision_id, origin, source, reason, by)
        attempt = _next_attempt(office_id, village, year, by)
        used = template.current_template()
        enrolled: ProgrammeYear = ProgrammeYear.objects.create(
            office_id=office_id,
            village=village,
            year=year,
            money_source=money_source.value,
            decision_id=ground.decision_id,
            reason=ground.reason,
            template_id=used.id,
            template_version=used.version,
            template_text=template.current_text(),
            origin=origin.value,
            source=ground.source,
            attempt=attempt,
            recorded_by_name=by.name,
        )
        audit.record(
            by,
            "programme.enrolled",
            about=enrolled,
            village=village.pk,
            year=year,
            decision=ground.decision_id,
        )
    return enrolled


def enrol_chosen(year: int, *, decided_on: date | None = None, by: Actor) -> list[ProgrammeYear]:
    """Enrol every village of the decision that stands and is not enrolled yet; with a day, record its naming too."""
    by.require(Right.PROGRAMME_RECORD)
    office_id = office_of(by)
    made = []
    with transaction.atomic():
        Office.objects.for_actor(by).select_for_update().get(pk=office_id)
        there = set(_counting(office_id, year, by).values_list("village_id", flat=True))
        for choice in targeting.chosen(office_id, year, by):
            if choice.village_id in there:
                continue
            enrolled = enrol_village(
                village_id=choice.village_id,
                year=year,
                money_source=choice.money_source,
                decision_id=choice.decision_id,
                by=by,
            )
            if decided_on is not None:
                record_stage(
                    enrolled.pk, stage=Stage.PENETAPAN, on=decided_on, precision=Precision.HARI, by=by
                )
            made.append(enrolled)
    return made


def withdraw_year(year_id: int, reason: str, *, by: Actor) -> RecordWithdrawal:
    """Take back an enrolment made by mistake, as long as nothing rests on it."""
    reason = check_reason(reason)
    with transaction.atomic():
        found = held_year(year_id, by)
        if _in_use(found, by):
            raise errors.YearInUse
        withdrawal: RecordWithdrawal = RecordWithdrawal.objects.create(
            programme_year=found, reason=reason, recorded_by_name=by.name
        )
        audit.record(by, "programme.enrolment_withdrawn", about=found)
    return withdrawal


def _ground(
    village: Village,
    year: int,
    money_source: MoneySource,
    decision_id: int | None,
    origin: Origin,
    source: str,
    reason: str,
    by: Actor,
) -> Ground:
    source, reason = check_source(origin, source), " ".join(reason.split())
    if decision_id is None:
        if not (source and reason):
            raise errors.GroundMissing
        return Ground(None, reason, source)
    facts = targeting.decision(decision_id, by)
    if facts.office_id != by.office_id or facts.year != year:
        raise errors.NotChosen(year)
    if not facts.is_current:
        raise errors.DecisionReplaced
    choice = next((one for one in facts.choices if one.village_id == village.pk), None)
    if choice is None:
        raise errors.NotChosen(year)
    if choice.money_source is not money_source:
        raise errors.MoneyDiffers(choice.money_source.label)
    return Ground(decision_id, reason, source)


def _next_attempt(office_id: int, village: Village, year: int, by: Actor) -> int:
    """One more than the withdrawn ones; an enrolment that counts is refused with who made it."""
    standing = _counting(office_id, year, by).filter(village=village).first()
    if standing is not None:
        raise errors.AlreadyEnrolled(
            village.name, year, by=standing.recorded_by_name, at=moment(standing.recorded_at)
        )
    earlier = ProgrammeYear.objects.for_actor(by).filter(office_id=office_id, village=village, year=year)
    return int(earlier.count()) + 1


def _counting(office_id: int, year: int, by: Actor) -> QuerySet[ProgrammeYear]:
    """The enrolments of a year that were not taken back."""
    found: QuerySet[ProgrammeYear] = ProgrammeYear.objects.for_actor(by).filter(
        office_id=office_id, year=year
    )
    return found.filter(withdrawal__isnull=True)


def _in_use(found: ProgrammeYear, by: Actor) -> bool:
    return bool(
        StageEvent.objects.for_actor(by).filter(year=found, withdrawal__isnull=True).exists()
        or Evidence.objects.for_actor(by).filter(year=found, withdrawal__isnull=True).exists()
        or Commitment.objects.for_actor(by).filter(year=found).exists()
        or MeetingVillage.objects.for_actor(by).filter(year=found).exists()
    )
