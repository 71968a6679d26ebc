"""What people do with a map: calculate, object, answer, release, and enter their own lines."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from bersinar import audit
from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import queries as fieldwork
from bersinar.fieldwork.models import Round
from bersinar.mapping import compute, errors, queries, rules
from bersinar.mapping.models import (
    MappingRun,
    Objection,
    ObjectionAnswer,
    Release,
    StoredRule,
    VillageResult,
)
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import CountRule, Line, RuleError, Status


def run_mapping(round_id: int, *, rule_key: str, by: Actor) -> MappingRun:
    """Give every village of the round its category under one rule; the same input gives the same run."""
    by.require(Right.MAP_RUN)
    round_ = get_or_404(Round, by, pk=round_id)
    text = queries.rule_text(rule_key, by)
    rule = rules.parse_rule(text)
    table = fieldwork.indicator_table(round_id, by)
    if not table.villages:
        raise errors.NothingToMap()
    lacking = [name for name in rule.indicators if name not in table.indicators]
    if lacking:
        raise errors.RuleDoesNotFit(lacking)
    rows, counts = compute.outcomes(table.values, table.state, rule=rule, indicators=table.indicators)
    with transaction.atomic():
        earlier = MappingRun.objects.for_actor(by).filter(
            round_id=round_id, input_fingerprint=table.fingerprint, rule_id=rule.id, rule_version=rule.version
        )
        if (same := earlier.first()) is not None:
            return same
        keys = [village.code or f"#{village.id}" for village in table.villages]
        run = MappingRun.objects.create(
            office_id=round_.office_id,
            round=round_,
            year=round_.year,
            instrument=f"{round_.instrument_id} {round_.instrument_version}",
            rule_id=rule.id,
            rule_version=rule.version,
            rule_text=text,
            input_fingerprint=table.fingerprint,
            result_fingerprint=compute.fingerprint(list(zip(keys, rows, strict=True))),
            entry_ids=_packed(table.entry_ids),
            n_villages=len(rows),
            counts=counts,
            is_example=rules.has_examples(rule),
            computed_by_name=by.name,
        )
        VillageResult.objects.bulk_create(
            (_result(run, village.id, row) for village, row in zip(table.villages, rows, strict=True)),
            batch_size=1000,
        )
        audit.record(
            by, "mapping.computed", about=run, rule=rule.id, version=rule.version, villages=len(rows)
        )
    return run


def release_run(run_id: int, *, by: Actor, note: str = "") -> Release:
    """Make a run official. Refused while sums do not match or an objection waits."""
    by.require(Right.MAP_RUN)
    with transaction.atomic():
        run = _locked(run_id, by)
        if queries.is_released(run_id, by):
            raise errors.AlreadyReleased()
        waiting = queries.unanswered_objections(run_id, by)
        if waiting:
            raise errors.OpenObjections(waiting)
        gate = queries.gate(run_id, by)
        if not gate.result.ok:
            raise errors.SumsDoNotMatch(gate.result, missing=gate.missing_names)
        release = Release.objects.create(run=run, counts=gate.counts, note=note, released_by_name=by.name)
        audit.record(by, "mapping.released", about=run, counts=gate.counts)
    return release


def record_objection(
    run_id: int, *, village_id: int, text: str, raised_by: str, raised_on: date, by: Actor
) -> Objection:
    """Write down that a village does not agree with its category, before release."""
    by.require(Right.MAP_RUN)
    with transaction.atomic():
        run = _locked(run_id, by)
        if queries.is_released(run_id, by):
            raise errors.AlreadyReleased()
        if not VillageResult.objects.for_actor(by).filter(run=run, village_id=village_id).exists():
            raise errors.VillageNotInRun()
        objection = Objection.objects.create(
            run=run,
            village_id=village_id,
            text=text,
            raised_by=raised_by,
            raised_on=raised_on,
            recorded_by_name=by.name,
        )
        audit.record(by, "mapping.objected", about=objection, run=run.pk)
    return objection


def answer_objection(
    objection_id: int, *, outcome: ObjectionOutcome, text: str, by: Actor
) -> ObjectionAnswer:
    """Give the office's one answer; the run itself stays as it is."""
    by.require(Right.MAP_RUN)
    with transaction.atomic():
        objection = get_or_404(Objection, by, pk=objection_id)
        _locked(objection.run_id, by)
        if queries.is_released(objection.run_id, by):
            raise errors.AlreadyReleased()
        if ObjectionAnswer.objects.for_actor(by).filter(objection=objection).exists():
            raise errors.AlreadyAnswered()
        answer = ObjectionAnswer.objects.create(
            objection=objection, outcome=outcome.value, text=text, answered_by_name=by.name
        )
        audit.record(by, "mapping.objection_answered", about=objection, outcome=outcome.value)
    return answer


def add_own_rule(
    *, title: str, document: str, lines: Sequence[Line], by: Actor, status: Status = Status.OWN
) -> StoredRule:
    """Store a unit's own lines under the published one, as a new version that is never edited."""
    by.require(Right.MAP_RUN)
    if by.office_id is None:
        raise errors.RuleRefused(
            _("Akun Anda tidak terikat pada satu unit. Masuk dengan akun unit untuk menambah aturan.")
        )
    with transaction.atomic():
        rule_id = f"unit-{by.office_id}"
        version = str(StoredRule.objects.for_actor(by).filter(rule_id=rule_id).count() + 1)
        rule = _own_rule(rule_id, version, title, document, lines, by, status)
        stored = StoredRule.objects.create(
            office_id=by.office_id,
            rule_id=rule_id,
            version=version,
            title=title,
            text=rules.write_rule(rule),
            created_by_name=by.name,
        )
        audit.record(by, "mapping.rule_added", about=stored, version=version, lines=len(rule.lines))
    return stored


def _locked(run_id: int, by: Actor) -> MappingRun:
    """The run, held until the transaction ends.

    Without the lock an objection could slip in on PostgreSQL between the gate and the release.
    """
    get_or_404(MappingRun, by, pk=run_id)
    return MappingRun.objects.for_actor(by).select_for_update().get(pk=run_id)


def _own_rule(
    rule_id: str, version: str, title: str, document: str, lines: Sequence[Line], by: Actor, status: Status
) -> CountRule:
    try:
        return rules.with_own_lines(
            rules.published_rule(),
            lines,
            rule_id=rule_id,
            version=version,
            title=title,
            authority=by.office_name,
            document=document,
            status=status,
        )
    except RuleError as error:
        raise errors.RuleRefused(str(error)) from error


def _result(run: MappingRun, village_id: int, row: compute.VillageOutcome) -> VillageResult:
    return VillageResult(
        run=run,
        village_id=village_id,
        severity=row.severity,
        possible=row.possible,
        unmatched=row.unmatched,
        n_main=row.n_main,
        n_supporting=row.n_supporting,
        missing=" ".join(row.missing),
        settles=" ".join(row.settles),
        present=" ".join(row.present),
        distance=" ".join(str(d) for d in row.distance),
        anomalies=row.anomalies,
    )


def _packed(entry_ids: np.ndarray) -> bytes:
    used = np.unique(entry_ids[entry_ids >= 0]).astype("<i8")
    return zlib.compress(used.tobytes())
