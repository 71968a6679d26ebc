"""The gate before release: sums, villages and the stored rows themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor, BersinarError, get_or_404
from bersinar.mapping import compute, errors
from bersinar.mapping.models import MappingRun, VillageResult
from bersinar.mapping.queries.objection_rows import standing_objections
from bersinar.mapping.queries.run_rows import counts_of, run_summary
from bersinar.methods.categories import Reconciliation, reconcile
from bersinar.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Gate:
    """The reconciliation of a run with the office's villages of today, and what else keeps it from release."""

    result: Reconciliation
    counts: dict[str, int]
    missing_names: tuple[str, ...]
    extra_names: tuple[str, ...]
    rows_are_sealed: bool  # the stored rows still give the fingerprint the run was stored with
    data_withdrawn: bool
    # Of every run of the round: another rule over the same data must not leave an objection behind.
    unanswered: int
    accepted: int
    objected_runs: tuple[int, ...]  # the runs those objections were made to


def gate(run_id: int, actor: Actor) -> Gate:
    """Do the stored results cover the office's villages, each once, and are they still what was computed?"""
    run = get_or_404(MappingRun, actor, pk=run_id)
    summary = run_summary(run_id, actor)
    villages = territory.villages_of_office(run.office_id)
    expected = {village.pk: f"{village.name} ({village.district.name})" for village in villages}
    rows = list(VillageResult.objects.for_actor(actor).filter(run=run).select_related("village__district"))
    counts = counts_of(run_id, actor)
    result = reconcile(
        counts,
        len(expected),
        expected_ids=sorted(expected),
        result_ids=[row.village_id for row in rows],
    )
    standing = standing_objections(run, actor)
    extra = [row.village for row in rows if row.village_id not in expected]
    return Gate(
        result=result,
        counts=counts,
        missing_names=tuple(sorted(expected[int(str(key))] for key in result.missing)),
        extra_names=tuple(sorted(f"{village.name} ({village.district.name})" for village in extra)),
        rows_are_sealed=_fingerprint(rows, run.round.salt) == run.result_fingerprint and counts == run.counts,
        data_withdrawn=summary.withdrawn,
        unanswered=len(standing.unanswered),
        accepted=len(standing.accepted),
        objected_runs=tuple(dict.fromkeys(one.run_id for one in (*standing.unanswered, *standing.accepted))),
    )


def why_not_released(found: Gate) -> BersinarError | None:
    """The first thing that keeps the run from release, or None."""
    if not found.result.ok:
        return errors.SumsDoNotMatch(found.result, missing=found.missing_names, extra=found.extra_names)
    if not found.rows_are_sealed:
        return errors.ResultsChanged()
    if found.data_withdrawn:
        return errors.DataWithdrawn()
    if found.unanswered:
        return errors.OpenObjections(found.unanswered)
    if found.accepted:
        return errors.AcceptedObjections(found.accepted)
    return None


def _fingerprint(rows: list[VillageResult], salt: str) -> str:
    keyed = [(row.village.code or f"#{row.village_id}", _outcome(row)) for row in rows]
    return compute.fingerprint(keyed, salt=salt)


def _outcome(row: VillageResult) -> compute.VillageOutcome:
    return compute.VillageOutcome(
        severity=row.severity,
        possible=row.possible,
        unmatched=row.unmatched,
        n_main=row.n_main,
        n_supporting=row.n_supporting,
        present=tuple(row.present.split()),
        missing=tuple(row.missing.split()),
        settles=tuple(row.settles.split()),
        distance=tuple(int(d) for d in row.distance.split()),
        anomalies=row.anomalies,
        yes_only=tuple(row.yes_only.split()),
    )
