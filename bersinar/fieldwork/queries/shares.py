"""How much of a round is answered, in sums that add up to villages times indicators.

Only indicators this person may see are counted: how many closed answers there are is itself something to hide.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.queries.table import BELUM, NIHIL, TERISI, current, state_codes
from bersinar.fieldwork.rules.instrument import Indicator


@dataclass(frozen=True, slots=True)
class Share:
    """Cells of one kecamatan, of one indicator, or of all; `untouched` counts villages without any answer."""

    code: str
    name: str
    villages: int
    filled: int
    none: int
    missing: int
    incomplete: int
    untouched: int

    @property
    def total(self) -> int:
        return self.filled + self.none + self.missing

    @property
    def answered(self) -> int:
        return self.total - self.missing

    @property
    def percent(self) -> int:
        """Rounded down: a round is complete only when it is."""
        return 100 * self.answered // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """All kecamatan, all indicators, and their sum. `closed` says how many indicators are not counted here."""

    total: Share
    districts: tuple[Share, ...]
    indicators: tuple[tuple[Indicator, Share], ...]
    closed: int

    @property
    def adds_up(self) -> bool:
        cells = self.total.villages * len(self.indicators)
        by_district = sum(share.total for share in self.districts)
        by_indicator = sum(share.total for _, share in self.indicators)
        return self.total.total == cells == by_district == by_indicator


def completeness(round_id: int, actor: Actor) -> Completeness:
    """Counts of states only."""
    return completeness_of(get_or_404(Round, actor, pk=round_id), actor)


def completeness_of(round_: Round, actor: Actor) -> Completeness:
    """The same for a round that was read already."""
    actor.require(Right.VALUES_SEE)
    instrument = instrument_of(round_)
    shown = instrument.shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    villages, every = state_codes(round_, actor)
    state = every[:, [at for at, one in enumerate(instrument.indicators) if one in shown]]
    groups: dict[tuple[str, str], list[int]] = {}
    for at, village in enumerate(villages):
        where = (village.district_code, f"{village.district}, {village.regency}")
        groups.setdefault(where, []).append(at)
    return Completeness(
        total=_share("", "", state),
        districts=tuple(_share(code, name, state[rows]) for (code, name), rows in sorted(groups.items())),
        indicators=tuple(
            (one, _share(one.id, one.name, state[:, at : at + 1])) for at, one in enumerate(shown)
        ),
        closed=len(instrument.indicators) - len(shown),
    )


def progress(round_: Round, actor: Actor) -> tuple[int, int]:
    """Answered cells and all cells this person may see, by counting rows only: for lists of rounds."""
    actor.require(Right.VALUES_SEE)
    villages = villages_of_round(round_)
    shown = instrument_of(round_).shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    entries = Entry.objects.for_actor(actor).filter(round=round_, village_id__in=villages.values("pk"))
    return current(entries, answered=True).count(), villages.count() * len(shown)


def answered_by_regency(round_: Round, actor: Actor) -> tuple[dict[str, int], int]:
    """Answered cells by the code of the kabupaten or kota, and how many indicators were counted of each village."""
    actor.require(Right.VALUES_SEE)
    shown = instrument_of(round_).shown(sensitive=actor.can(Right.VALUES_SEE_ENFORCEMENT))
    named = [one.id for one in shown]
    served = villages_of_round(round_).values("pk")
    entries = Entry.objects.for_actor(actor).filter(round=round_, indicator__in=named, village_id__in=served)
    # By village in the database and by regency here: joining the regions to every value would be the dearer half.
    counts = current(entries, answered=True).values_list("village_id", flat=True).order_by()
    regency = dict(villages_of_round(round_).values_list("pk", "district__regency__code"))
    found: Counter[str] = Counter(regency[pk] for pk in counts.iterator(5000))
    return dict(found), len(named)


def _share(code: str, name: str, state: np.ndarray) -> Share:
    missing = state == BELUM
    return Share(
        code=code,
        name=name,
        villages=len(state),
        filled=int((state == TERISI).sum()),
        none=int((state == NIHIL).sum()),
        missing=int(missing.sum()),
        incomplete=int(missing.any(axis=1).sum()),
        untouched=int(missing.all(axis=1).sum()),
    )
