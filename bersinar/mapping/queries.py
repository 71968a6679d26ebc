"""What the mapping stage tells: runs, results, the gate, and a village's history."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Count, Q, QuerySet

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import rules
from bersinar.mapping.compute import category_at
from bersinar.mapping.models import MappingRun, Objection, Release, StoredRule, VillageResult
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import (
    NO_LINE_BIT,
    Anomaly,
    Category,
    CountRule,
    Reconciliation,
    categories_in,
    reconcile,
)
from bersinar.territory import queries as territory

PUBLISHED_KEY = "terbit"
PAGE = 100
# What people without the right to enforcement values may sort and filter by: nothing that counts indicators,
# because an order by counts tells the counts.
SORTS = {
    "desa": ("village__name", "village__code"),
    "kecamatan": ("village__district__name", "village__name"),
    "kategori": ("-severity", "-possible", "village__name"),
}
SORTS_WITH_VALUES = SORTS | {
    "pokok": ("-n_main", "-n_supporting", "village__name"),
    "pendukung": ("-n_supporting", "-n_main", "village__name"),
}


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule one may calculate with."""

    key: str
    title: str
    rule: CountRule


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line in the list of runs."""

    id: int
    year: int
    rule_id: str
    rule_version: str
    instrument: str
    computed_at: datetime
    computed_by: str
    n_villages: int
    counts: dict[str, int]
    released_at: datetime | None
    unanswered: int
    is_example: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One village of the table. Fields that tell indicator counts are None without the right to them."""

    village_id: int
    code: str
    name: str
    district: str
    category: Category | None
    possible: tuple[Category, ...]
    unmatched: bool
    open_end: bool
    line_is_example: bool
    missing: tuple[str, ...]
    settles: tuple[str, ...]
    n_main: int | None
    n_supporting: int | None
    anomalies: Anomaly | None
    present: tuple[str, ...] | None
    distance: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Gate:
    """The reconciliation of a run with the office's villages."""

    result: Reconciliation
    counts: dict[str, int]
    missing_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A village's category in one released run, and whether it may be compared with the one before."""

    run_id: int
    year: int
    instrument: str
    rule_id: str
    rule_version: str
    category: Category | None
    possible: tuple[Category, ...]
    released_at: datetime
    breaks_series: bool


def rule_choices(actor: Actor) -> list[RuleChoice]:
    """The published rule first, then the office's own versions, newest first."""
    choices = [RuleChoice(PUBLISHED_KEY, rules.published_rule().title, rules.published_rule())]
    for stored in StoredRule.objects.for_actor(actor).order_by("-created_at", "-pk"):
        choices.append(RuleChoice(f"unit:{stored.pk}", stored.title, rules.parse_rule(stored.text)))
    return choices


def rule_text(key: str, actor: Actor) -> str:
    """The exact text of a rule one may calculate with."""
    if key == PUBLISHED_KEY:
        return rules.shipped_text()
    number = key.removeprefix("unit:")
    return get_or_404(StoredRule, actor, pk=int(number) if number.isdigit() else 0).text


def runs(actor: Actor) -> list[RunSummary]:
    """All runs of the actor's offices, newest first."""
    return _summaries(MappingRun.objects.for_actor(actor), actor)


def run_summary(run_id: int, actor: Actor) -> RunSummary:
    """One run; 404 out of scope."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    return _summaries(MappingRun.objects.for_actor(actor).filter(pk=run.pk), actor)[0]


def run_rule(run_id: int, actor: Actor) -> CountRule:
    """The rule as it was when the run was made."""
    return rules.parse_rule(get_or_404(MappingRun, actor, pk=run_id).rule_text)


def is_released(run_id: int, actor: Actor) -> bool:
    """Has the run stopped being provisional?"""
    return Release.objects.for_actor(actor).filter(run_id=run_id).exists()


def latest_released(actor: Actor, *, year: int | None = None) -> int | None:
    """The newest released run, for later stages."""
    found = Release.objects.for_actor(actor)
    if year is not None:
        found = found.filter(run__year=year)
    return found.order_by("-released_at", "-pk").values_list("run_id", flat=True).first()


def unanswered_objections(run_id: int, actor: Actor) -> int:
    """How many objections wait for an answer."""
    return Objection.objects.for_actor(actor).filter(run_id=run_id, answer=None).count()


def objections(run_id: int, actor: Actor) -> QuerySet[Objection]:
    """Objections of one run with their answers."""
    return (
        Objection.objects.for_actor(actor)
        .filter(run_id=run_id)
        .select_related("village", "village__district", "answer")
    )


def objection(pk: int, actor: Actor) -> Objection:
    """One objection; 404 out of scope."""
    return get_or_404(Objection, actor, pk=pk)


def village_in_run(run_id: int, code: str, actor: Actor) -> int | None:
    """The village of a run by its code."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id, village__code=code.strip())
    return rows.values_list("village_id", flat=True).first()


def counts_of(run_id: int, actor: Actor) -> dict[str, int]:
    """Villages per category counted from the stored rows, not from the run's own note."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    found = dict(rows.values_list("severity").annotate(n=Count("pk")).order_by())
    words = {category.value: found.get(category.severity, 0) for category in reversed(Category)}
    return words | {OPEN: found.get(-1, 0)}


def gate(run_id: int, actor: Actor) -> Gate:
    """Do the stored results cover the office's villages, each once?"""
    run = get_or_404(MappingRun, actor, pk=run_id)
    expected = {village.pk: village.name for village in territory.villages_of_office(run.office_id)}
    results = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    counts = counts_of(run_id, actor)
    result = reconcile(
        counts,
        len(expected),
        expected_ids=sorted(expected),
        result_ids=list(results.values_list("village_id", flat=True)),
    )
    return Gate(result, counts, tuple(sorted(expected[int(str(key))] for key in result.missing)))


def results(
    run_id: int, actor: Actor, *, sort: str = "kategori", category: str = "", search: str = "", page: int = 1
) -> tuple[list[ResultRow], int]:
    """One page of the table and the number of villages that fit the filter."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    detail = actor.can(Right.VALUES_SEE_ENFORCEMENT)
    orders = SORTS_WITH_VALUES if detail else SORTS
    found = VillageResult.objects.for_actor(actor).filter(run=run).select_related("village__district")
    if category == OPEN:
        found = found.filter(severity=-1)
    elif category in set(Category):
        found = found.filter(severity=Category(category).severity)
    if search:
        found = found.filter(village__name__icontains=search)
    total = found.count()
    start = (max(page, 1) - 1) * PAGE
    rows = found.order_by(*orders.get(sort, SORTS["kategori"]), "pk")[start : start + PAGE]
    examples = example_categories(rules.parse_rule(run.rule_text))
    return [_row(row, examples, detail=detail) for row in rows], total


def result_of_village(run_id: int, village_id: int, actor: Actor) -> ResultRow | None:
    """One village in one run."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    row = (
        VillageResult.objects.for_actor(actor)
        .filter(run=run, village_id=village_id)
        .select_related("village__district")
        .first()
    )
    if row is None:
        return None
    examples = example_categories(rules.parse_rule(run.rule_text))
    return _row(row, examples, detail=actor.can(Right.VALUES_SEE_ENFORCEMENT))


def category_by_village(run_id: int, actor: Actor) -> dict[int, tuple[Category | None, tuple[Category, ...]]]:
    """Village id to category and possible categories; what the map and the candidate list need."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id)
    return {
        village: (None if severity < 0 else category_at(severity), categories_in(possible))
        for village, severity, possible in rows.values_list("village_id", "severity", "possible")
    }


def history(village_id: int, actor: Actor) -> list[HistoryEntry]:
    """A village's category over the released runs, oldest first, with breaks of instrument or rule marked."""
    rows = (
        VillageResult.objects.for_actor(actor)
        .filter(village_id=village_id, run__release__isnull=False)
        .select_related("run__release")
        .order_by("run__year", "run__release__released_at", "pk")
    )
    entries: list[HistoryEntry] = []
    for row in rows:
        run = row.run
        last = entries[-1] if entries else None
        ways = (run.instrument, run.rule_id, run.rule_version)
        entries.append(
            HistoryEntry(
                run_id=run.pk,
                year=run.year,
                instrument=run.instrument,
                rule_id=run.rule_id,
                rule_version=run.rule_version,
                category=None if row.severity < 0 else category_at(row.severity),
                possible=categories_in(row.possible),
                released_at=run.release.released_at,
                breaks_series=last is not None and ways != (last.instrument, last.rule_id, last.rule_version),
            )
        )
    return entries


def example_categories(rule: CountRule) -> frozenset[Category]:
    """Categories whose line was made up for the demo; shown wherever the category shows."""
    return frozenset(line.category for line in rule.lines if line.status == "contoh")


def _summaries(found: QuerySet[MappingRun], actor: Actor) -> list[RunSummary]:
    listed = list(
        found.select_related("release")
        .annotate(unanswered=Count("objections", filter=Q(objections__answer=None)))
        .order_by("-computed_at", "-pk")
    )
    withdrawn = _with_withdrawn_data(listed, actor)
    return [_summary(run, run.pk in withdrawn) for run in listed]


def _summary(run: MappingRun, withdrawn: bool) -> RunSummary:
    release = getattr(run, "release", None)
    return RunSummary(
        id=run.pk,
        year=run.year,
        rule_id=run.rule_id,
        rule_version=run.rule_version,
        instrument=run.instrument,
        computed_at=run.computed_at,
        computed_by=run.computed_by_name,
        n_villages=run.n_villages,
        counts=run.counts,
        released_at=release.released_at if release else None,
        unanswered=getattr(run, "unanswered", 0),
        is_example=run.is_example,
        withdrawn=withdrawn,
    )


def _row(row: VillageResult, examples: frozenset[Category], *, detail: bool) -> ResultRow:
    category = None if row.severity < 0 else category_at(row.severity)
    return ResultRow(
        village_id=row.village_id,
        code=row.village.code,
        name=row.village.name,
        district=row.village.district.name,
        category=category,
        possible=categories_in(row.possible),
        unmatched=row.unmatched,
        open_end=bool(row.possible & NO_LINE_BIT),
        line_is_example=category in examples,
        missing=tuple(row.missing.split()),
        settles=tuple(row.settles.split()),
        n_main=row.n_main if detail else None,
        n_supporting=row.n_supporting if detail else None,
        anomalies=Anomaly(row.anomalies) if detail else None,
        present=tuple(row.present.split()) if detail else None,
        distance=tuple(int(d) for d in row.distance.split()) if detail else None,
    )


def _with_withdrawn_data(found: Sequence[MappingRun], actor: Actor) -> set[int]:
    """Runs that used an entry which was withdrawn afterwards."""
    withdrawn: dict[int, np.ndarray] = {}
    marked = set()
    for run in found:
        if run.round_id not in withdrawn:
            ids = fieldwork.withdrawn_entry_ids(run.round_id, actor)
            withdrawn[run.round_id] = np.fromiter(ids, dtype=np.int64)
        used = np.frombuffer(zlib.decompress(bytes(run.entry_ids)), dtype="<i8")
        if np.isin(withdrawn[run.round_id], used).any():
            marked.add(run.pk)
    return marked
