"""From a table of answers to rows of results, without a database: the screen and the command share this."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from bersinar.methods.categories import OPEN, Category, Classification, CountRule, categories_in, classify


@dataclass(frozen=True, slots=True)
class VillageOutcome:
    """What the rule says about one village, as plain values."""

    severity: int
    possible: int
    unmatched: bool
    n_main: int
    n_supporting: int
    present: tuple[str, ...]
    missing: tuple[str, ...]
    settles: tuple[str, ...]
    distance: tuple[int, ...]
    anomalies: int
    yes_only: tuple[str, ...] = ()  # of the missing ones: answered with a yes that does not tell enough

    @property
    def category(self) -> Category | None:
        """None while the village is open."""
        return None if self.severity == OPEN else category_at(self.severity)

    @property
    def possible_categories(self) -> tuple[Category, ...]:
        """Worst first."""
        return categories_in(self.possible)


def category_at(severity: int) -> Category:
    """The category of a stored severity."""
    return tuple(Category)[severity]


def outcomes(
    values: npt.ArrayLike,
    states: npt.ArrayLike | None,
    *,
    rule: CountRule,
    indicators: Sequence[str],
    yes: npt.NDArray[np.bool_] | None = None,
) -> tuple[list[VillageOutcome], dict[str, int]]:
    """One outcome a village in the order given, and the counts of all categories with the open ones.

    `yes` marks the values that stand for a plain yes. Where the rule asks for more than that, nobody knows whether
    the indicator is present, so it counts as not answered and never as absent.
    """
    result = classify(values, states, rule=rule, indicators=indicators)
    too_little = np.zeros_like(result.missing)
    if yes is not None:
        columns = [list(indicators).index(name) for name in rule.indicators]
        too_little = yes[:, columns] & ~result.present & ~result.missing
        known = np.where(np.isnan(np.asarray(values, dtype=np.float64)), -1, 1)
        codes = known if states is None else np.array(states)
        codes[:, columns] = np.where(too_little, -1, codes[:, columns])
        result = classify(values, codes, rule=rule, indicators=indicators)
    return _rows(result, too_little), result.counts()


def fingerprint(rows: Sequence[tuple[str, VillageOutcome]], *, salt: str = "") -> str:
    """SHA-256 over the results in order of village key, the same on every machine.

    With a salt nobody can try out what the counts of a village are until the fingerprint fits.
    """
    digest = hashlib.sha256(salt.encode())
    names = [field.name for field in fields(VillageOutcome)]
    for key, outcome in sorted(rows, key=lambda row: row[0]):
        told = {name: getattr(outcome, name) for name in names}
        digest.update(json.dumps([key, told], sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _rows(result: Classification, too_little: npt.NDArray[np.bool_]) -> list[VillageOutcome]:
    numbers = (
        result.category.tolist(),
        result.possible.tolist(),
        result.unmatched.tolist(),
        result.n_main.tolist(),
        result.n_supporting.tolist(),
        _names(result, result.present),
        _names(result, result.missing),
        _names(result, result.settles),
        [tuple(distance) for distance in result.distance.tolist()],
        result.anomalies.tolist(),
        _names(result, too_little),
    )
    return [VillageOutcome(*row) for row in zip(*numbers, strict=True)]


def _names(result: Classification, flags: npt.NDArray[np.bool_]) -> list[tuple[str, ...]]:
    """The indicators marked in each row; most villages share their marks with many others."""
    named: dict[bytes, tuple[str, ...]] = {}
    listed = []
    for row in np.ascontiguousarray(flags):
        key = row.tobytes()
        if key not in named:
            named[key] = tuple(result.indicators[at] for at in np.flatnonzero(row))
        listed.append(named[key])
    return listed
