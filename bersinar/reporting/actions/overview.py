"""Count the figures of the overview anew, for all offices or for those where something changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.db import transaction
from django.utils import timezone

from bersinar.access import ANONYMOUS, Actor, Right
from bersinar.fieldwork import queries as fieldwork
from bersinar.mapping import queries as mapping
from bersinar.reporting.models import AreaFigure, OverviewMark, RegionSize
from bersinar.territory import queries as territory
from bersinar.territory.queries import OfficeScope
from bersinar.territory.vocabulary import OfficeKind

Progress = Callable[[int, int], None]
# The office that lies nearest to a village speaks for it; otherwise it would be counted twice.
_NEAREST = {OfficeKind.BNNK: 0, OfficeKind.BNNP: 1, OfficeKind.BNN: 2}
_MARK = 1
_RIGHTS = frozenset({Right.VALUES_SEE, Right.MAP_SEE})

Key = tuple[int, int, str]  # office, year, regency


def refresh_overview(
    *, seen: int, offices: Collection[int] | None = None, progress: Progress = lambda done, total: None
) -> int:
    """Replace the figures of these offices (of all without a word); returns how many rows stand now.

    `seen` is the last event of the audit that was looked at before the counting began.
    """
    every = territory.all_offices()
    sizes = territory.villages_by_regency()
    actor = _counter(every)
    rounds, runs = _rounds(every, sizes, actor), _runs(every, sizes, actor)
    counted = {key for key in rounds | runs if offices is None or key[0] in offices}
    rows = {key: AreaFigure(office_id=key[0], year=key[1], code=key[2]) for key in sorted(counted)}
    sources = {rounds[key] for key in counted & rounds.keys()} | {-runs[key] for key in counted & runs.keys()}
    _count_answers(rows, rounds, sizes, actor, lambda done: progress(done, len(sources)))
    _count_categories(rows, runs, actor)
    progress(len(sources), len(sources))
    with transaction.atomic():
        # What is no longer anybody's, because a nearer office began, goes too.
        old = AreaFigure.objects.for_actor(actor)
        kept = {row.pk for row in old if _key(row) in rounds | runs and _key(row) not in counted}
        old.exclude(pk__in=kept).delete()
        AreaFigure.objects.bulk_create(rows.values(), batch_size=500)
        _keep_sizes(sizes)
        OverviewMark.objects.for_actor(ANONYMOUS).update_or_create(
            pk=_MARK, defaults={"seen": seen, "counted_at": timezone.now()}
        )
    return len(rows) + len(kept)


def _counter(offices: Iterable[OfficeScope]) -> Actor:
    """Reads every office and no enforcement value; what it counts is shown to each office by its own scope."""
    ids = tuple(office.id for office in offices)
    return Actor(name="sistem: ringkasan", office_ids=ids, rights=_RIGHTS)


def _rounds(offices: Iterable[OfficeScope], sizes: dict[str, int], actor: Actor) -> dict[Key, int]:
    """Which round speaks for which regency in which year."""
    of_office = {office.id: office for office in offices}
    # The newest of an office stands first.
    found = [(one.year, one.office_id, one.pk) for one in fieldwork.rounds(actor)]
    return _chosen(found, of_office, sizes)


def _runs(offices: Iterable[OfficeScope], sizes: dict[str, int], actor: Actor) -> dict[Key, int]:
    """Which released map does."""
    of_office = {office.id: office for office in offices}
    found = [(one.year, one.office_id, one.run_id) for one in mapping.releases(actor)]
    return _chosen(found, of_office, sizes)


def _chosen(
    found: Iterable[tuple[int, int, int]], offices: dict[int, OfficeScope], sizes: dict[str, int]
) -> dict[Key, int]:
    chosen: dict[tuple[int, str], tuple[int, int, int]] = {}
    for year, office_id, pk in found:
        rank = _NEAREST[offices[office_id].kind]
        for code in _regencies(offices[office_id], sizes):
            if (year, code) not in chosen or rank < chosen[year, code][0]:
                chosen[year, code] = (rank, office_id, pk)
    return {(office_id, year, code): pk for (year, code), (_rank, office_id, pk) in chosen.items()}


def _regencies(office: OfficeScope, sizes: dict[str, int]) -> list[str]:
    return [code for code in sizes if code in office.prefixes or code[:2] in office.prefixes]


def _count_answers(
    rows: dict[Key, AreaFigure],
    rounds: dict[Key, int],
    sizes: dict[str, int],
    actor: Actor,
    progress: Callable[[int], None],
) -> None:
    by_pk = {one.pk: one for one in fieldwork.rounds(actor)}
    wanted = sorted({rounds[key] for key in rows.keys() & rounds.keys()})
    for done, pk in enumerate(wanted):
        answered, asked = fieldwork.answered_by_regency(by_pk[pk], actor)
        for key, row in rows.items():
            if rounds.get(key) == pk:
                row.round_id, row.is_example = pk, by_pk[pk].is_example
                row.cells, row.answered = sizes[key[2]] * asked, answered.get(key[2], 0)
        progress(done)


def _count_categories(rows: dict[Key, AreaFigure], runs: dict[Key, int], actor: Actor) -> None:
    released = {one.run_id: one for one in mapping.releases(actor)}
    for pk in sorted({runs[key] for key in rows.keys() & runs.keys()}):
        counts = mapping.counts_by_regency(pk, actor)
        for key, row in rows.items():
            if runs.get(key) == pk:
                row.run_id, row.rule = pk, released[pk].rule
                row.is_example = row.is_example or released[pk].is_example
                for word, count in counts.get(key[2], {}).items():
                    setattr(row, word, count)


def _key(row: AreaFigure) -> Key:
    return row.office_id, row.year, row.code


def _keep_sizes(sizes: dict[str, int]) -> None:
    known = RegionSize.objects.for_actor(ANONYMOUS)
    if dict(known.values_list("code", "villages")) != sizes:
        known.delete()
        RegionSize.objects.bulk_create(RegionSize(code=code, villages=n) for code, n in sizes.items())
