"""How much of a round is answered, in sums that add up to villages times indicators.

Only indicators this person may see are counted: how many closed answers there are is itself something to hide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, OuterRef, Q, Subquery

from bersinar.access import Actor, Right, get_or_404
from bersinar.fieldwork.models import Entry, Round, Withdrawal
from bersinar.fieldwork.queries.round_rows import instrument_of, villages_of_round
from bersinar.fieldwork.queries.table import BELUM, NIHIL, TERISI, current, state_codes
from bersinar.fieldwork.rules.instrument import Indicator
from bersinar.territory import queries as territory
from bersinar.ui.kept import Kept

_counted: Kept[int] = Kept(1_000)


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
    """Answered cells and all cells this person may see, of one round."""
    return progresses([round_], actor)[round_.pk]


def progresses(rounds: Sequence[Round], actor: Actor) -> dict[int, tuple[int, int]]:
    """The same for a list of rounds, in as many questions for a hundred as for one.

    What was counted is held until a value or a withdrawal arrives in the round: values are only ever appended, so
    the numbers of the latest ones say whether anything changed.
    """
    actor.require(Right.VALUES_SEE)
    sensitive = actor.can(Right.VALUES_SEE_ENFORCEMENT)
    areas = territory.areas_of_offices({one.office_id for one in rounds})
    villages = territory.villages_of_offices(areas)
    # The salt is drawn with the round: numbers come again after a restore, a salt does not.
    marks = {
        one.pk: (one.salt, *latest, villages[one.office_id], sensitive)
        for one, latest in zip(rounds, _latest(rounds, actor), strict=True)
    }
    fresh = [one for one in rounds if _counted.peek(marks[one.pk]) is None]
    for pk, answered in _answered(fresh, areas, actor).items():
        _counted.put(marks[pk], answered)
    return {
        one.pk: (
            _counted.peek(marks[one.pk]) or 0,
            villages[one.office_id] * len(instrument_of(one).shown(sensitive=sensitive)),
        )
        for one in rounds
    }


def _latest(rounds: Sequence[Round], actor: Actor) -> list[tuple[int, int]]:
    """The newest entry and the newest withdrawal of each round."""
    newest = {
        name: Subquery(
            table.objects.for_actor(actor).filter(round=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        )
        for name, table in (("entry", Entry), ("withdrawal", Withdrawal))
    }
    found = Round.objects.for_actor(actor).filter(pk__in=[one.pk for one in rounds]).annotate(**newest)
    by_round = {pk: (entry or 0, taken or 0) for pk, entry, taken in found.values_list("pk", *newest)}
    return [by_round[one.pk] for one in rounds]


def _answered(
    rounds: Sequence[Round], areas: Mapping[int, Callable[[str], Q]], actor: Actor
) -> dict[int, int]:
    """Cells with an answer, of villages the office serves today."""
    if not rounds:
        return {}
    inside = Q()
    for office_id, of_village in areas.items():
        asked = [one.pk for one in rounds if one.office_id == office_id]
        inside |= Q(round__in=asked) & of_village("village__")
    entries = Entry.objects.for_actor(actor).filter(inside, round__in=rounds)
    each = {f"round_{one.pk}": Count("pk", filter=Q(round=one.pk)) for one in rounds}
    counted = current(entries, answered=True).aggregate(**each)
    return {one.pk: counted[f"round_{one.pk}"] for one in rounds}


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
