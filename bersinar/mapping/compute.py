"""From a table of answers to rows of results, without a database: the screen and the command share this."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

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
    values: npt.ArrayLike, states: npt.ArrayLike | None, *, rule: CountRule, indicators: Sequence[str]
) -> tuple[list[VillageOutcome], dict[str, int]]:
    """One outcome a village in the order given, and the counts of all categories with the open ones."""
    result = classify(values, states, rule=rule, indicators=indicators)
    return [_row(result, k) for k in range(len(result.category))], result.counts()


def fingerprint(rows: Sequence[tuple[str, VillageOutcome]], *, salt: str = "") -> str:
    """SHA-256 over the results in order of village key, the same on every machine.

    With a salt nobody can try out what the counts of a village are until the fingerprint fits.
    """
    digest = hashlib.sha256(salt.encode())
    for key, outcome in sorted(rows, key=lambda row: row[0]):
        digest.update(json.dumps([key, asdict(outcome)], sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _row(result: Classification, k: int) -> VillageOutcome:
    return VillageOutcome(
        severity=int(result.category[k]),
        possible=int(result.possible[k]),
        unmatched=bool(result.unmatched[k]),
        n_main=int(result.n_main[k]),
        n_supporting=int(result.n_supporting[k]),
        present=_names(result, result.present[k]),
        missing=_names(result, result.missing[k]),
        settles=_names(result, result.settles[k]),
        distance=tuple(int(d) for d in result.distance[k]),
        anomalies=int(result.anomalies[k]),
    )


def _names(result: Classification, flags: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(result.indicators[c] for c in np.flatnonzero(flags))
