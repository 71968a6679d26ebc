"""The gate before release: categories must add up to the villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was counted against what should have been counted."""

    ok: bool
    total: int
    expected: int
    difference: int
    missing: tuple[Hashable, ...] = ()
    duplicated: tuple[Hashable, ...] = ()
    unexpected: tuple[Hashable, ...] = ()


def reconcile(
    counts: Mapping[str, int],
    n_villages: int,
    *,
    expected_ids: Iterable[Hashable] | None = None,
    result_ids: Iterable[Hashable] | None = None,
) -> Reconciliation:
    """Do the counts of all categories (open ones too) add up to the villages?

    When ids are given as well, they must be the same villages, each exactly once: two errors that cancel
    in the sum are still errors.

    >>> reconcile({"BAHAYA": 6, "WASPADA": 63, "SIAGA": 570, "AMAN": 504}, 1143).ok
    True
    >>> reconcile({"BAHAYA": 82, "WASPADA": 99, "SIAGA": 128, "AMAN": 737}, 1038).difference
    8
    """
    if n_villages < 0 or any(n < 0 for n in counts.values()):
        raise ValueError("counts cannot be negative")
    if (expected_ids is None) != (result_ids is None):
        raise ValueError("give expected_ids and result_ids together")
    total = sum(counts.values())
    missing: tuple[Hashable, ...] = ()
    duplicated: tuple[Hashable, ...] = ()
    unexpected: tuple[Hashable, ...] = ()
    same_length = True
    if expected_ids is not None and result_ids is not None:
        expected, found = list(expected_ids), Counter(result_ids)
        missing = tuple(key for key in expected if key not in found)
        duplicated = tuple(key for key, n in found.items() if n > 1)
        known = set(expected)
        unexpected = tuple(key for key in found if key not in known)
        same_length = len(expected) == n_villages and found.total() == total
    return Reconciliation(
        ok=total == n_villages and same_length and not (missing or duplicated or unexpected),
        total=total,
        expected=n_villages,
        difference=total - n_villages,
        missing=missing,
        duplicated=duplicated,
        unexpected=unexpected,
    )
