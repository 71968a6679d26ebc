"""Record a stage, plan one, show evidence, and take back what was wrong. Everything is appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Level, get_or_404
from bersinar.documents import uploads
from bersinar.documents.actions.files import keep
from bersinar.documents.uploads import Upload
from bersinar.programme import errors
from bersinar.programme.actions.common import (
    check_date,
    check_not_withdrawn,
    check_reason,
    check_source,
    held_year,
    moment,
)
from bersinar.programme.models import Evidence, ProgrammeYear, RecordWithdrawal, StageEvent, StagePlan
from bersinar.programme.queries import steps
from bersinar.programme.rules import dates, stages
from bersinar.programme.rules.stages import Obstacle
from bersinar.programme.rules.template import StageRule, StageTemplate, parse_template
from bersinar.programme.rules.words import sentence
from bersinar.programme.vocabulary import Origin, Precision, Stage


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence handed in: what it answers, and where it can be found."""

    item: str = ""
    title: str = ""
    reference: str = ""
    upload: Upload | None = None
    on: date | None = None
    precision: Precision | None = None


def record_stage(
    year_id: int,
    *,
    stage: Stage,
    on: date,
    precision: Precision = Precision.HARI,
    note: str = "",
    origin: Origin = Origin.UNIT,
    source: str = "",
    evidence: Sequence[Shown] = (),
    exception: str = "",
    by: Actor,
) -> StageEvent:
    """Accept a stage, with the evidence at hand. What speaks against it needs a written reason."""
    on, source = check_date(on, precision), check_source(origin, source)
    exception = " ".join(exception.split())
    evidence = [replace(one, upload=_checked(one.upload)) for one in evidence]
    with transaction.atomic():
        year = held_year(year_id, by)
        used, rule = _stage_of(year, stage)
        standing = steps.standing_event(year.pk, stage, by)
        if standing is not None:
            if _is_the_same(standing, on, precision, by):
                return standing
            raise _already(standing, rule)
        for one in evidence:
            _add_evidence(year, rule, one, on, precision, origin, source, by)
        against = _against(year, used, rule, (on, precision), origin, exception, by)
        event: StageEvent = StageEvent.objects.create(
            year=year,
            stage=stage.value,
            date=on,
            precision=precision.value,
            note=" ".join(note.split()),
            origin=origin.value,
            source=source,
            is_exception=bool(against),
            exception=exception if against else "",
            obstacles=[[one.kind.value, one.id, one.title] for one in against],
            attempt=_attempts(year, stage, by) + 1,
            recorded_by_name=by.name,
        )
        audit.record(
            by,
            "programme.stage_recorded",
            about=event,
            year=year.pk,
            stage=stage.value,
            exception=bool(against),
            evidence=len(evidence),
        )
    return event


def plan_stage(year_id: int, *, stage: Stage, on: date | None, note: str = "", by: Actor) -> StagePlan:
    """Say when a stage is meant to happen; the newest plan counts, an empty day takes it back."""
    with transaction.atomic():
        year = held_year(year_id, by)
        _used, rule = _stage_of(year, stage)
        if (standing := steps.standing_event(year.pk, stage, by)) is not None:
            raise _already(standing, rule)
        plan: StagePlan = StagePlan.objects.create(
            year=year, stage=stage.value, date=on, note=" ".join(note.split()), recorded_by_name=by.name
        )
        audit.record(by, "programme.stage_planned", about=plan, year=year.pk, stage=stage.value, day=on)
    return plan


def add_evidence(
    year_id: int,
    *,
    stage: Stage,
    item: str = "",
    title: str = "",
    reference: str = "",
    upload: Upload | None = None,
    on: date,
    precision: Precision = Precision.HARI,
    origin: Origin = Origin.UNIT,
    source: str = "",
    by: Actor,
) -> Evidence:
    """Show a paper, a picture or where one can be found; before, with or after its stage."""
    on, source = check_date(on, precision), check_source(origin, source)
    upload = _checked(upload)
    with transaction.atomic():
        year = held_year(year_id, by)
        rule = _stage_of(year, stage)[1]
        shown = Shown(item, title, reference, upload)
        added = _add_evidence(year, rule, shown, on, precision, origin, source, by)
        audit.record(
            by, "programme.evidence_added", about=added, year=year.pk, stage=stage.value, item=added.item
        )
    return added


def withdraw_stage(event_id: int, reason: str, *, by: Actor) -> RecordWithdrawal:
    """A stage recorded by mistake does not count any more; the record and the reason stay."""
    reason = check_reason(reason)
    with transaction.atomic():
        event = get_or_404(StageEvent, by, pk=event_id)
        held_year(event.year_id, by)
        check_not_withdrawn(RecordWithdrawal.objects.for_actor(by).filter(event=event).first())
        withdrawal: RecordWithdrawal = RecordWithdrawal.objects.create(
            event=event, reason=reason, recorded_by_name=by.name
        )
        audit.record(by, "programme.stage_withdrawn", about=event, year=event.year_id, stage=event.stage)
    return withdrawal


def withdraw_evidence(evidence_id: int, reason: str, *, by: Actor) -> RecordWithdrawal:
    """Evidence that does not count any more; refused while an accepted stage rests on it alone."""
    reason = check_reason(reason)
    with transaction.atomic():
        evidence = get_or_404(Evidence, by, pk=evidence_id)
        year = held_year(evidence.year_id, by)
        check_not_withdrawn(RecordWithdrawal.objects.for_actor(by).filter(evidence=evidence).first())
        _check_not_needed(year, evidence, by)
        withdrawal: RecordWithdrawal = RecordWithdrawal.objects.create(
            evidence=evidence, reason=reason, recorded_by_name=by.name
        )
        audit.record(by, "programme.evidence_withdrawn", about=evidence, year=year.pk, stage=evidence.stage)
    return withdrawal


def _against(
    year: ProgrammeYear,
    used: StageTemplate,
    rule: StageRule,
    day: tuple[date, Precision],
    origin: Origin,
    exception: str,
    by: Actor,
) -> Sequence[Obstacle]:
    """What speaks against the stage; refused when something does and nobody wrote why it is accepted all the same."""
    found = stages.obstacles(
        used,
        rule,
        day,
        recorded=steps.recorded(year.pk, by),
        given=steps.given(year, by),
        origin=origin,
    )
    if found and not exception:
        raise errors.ExceptionMissing([sentence(one) for one in found])
    return found


def _stage_of(year: ProgrammeYear, stage: Stage) -> tuple[StageTemplate, StageRule]:
    used = parse_template(year.template_text)
    rule = used.stage(stage)
    if rule is None:
        raise errors.UnknownStage
    return used, rule


def _checked(upload: Upload | None) -> Upload | None:
    return uploads.checked(upload.content, upload.name) if upload else None


def _add_evidence(
    year: ProgrammeYear,
    rule: StageRule,
    shown: Shown,
    on: date,
    precision: Precision,
    origin: Origin,
    source: str,
    by: Actor,
) -> Evidence:
    """One row; the caller writes the audit line."""
    asked = next((item for item in rule.evidence if item.id == shown.item), None)
    if shown.item and asked is None:
        raise errors.UnknownEvidence
    reference = " ".join(shown.reference.split())
    if not reference and shown.upload is None:
        raise errors.EvidenceNowhere
    if shown.on is not None:
        precision = shown.precision or Precision.HARI
        on = check_date(shown.on, precision)
    file = None
    if (upload := shown.upload) is not None:
        file, _is_new = keep(
            upload.content, name=upload.name, content_type=upload.content_type, by=by, level=Level.L2
        )
    title = (
        " ".join(shown.title.split()) or (asked.title if asked else "") or (file.name if file else reference)
    )
    added: Evidence = Evidence.objects.create(
        year=year,
        stage=rule.id.value,
        item=shown.item,
        title=title[:200],
        reference=reference,
        file=file,
        date=on,
        precision=precision.value,
        origin=origin.value,
        source=source,
        recorded_by_name=by.name,
    )
    return added


def _check_not_needed(year: ProgrammeYear, evidence: Evidence, by: Actor) -> None:
    rule = _stage_of(year, Stage(evidence.stage))[1]
    if evidence.item not in {item.id for item in stages.needed_now(rule)}:
        return
    event = steps.standing_event(year.pk, rule.id, by)
    others = Evidence.objects.for_actor(by).filter(year=year, item=evidence.item, withdrawal__isnull=True)
    if event is not None and not event.is_exception and not others.exclude(pk=evidence.pk).exists():
        raise errors.EvidenceNeeded(rule.title)


def _already(standing: StageEvent, rule: StageRule) -> errors.StageAlreadyRecorded:
    return errors.StageAlreadyRecorded(
        rule.title,
        on=dates.words(standing.date, Precision(standing.precision)),
        by=standing.recorded_by_name,
        at=moment(standing.recorded_at),
    )


def _is_the_same(standing: StageEvent, on: date, precision: Precision, by: Actor) -> bool:
    """The same form arrived twice: a double press, or a browser that tried again."""
    return (standing.date, standing.precision, standing.recorded_by_name) == (on, precision.value, by.name)


def _attempts(year: ProgrammeYear, stage: Stage, by: Actor) -> int:
    return int(StageEvent.objects.for_actor(by).filter(year=year, stage=stage.value).count())
