"""Runs: which there are, what each was made from, and which one counts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bersinar.access import Actor, get_or_404
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import rules
from bersinar.mapping.models import MappingRun, Release, VillageResult
from bersinar.mapping.vocabulary import OPEN, ObjectionOutcome
from bersinar.methods.categories import Category, CountRule


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line in the list of runs."""

    id: int
    office_id: int
    office_name: str
    round_id: int
    round_title: str
    year: int
    rule_id: str
    rule_version: str
    instrument: str
    input_fingerprint: str
    result_fingerprint: str
    computed_at: datetime
    computed_by: str
    n_villages: int
    counts: dict[str, int]
    released_at: datetime | None
    released_by: str
    release_note: str
    is_current: bool  # the newest released run of its office and year
    unanswered: int
    accepted: int
    is_example: bool  # the rule holds lines or thresholds made up for the demo
    data_is_example: bool  # the values were generated
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ReleasedRun:
    """The run that speaks for an office in a year, and the rule it was made by."""

    office_id: int
    year: int
    run_id: int
    rule: str
    is_example: bool  # made-up lines or generated values


def runs(actor: Actor) -> list[RunSummary]:
    """All runs of the actor's offices, newest first."""
    return _summaries(MappingRun.objects.for_actor(actor), actor)


def run_summary(run_id: int, actor: Actor) -> RunSummary:
    """One run; 404 out of scope."""
    found = _summaries(MappingRun.objects.for_actor(actor).filter(pk=run_id), actor)
    if not found:
        raise Http404
    return found[0]


def run_and_rule(run_id: int, actor: Actor) -> tuple[RunSummary, CountRule]:
    """One run with the rule as it was when the run was made; 404 out of scope."""
    listed = _listed(MappingRun.objects.for_actor(actor).filter(pk=run_id), actor)
    if not listed:
        raise Http404
    (summary,) = _summaries_of(listed, actor)
    return summary, rules.parse_rule(listed[0].rule_text)


def run_rule(run_id: int, actor: Actor) -> CountRule:
    """The rule as it was when the run was made."""
    return rules.parse_rule(get_or_404(MappingRun, actor, pk=run_id).rule_text)


def is_released(run_id: int, actor: Actor) -> bool:
    """Has the run stopped being provisional?"""
    return bool(Release.objects.for_actor(actor).filter(run_id=run_id).exists())


def counts_of(run_id: int, actor: Actor) -> dict[str, int]:
    """Villages per category counted from the stored rows, not from the run's own note."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    found = dict(rows.values_list("severity").annotate(n=Count("pk")).order_by())
    words = {category.value: found.get(category.severity, 0) for category in reversed(Category)}
    return words | {OPEN: found.get(-1, 0)}


def releases(actor: Actor) -> list[ReleasedRun]:
    """The newest released run of each office and year."""
    columns = ("run__office_id", "run__year", "run_id", "run__rule_id", "run__rule_version")
    rows = Release.objects.for_actor(actor).order_by("-pk")
    newest: dict[tuple[int, int], ReleasedRun] = {}
    for office, year, run, rule, version, lines, data in rows.values_list(
        *columns, "run__is_example", "run__round__is_example"
    ):
        newest.setdefault((office, year), ReleasedRun(office, year, run, f"{rule} {version}", lines or data))
    return list(newest.values())


def counts_by_regency(run_id: int, actor: Actor) -> dict[str, dict[str, int]]:
    """Villages per category by the code of the kabupaten or kota; `undecided` counts the open ones."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id).order_by()
    counted = rows.values_list("village__district__regency__code", "severity").annotate(n=Count("pk"))
    words = {one.severity: one.value.lower() for one in Category} | {-1: "undecided"}
    found: dict[str, dict[str, int]] = {}
    for code, severity, count in counted:
        found.setdefault(code, {})[words[severity]] = count
    return found


def data_changed(run: RunSummary, actor: Actor) -> bool:
    """Would a calculation use other values now than this run did?"""
    return fieldwork.fingerprint(run.round_id, actor) != run.input_fingerprint


def _summaries(found: QuerySet[MappingRun], actor: Actor) -> list[RunSummary]:
    return _summaries_of(_listed(found.defer("rule_text"), actor), actor)


def _summaries_of(listed: list[MappingRun], actor: Actor) -> list[RunSummary]:
    withdrawn = _with_withdrawn_data(listed, actor)
    return [_summary(run, run.pk in withdrawn) for run in listed]


def _listed(found: QuerySet[MappingRun], actor: Actor) -> list[MappingRun]:
    """Newest first, with what a summary counts."""
    same = Release.objects.for_actor(actor).filter(run__office=OuterRef("office"), run__year=OuterRef("year"))
    objected = Q(objections__answer__outcome=ObjectionOutcome.DITERIMA.value)
    return list(
        found.select_related("release", "round", "office")
        .annotate(
            unanswered=Count("objections", filter=Q(objections__answer=None)),
            accepted=Count("objections", filter=objected),
            released_last=Subquery(same.order_by("-pk").values("run_id")[:1]),
        )
        .order_by("-pk")
    )


def _summary(run: MappingRun, withdrawn: bool) -> RunSummary:
    release: Release | None = getattr(run, "release", None)
    return RunSummary(
        id=run.pk,
        office_id=run.office_id,
        office_name=run.office.name,
        round_id=run.round_id,
        round_title=run.round.title,
        year=run.year,
        rule_id=run.rule_id,
        rule_version=run.rule_version,
        instrument=run.instrument,
        input_fingerprint=run.input_fingerprint,
        result_fingerprint=run.result_fingerprint,
        computed_at=run.computed_at,
        computed_by=run.computed_by_name,
        n_villages=run.n_villages,
        counts=run.counts,
        released_at=release.released_at if release else None,
        released_by=release.released_by_name if release else "",
        release_note=release.note if release else "",
        is_current=getattr(run, "released_last", None) == run.pk,
        unanswered=getattr(run, "unanswered", 0),
        accepted=getattr(run, "accepted", 0),
        is_example=run.is_example,
        data_is_example=run.round.is_example,
        withdrawn=withdrawn,
    )


def uses_withdrawn_data(run: MappingRun, actor: Actor) -> bool:
    """Was a value this run used withdrawn afterwards?"""
    return bool(_with_withdrawn_data([run], actor))


def entries_used(run: MappingRun) -> np.ndarray:
    """Numbers of the entries a run was made from."""
    return np.frombuffer(zlib.decompress(bytes(run.entry_ids)), dtype="<i8")


def _with_withdrawn_data(found: Sequence[MappingRun], actor: Actor) -> set[int]:
    """Runs that used an entry which was withdrawn afterwards."""
    withdrawn = fieldwork.withdrawn_entry_ids({run.round_id for run in found}, actor)
    marked = set()
    for run in found:
        if np.isin(np.array(withdrawn[run.round_id], dtype=np.int64), entries_used(run)).any():
            marked.add(run.pk)
    return marked
