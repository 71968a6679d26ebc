"""Categories of many villages at once, with every completion of the missing answers.

The rule only counts, so the 2^m completions of m missing answers collapse to a box of counts: main from n to
n + missing main, supporting likewise. Every box is worked out once on the small grid and then looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bersinar.methods.categories.rule import Category, CountRule, Presence

OPEN = -1
NO_LINE_BIT = 1 << len(Category)
UNREACHABLE = -1
_BELUM = -1

Ints = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]


class Anomaly(IntFlag):
    """What a reader should look at twice."""

    NONE = 0
    MAIN_WITHOUT_SUPPORTING = 1  # every main indicator present, every supporting one known to be absent
    MAIN_HELD_BACK = 2  # every main indicator present, yet below the rule's worst category


@dataclass(frozen=True, slots=True)
class Classification:
    """One row a village, in the order given.

    `category` holds the severity (0 Aman to 3 Bahaya) or OPEN; `possible` has bit `severity` set for each
    category some completion gives, and NO_LINE_BIT where some completion reaches no line. `distance[:, k]` is
    the smallest number of known indicators that would have to differ before category k becomes possible,
    UNREACHABLE where the rule never gives it. `settles` marks the missing indicators that can change the answer.
    """

    rule_id: str
    rule_version: str
    indicators: tuple[str, ...]
    present: Bools
    missing: Bools
    n_main: Ints
    n_supporting: Ints
    missing_main: Ints
    missing_supporting: Ints
    category: Ints
    possible: npt.NDArray[np.uint8]
    determined: Bools
    unmatched: Bools
    distance: Ints
    settles: Bools
    anomalies: npt.NDArray[np.uint8]

    def counts(self) -> dict[str, int]:
        """Villages per category, worst first, then those still open."""
        words = {c.value: int(np.count_nonzero(self.category == c.severity)) for c in reversed(Category)}
        return words | {"BELUM": int(np.count_nonzero(self.category == OPEN))}


def categories_in(mask: int) -> tuple[Category, ...]:
    """The categories of a bit mask, worst first.

    >>> [c.value for c in categories_in(0b1001)]
    ['BAHAYA', 'AMAN']
    """
    return tuple(c for c in reversed(Category) if mask >> c.severity & 1)


def decision_table(rule: CountRule) -> Ints:
    """Severity for each pair (main present, supporting present); OPEN where the rule is silent."""
    shape = (len(rule.main) + 1, len(rule.supporting) + 1)
    table = np.full(shape, OPEN, dtype=np.int8)
    for m in range(shape[0]):
        for s in range(shape[1]):
            line = rule.line_for(m, s)
            if line is not None:
                table[m, s] = line.category.severity
    return table


def classify(
    values: npt.ArrayLike,
    states: npt.ArrayLike | None = None,
    *,
    rule: CountRule,
    indicators: Sequence[str],
) -> Classification:
    """Give each village its category, or all categories its missing answers leave possible.

    Parameters
    ----------
    values : villages x indicators; NaN where nothing was answered.
    states : same shape, 1 filled, 0 none (nihil), -1 not answered; read from NaN when left out.
    rule : the count rule.
    indicators : names of the columns; all of the rule's must be there, others are ignored.

    Returns
    -------
    Classification
        A missing answer never counts as absent, and a village no line reaches stays open.
    """
    x, absent_answer = _checked(values, states, indicators)
    columns = [_column(name, indicators) for name in rule.indicators]
    missing = absent_answer[:, columns]
    present = _present(x[:, columns], [rule.presence[name] for name in rule.indicators]) & ~missing
    k = len(rule.main)
    n_main, n_supporting = _count(present[:, :k]), _count(present[:, k:])
    missing_main, missing_supporting = _count(missing[:, :k]), _count(missing[:, k:])

    table = decision_table(rule)
    boxes = _boxes(table.tobytes(), table.shape)
    at = (n_main, missing_main, n_supporting, missing_supporting)
    possible = boxes.possible[at]
    category = boxes.category[at]
    matters = np.concatenate(
        [
            np.broadcast_to(boxes.main_matters[at][:, None], (len(x), k)),
            np.broadcast_to(boxes.supporting_matters[at][:, None], (len(x), len(rule.supporting))),
        ],
        axis=1,
    )
    return Classification(
        rule_id=rule.id,
        rule_version=rule.version,
        indicators=rule.indicators,
        present=present,
        missing=missing,
        n_main=n_main,
        n_supporting=n_supporting,
        missing_main=missing_main,
        missing_supporting=missing_supporting,
        category=category,
        possible=possible,
        determined=category != OPEN,
        unmatched=possible == NO_LINE_BIT,
        distance=boxes.distance[at],
        settles=missing & matters,
        anomalies=_anomalies(rule, n_main, n_supporting, missing_supporting, possible),
    )


def _checked(
    values: npt.ArrayLike, states: npt.ArrayLike | None, indicators: Sequence[str]
) -> tuple[npt.NDArray[np.float64], Bools]:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != len(indicators):
        raise ValueError(f"values must have {len(indicators)} columns, one an indicator; got shape {x.shape}")
    nan = np.isnan(x)
    if states is None:
        return x, nan
    codes = np.asarray(states)
    if codes.shape != x.shape:
        raise ValueError(f"states have shape {codes.shape}, values {x.shape}")
    if not np.isin(codes, (-1, 0, 1)).all():
        raise ValueError("states are 1 (filled), 0 (none) or -1 (not answered)")
    missing = codes == _BELUM
    if (nan & ~missing).any():
        raise ValueError("an answer is marked as given but its value is NaN")
    if (np.nan_to_num(x[codes == 0], nan=0.0) != 0).any():
        raise ValueError("an answer is marked as none but its value is not 0")
    return x, missing


def _column(name: str, indicators: Sequence[str]) -> int:
    try:
        return list(indicators).index(name)
    except ValueError:
        raise ValueError(f"the rule needs indicator {name}, which is not among the columns") from None


def _present(x: npt.NDArray[np.float64], presences: Sequence[Presence]) -> Bools:
    compare = {">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less}
    present = np.zeros(x.shape, dtype=np.bool_)
    for column, presence in enumerate(presences):
        present[:, column] = compare[presence.op](x[:, column], presence.threshold)
    return present


def _count(flags: Bools) -> Ints:
    total: Ints = flags.sum(axis=1, dtype=np.int8)
    return total


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Answers for every (main present, main missing, supporting present, supporting missing)."""

    possible: npt.NDArray[np.uint8]
    category: Ints
    distance: Ints
    main_matters: Bools
    supporting_matters: Bools


@lru_cache(maxsize=32)
def _boxes(table_bytes: bytes, table_shape: tuple[int, int]) -> _Boxes:
    table = np.frombuffer(table_bytes, dtype=np.int8).reshape(table_shape)
    p, q = table_shape
    shape = (p, p, q, q)
    boxes = _Boxes(
        possible=np.zeros(shape, dtype=np.uint8),
        category=np.full(shape, OPEN, dtype=np.int8),
        distance=np.full((*shape, len(Category)), UNREACHABLE, dtype=np.int8),
        main_matters=np.zeros(shape, dtype=np.bool_),
        supporting_matters=np.zeros(shape, dtype=np.bool_),
    )
    for m in range(p):
        for u in range(p - m):
            for s in range(q):
                for v in range(q - s):
                    _fill_box(boxes, table, (m, u, s, v))
    return boxes


def _fill_box(boxes: _Boxes, table: Ints, at: tuple[int, int, int, int]) -> None:
    m, u, s, v = at
    box = table[m : m + u + 1, s : s + v + 1]
    seen = np.unique(box)
    boxes.possible[at] = sum(NO_LINE_BIT if code == OPEN else 1 << int(code) for code in seen)
    if seen.size == 1:
        boxes.category[at] = seen[0]
    boxes.main_matters[at] = bool((np.diff(box, axis=0) != 0).any())
    boxes.supporting_matters[at] = bool((np.diff(box, axis=1) != 0).any())
    away = _away(table.shape[0], m, u)[:, None] + _away(table.shape[1], s, v)[None, :]
    for category in Category:
        cells = away[table == category.severity]
        if cells.size:
            boxes.distance[(*at, category.severity)] = cells.min()


def _away(size: int, n: int, free: int) -> npt.NDArray[np.int64]:
    """How many known answers must differ for each count; missing ones are free either way."""
    counts = np.arange(size)
    return np.maximum(0, np.maximum(n - counts, counts - (n + free)))


def _anomalies(
    rule: CountRule,
    n_main: Ints,
    n_supporting: Ints,
    missing_supporting: Ints,
    possible: npt.NDArray[np.uint8],
) -> npt.NDArray[np.uint8]:
    flags = np.zeros(len(n_main), dtype=np.uint8)
    every_main = n_main == len(rule.main)
    flags[every_main & (n_supporting == 0) & (missing_supporting == 0)] |= np.uint8(
        Anomaly.MAIN_WITHOUT_SUPPORTING
    )
    worst_possible = (possible >> rule.worst.severity & 1).astype(np.bool_)
    flags[every_main & ~worst_possible] |= np.uint8(Anomaly.MAIN_HELD_BACK)
    return flags
