"""Calculate and release. A run is written once; what happens to it later is appended."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Right
from bersinar.access.counting import MANY, count_anew
from bersinar.fieldwork import queries as fieldwork
from bersinar.fieldwork.queries import IndicatorTable
from bersinar.fieldwork.rules.instrument import Instrument
from bersinar.mapping import compute, errors, queries, rules
from bersinar.mapping.actions.common import own_round, own_run
from bersinar.mapping.models import MappingRun, Release, VillageResult
from bersinar.methods.categories import CountRule

BATCH = 1000
Progress = Callable[[int, int], None]


def run_mapping(
    round_id: int, *, rule_key: str, by: Actor, progress: Progress = lambda done, total: None
) -> MappingRun:
    """Give every village of the round its category under one rule; the same input gives the same run."""
    by.require(Right.MAP_RUN)
    text = queries.rule_text(rule_key, by)
    rule = rules.parse_rule(text)
    with transaction.atomic():
        round_ = own_round(round_id, by)
        table = fieldwork.indicator_table(round_id, by)
        _check_fits(table, fieldwork.instrument_of(round_), rule)
        same = MappingRun.objects.for_actor(by).filter(
            round=round_, input_fingerprint=table.fingerprint, rule_fingerprint=rules.fingerprint(text)
        )
        earlier: MappingRun | None = same.first()
        if earlier is not None:
            return earlier
        rows, counts = compute.outcomes(
            table.values, table.state, rule=rule, indicators=table.indicators, yes=table.yes
        )
        keys = [village.code or f"#{village.id}" for village in table.villages]
        run = MappingRun.objects.create(
            office_id=round_.office_id,
            round=round_,
            year=round_.year,
            instrument=f"{round_.instrument_id} {round_.instrument_version}",
            rule_id=rule.id,
            rule_version=rule.version,
            rule_text=text,
            rule_fingerprint=rules.fingerprint(text),
            input_fingerprint=table.fingerprint,
            result_fingerprint=compute.fingerprint(list(zip(keys, rows, strict=True)), salt=round_.salt),
            entry_ids=_packed(table.entry_ids),
            n_villages=len(rows),
            counts=counts,
            is_example=rules.has_examples(rule),
            computed_by_name=by.name,
        )
        _keep_results(run, table, rows, progress)
        audit.record(
            by, "mapping.computed", about=run, rule=rule.id, version=rule.version, villages=len(rows)
        )
    return run


def _keep_results(
    run: MappingRun, table: IndicatorTable, rows: list[compute.VillageOutcome], progress: Progress
) -> None:
    """In parts, so that whoever waits sees it go on."""
    for start in range(0, len(rows), BATCH):
        part = slice(start, start + BATCH)
        VillageResult.objects.bulk_create(
            _result(run, village.id, row)
            for village, row in zip(table.villages[part], rows[part], strict=True)
        )
        progress(min(start + BATCH, len(rows)), len(rows))
    if len(rows) >= MANY:
        count_anew(VillageResult)


def release_run(run_id: int, *, by: Actor, note: str = "") -> Release:
    """Make a run official. Refused while sums do not match, data were withdrawn or an objection stands."""
    by.require(Right.MAP_RUN)
    with transaction.atomic():
        run = own_run(run_id, by)
        if queries.is_released(run_id, by):
            raise errors.AlreadyReleased
        gate = queries.gate(run_id, by)
        if (refusal := queries.why_not_released(gate)) is not None:
            raise refusal
        release = Release.objects.create(
            run=run, counts=gate.counts, note=note.strip(), released_by_name=by.name
        )
        audit.record(by, "mapping.released", about=run, counts=gate.counts)
    return release


def _check_fits(table: IndicatorTable, asked: Instrument, rule: CountRule) -> None:
    if not table.villages:
        raise errors.NothingToMap
    lacking = [name for name in rule.indicators if name not in table.indicators]
    if lacking:
        raise errors.RuleDoesNotFit(lacking)
    units = {one.id: one.unit for one in asked.indicators}
    other = [name for name in rule.indicators if rule.presence[name].unit not in ("", units[name])]
    if other:
        raise errors.OtherUnits(other)


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
        yes_only=" ".join(row.yes_only),
        settles=" ".join(row.settles),
        present=" ".join(row.present),
        distance=" ".join(str(d) for d in row.distance),
        anomalies=row.anomalies,
    )


def _packed(entry_ids: np.ndarray) -> bytes:
    used = np.unique(entry_ids[entry_ids >= 0]).astype("<i8")
    return zlib.compress(used.tobytes())
