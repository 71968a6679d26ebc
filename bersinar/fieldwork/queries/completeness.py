"""How much of a round is answered, in sums that add up to villages times indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Round
from bersinar.fieldwork.queries.rounds import instrument_of, villages_of_round
from bersinar.fieldwork.queries.table import BELUM, NIHIL, TERISI, state_codes


@dataclass(frozen=True, slots=True)
class Share:
    """Cells of one kecamatan or of all. Hidden ones are stored, but not told apart into filled and none."""

    code: str
    name: str
    villages: int
    filled: int
    none: int
    hidden: int
    missing: int

    @property
    def total(self) -> int:
        return self.filled + self.none + self.hidden + self.missing

    @property
    def answered(self) -> int:
        return self.total - self.missing

    @property
    def percent(self) -> int:
        """Rounded down: a round is complete only when it is."""
        return 100 * self.answered // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """All kecamatan and their sum."""

    total: Share
    districts: tuple[Share, ...]
    indicators: int

    @property
    def adds_up(self) -> bool:
        return self.total.total == self.total.villages * self.indicators


def completeness(round_id: int, actor: Actor) -> Completeness:
    """Counts of states only. Without the right nobody learns whether a closed value is zero."""
    actor.require(Right.VALUES_SEE)
    round_ = get_or_404(Round, actor, pk=round_id)
    instrument = instrument_of(round_)
    villages, state = state_codes(round_, actor)
    open_column = np.array(
        [actor.can(Right.VALUES_SEE_ENFORCEMENT) or not one.sensitive for one in instrument.indicators]
    )
    listed = villages_of_round(round_).values_list(
        "code", "district__code", "district__name", "district__regency__name"
    )
    district_of = {code: (where, f"{name}, {regency}") for code, where, name, regency in listed}
    groups: dict[tuple[str, str], list[int]] = {}
    for at, village in enumerate(villages):
        groups.setdefault(district_of[village.code], []).append(at)
    shares = [_share(code, name, state[rows], open_column) for (code, name), rows in sorted(groups.items())]
    return Completeness(_share("", "", state, open_column), tuple(shares), len(instrument.indicators))


def _share(code: str, name: str, state: np.ndarray, open_column: np.ndarray) -> Share:
    shown = state[:, open_column]
    return Share(
        code=code,
        name=name,
        villages=len(state),
        filled=int((shown == TERISI).sum()),
        none=int((shown == NIHIL).sum()),
        hidden=int((state[:, ~open_column] != BELUM).sum()),
        missing=int((state == BELUM).sum()),
    )
