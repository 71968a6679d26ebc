"""What a run says about villages. Fields that tell indicator counts stay empty without the right to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import rules
from bersinar.mapping.compute import category_at
from bersinar.mapping.models import MappingRun, VillageResult
from bersinar.mapping.vocabulary import OPEN
from bersinar.methods.categories import (
    NO_LINE_BIT,
    Anomaly,
    Category,
    Status,
    categories_in,
)

PAGE = 100
BLOCK = 2_000
# Worst first, undecided before calm.
_RANK = Case(When(severity=-1, then=Value(4)), default=F("severity") * 2 + 1, output_field=IntegerField())
# What people without the right to enforcement values may sort and filter by: nothing that counts indicators,
# because an order by counts tells the counts.
SORTS = {
    "kategori": ("-rank", "-possible", "village__name"),
    "desa": ("village__name", "village__code"),
    "kecamatan": ("village__district__name", "village__name"),
}
SORTS_WITH_VALUES = SORTS | {
    "pokok": ("-n_main", "-n_supporting", "village__name"),
    "pendukung": ("-n_supporting", "-n_main", "village__name"),
}
ANOMALOUS = "PERIKSA"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One village of the table. Fields that tell indicator counts are None without the right to them.

    `missing` and `settles` then name only open indicators; `closed_settles` says that a closed one would settle it.
    """

    village_id: int
    code: str
    name: str
    kind: str
    district: str
    regency: str
    category: Category | None
    possible: tuple[Category, ...]
    unmatched: bool
    open_end: bool
    line_status: Status | None  # how sure the line is that gave the category; None while open
    missing: tuple[str, ...]
    yes_only: tuple[str, ...]  # of the missing ones: answered with a yes, where the rule asks for more
    settles: tuple[str, ...]
    closed_settles: bool
    n_main: int | None
    n_supporting: int | None
    anomalies: Anomaly | None
    present: tuple[str, ...] | None
    distance: tuple[int, ...] | None

    @property
    def line_is_example(self) -> bool:
        return self.line_status is Status.CONTOH


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
    open_end: bool  # the village may still reach no line at all
    line_status: Status | None
    released_at: datetime
    breaks_series: bool


def results(
    run_id: int,
    actor: Actor,
    *,
    sort: str = "kategori",
    category: str = "",
    district: str = "",
    search: str = "",
    page: int = 1,
) -> tuple[list[ResultRow], int]:
    """One page of the table and the number of villages that fit the filter."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    detail = actor.can(Right.VALUES_SEE_ENFORCEMENT)
    orders = SORTS_WITH_VALUES if detail else SORTS
    found = _rows_of(run, actor)
    if category == OPEN:
        found = found.filter(severity=-1)
    elif category in set(Category):
        found = found.filter(severity=Category(category).severity)
    elif category == ANOMALOUS and detail:
        found = found.filter(anomalies__gt=0)
    if district:
        found = found.filter(village__district__name=district)
    if search:
        found = found.filter(village__name__icontains=search)
    total = found.count()
    start = (max(page, 1) - 1) * PAGE
    ordered = found.annotate(rank=_RANK).order_by(*orders.get(sort, SORTS["kategori"]), "pk")
    statuses, closed = _statuses(run), _closed(run, detail=detail)
    return [_row(row, statuses, closed, detail=detail) for row in ordered[start : start + PAGE]], total


def all_results(run_id: int, actor: Actor) -> list[ResultRow]:
    """Every village by code, without anything that counts indicators."""
    return list(each_result(run_id, actor))


def each_result(run_id: int, actor: Actor) -> Iterator[ResultRow]:
    """The same one after the other, for files that leave the office: a nation takes no more memory than a page."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    statuses, closed = _statuses(run), _closed(run, detail=False)
    rows = _rows_of(run, actor).order_by("village__code").iterator(BLOCK)
    return (_row(row, statuses, closed, detail=False) for row in rows)


def result_of_village(run_id: int, village_id: int, actor: Actor) -> ResultRow | None:
    """One village in one run."""
    run = get_or_404(MappingRun, actor, pk=run_id)
    row = _rows_of(run, actor).filter(village_id=village_id).first()
    if row is None:
        return None
    detail = actor.can(Right.VALUES_SEE_ENFORCEMENT)
    return _row(row, _statuses(run), _closed(run, detail=detail), detail=detail)


def districts_of(run_id: int, actor: Actor) -> list[str]:
    """The kecamatan of a run, for a filter."""
    rows = VillageResult.objects.for_actor(actor).filter(run_id=run_id).order_by()
    return sorted(rows.values_list("village__district__name", flat=True).distinct())


def n_anomalies(run_id: int, actor: Actor) -> int | None:
    """Villages to look at twice; None without the right, because each of them tells its counts."""
    if not actor.can(Right.VALUES_SEE_ENFORCEMENT):
        return None
    return int(VillageResult.objects.for_actor(actor).filter(run_id=run_id, anomalies__gt=0).count())


def history(village_id: int, actor: Actor) -> list[HistoryEntry]:
    """A village's category over the released runs, oldest first, with breaks of instrument or rule marked."""
    rows = (
        VillageResult.objects.for_actor(actor)
        .filter(village_id=village_id, run__release__isnull=False)
        .select_related("run__release")
        .order_by("run__year", "run__release__pk", "pk")
    )
    entries: list[HistoryEntry] = []
    rule_before = ""
    for row in rows:
        run = row.run
        last = entries[-1] if entries else None
        broken = last is not None and (run.instrument, run.rule_fingerprint) != (last.instrument, rule_before)
        rule_before = run.rule_fingerprint
        category = _category(row.severity)
        statuses = _statuses(run)
        entries.append(
            HistoryEntry(
                run_id=run.pk,
                year=run.year,
                instrument=run.instrument,
                rule_id=run.rule_id,
                rule_version=run.rule_version,
                category=category,
                possible=categories_in(row.possible),
                open_end=bool(row.possible & NO_LINE_BIT),
                line_status=statuses.get(category) if category else None,
                released_at=run.release.released_at,
                breaks_series=broken,
            )
        )
    return entries


def _rows_of(run: MappingRun, actor: Actor) -> QuerySet[VillageResult]:
    found: QuerySet[VillageResult] = (
        VillageResult.objects.for_actor(actor).filter(run=run).select_related("village__district__regency")
    )
    return found


def _category(severity: int) -> Category | None:
    return None if severity < 0 else category_at(severity)


def _statuses(run: MappingRun) -> dict[Category, Status]:
    return rules.line_statuses(rules.parse_rule(run.rule_text))


def _closed(run: MappingRun, *, detail: bool) -> frozenset[str]:
    """Indicators that must not be named: that one of them is empty is itself something to hide."""
    asked = fieldwork.instrument_of(run.round).indicators
    return frozenset() if detail else frozenset(one.id for one in asked if one.sensitive)


def _row(
    row: VillageResult, statuses: dict[Category, Status], closed: frozenset[str], *, detail: bool
) -> ResultRow:
    category = _category(row.severity)
    settles = row.settles.split()
    return ResultRow(
        village_id=row.village_id,
        code=row.village.code,
        name=row.village.name,
        kind=row.village.kind,
        district=row.village.district.name,
        regency=row.village.district.regency.name,
        category=category,
        possible=categories_in(row.possible),
        unmatched=row.unmatched,
        open_end=bool(row.possible & NO_LINE_BIT),
        line_status=statuses.get(category) if category else None,
        missing=tuple(name for name in row.missing.split() if name not in closed),
        yes_only=tuple(name for name in row.yes_only.split() if name not in closed),
        settles=tuple(name for name in settles if name not in closed),
        closed_settles=any(name in closed for name in settles),
        n_main=row.n_main if detail else None,
        n_supporting=row.n_supporting if detail else None,
        anomalies=Anomaly(row.anomalies) if detail else None,
        present=tuple(row.present.split()) if detail else None,
        distance=tuple(int(d) for d in row.distance.split()) if detail else None,
    )
