"""What the offices of a province get to see of a year: silence, blanks and slips of the pen over what happened."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.counts import INDICATORS, Array, Facts, case_weight, counts, logistic
from bersinar.demo.generator.observed import BLANK, answer_score
from bersinar.demo.generator.truth import Setting
from bersinar.demo.synthesis.land import Land
from bersinar.demo.synthesis.scale import scale_of
from bersinar.demo.synthesis.streams import stream
from bersinar.demo.synthesis.truth import ProvinceTruth

_BLANKS = np.array([BLANK[name] for name in INDICATORS])
_ZERO_LEFT_EMPTY, _BLANK_AS_ZERO, _TEN_TIMES = 0.03, 0.02, 0.01
_GRAMS = INDICATORS.index("P6")
# The scale begins at one: nobody can write a nought.
_NO_NOUGHT = INDICATORS.index("D5")


class Fate(IntEnum):
    """What became of a value on its way to the office."""

    AS_IT_WAS = 0
    BLANK = 1  # left out by a village that answered
    SILENT = 2  # the village did not answer
    ZERO_LEFT_EMPTY = 3  # none, but the cell stayed empty
    BLANK_AS_ZERO = 4  # nobody knew, and somebody wrote a nought
    TEN_TIMES = 5  # a unit misread


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a province, in the order of the land's villages and of INDICATORS."""

    happened: Array  # (n, 13) all known
    expected_cases: Array  # (n,) without the effort of the police: the village's true rate
    seen: Array  # (n, 13) NaN is belum diisi, never zero
    fate: NDArray[np.int8]  # (n, 13) of Fate
    call: NDArray[np.int8]  # (n,) the call (1 to 3) the village answered; 0: none of those made


def year_of(land: Land, truth: ProvinceTruth, *, index: int, calls: int, seed: int, setting: Setting) -> Year:
    """`calls`: how often the villages were asked so far."""
    parts = [
        _regency_year(name, where, truth, index=index, seed=seed, setting=setting)
        for name, where in land.regencies
    ]
    happened = np.concatenate([part[0] for part in parts])
    call = np.concatenate([part[1] for part in parts])
    call[call > calls] = 0
    fate = np.concatenate([part[2] for part in parts])
    fate = _mended(happened, fate)
    fate[call == 0] = Fate.SILENT
    seen = happened.copy()
    seen[np.isin(fate, (Fate.BLANK, Fate.SILENT, Fate.ZERO_LEFT_EMPTY))] = np.nan
    seen[fate == Fate.BLANK_AS_ZERO] = 0
    seen[fate == Fate.TEN_TIMES] *= 10
    theta, people = truth.vulnerability[index], truth.facts.population
    alone = case_weight(people, theta, np.ones(len(people)), setting.effect)
    return Year(happened, np.round(alone * scale_of(setting).cases, 6), np.round(seen, 2), fate, call)


def _regency_year(
    name: str, where: slice, truth: ProvinceTruth, *, index: int, seed: int, setting: Setting
) -> tuple[Array, NDArray[np.int8], NDArray[np.int8]]:
    """What happened, which call each village answers, and what would become of a value: one regency's own streams."""
    theta, facts = truth.vulnerability[index, where], _part(truth.facts, where)
    streams = {indicator: stream(seed, name, indicator, index) for indicator in INDICATORS}
    weight = case_weight(facts.population, theta, truth.effort[where], setting.effect)
    # To nine digits: means that differ in the last one would once in a while draw another number.
    mean = np.array([float(f"{one:.9g}") for one in weight * scale_of(setting).cases])
    drawn = counts(facts, theta, mean, setting.size, streams)
    happened = np.column_stack([np.round(drawn[indicator], 2) for indicator in INDICATORS])
    score = truth.lean[where] + answer_score(theta, facts.services)
    luck = stream(seed, name, "answers", index).random(len(theta))
    later = np.array([luck >= logistic(start + score) for start in scale_of(setting).intercepts]).sum(axis=0)
    blank = stream(seed, name, "blanks", index).random(happened.shape) < _BLANKS
    slip = stream(seed, name, "slips", index).random(happened.shape)
    fate = np.where(blank, np.where(slip < _BLANK_AS_ZERO, Fate.BLANK_AS_ZERO, Fate.BLANK), Fate.AS_IT_WAS)
    fate = np.where(~blank & (slip < _ZERO_LEFT_EMPTY), Fate.ZERO_LEFT_EMPTY, fate)
    fate[:, _GRAMS] = np.where(
        ~blank[:, _GRAMS] & (slip[:, _GRAMS] > 1 - _TEN_TIMES), Fate.TEN_TIMES, fate[:, _GRAMS]
    )
    return happened, (later + 1).astype(np.int8), fate.astype(np.int8)


def _mended(happened: Array, fate: NDArray[np.int8]) -> NDArray[np.int8]:
    """A slip that these values do not allow did not happen."""
    nothing = happened == 0
    fate = np.where((fate == Fate.ZERO_LEFT_EMPTY) & ~nothing, Fate.AS_IT_WAS, fate)
    fate = np.where((fate == Fate.TEN_TIMES) & nothing, Fate.AS_IT_WAS, fate)
    no_nought = fate[:, _NO_NOUGHT]
    fate[:, _NO_NOUGHT] = np.where(no_nought == Fate.BLANK_AS_ZERO, Fate.BLANK, no_nought)
    return fate.astype(np.int8)


def _part(facts: Facts, where: slice) -> Facts:
    return Facts(**{field.name: getattr(facts, field.name)[where] for field in fields(Facts)})
