"""A whole index by a named recipe, and the same index with one choice changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bersinar.methods.index import aggregation as how_to_add
from bersinar.methods.index.aggregation import Aggregation
from bersinar.methods.index.checks import Floats, matrix, shares
from bersinar.methods.index.framework import Framework
from bersinar.methods.index.missing import MIN_SHARE, screened_out, weighted_mean
from bersinar.methods.index.outliers import Treated, treat
from bersinar.methods.index.ranking import ranks
from bersinar.methods.index.scaling import Goalposts, Scaling, scale

Bools = npt.NDArray[np.bool_]
# The geometric and harmonic means need a scale that does not touch zero.
_FLOOR = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice an index is made by. Two equal recipes on equal data give equal numbers.

    `weights` overrules the framework's: one an item, in the framework's order. `goalposts` are those of the base
    year and are needed where `scaling` asks for them; extreme villages were treated when they were made, so
    `outliers` counts for the other scalings only.
    """

    name: str
    version: str
    framework: Framework
    scaling: Scaling = Scaling.GOALPOSTS
    goalposts: Goalposts | None = None
    outliers: bool = True
    aggregation: Aggregation = Aggregation.ARITHMETIC
    weights: tuple[float, ...] | None = None
    min_share: float = MIN_SHARE

    def __post_init__(self) -> None:
        if self.scaling == Scaling.RANK and self.aggregation != Aggregation.ARITHMETIC:
            raise ValueError(f"aggregation: places are not numbers to take the {self.aggregation} mean of")
        if self.aggregation in (Aggregation.MPI_PLUS, Aggregation.MPI_MINUS) and self.scaling != Scaling.Z:
            raise ValueError("scaling: the MPI standardises by itself and goes with z")
        if self.scaling == Scaling.Z and self.aggregation in (Aggregation.GEOMETRIC, Aggregation.HARMONIC):
            raise ValueError("scaling: z has numbers below zero, which have no such mean")
        if self.aggregation == Aggregation.AMPI and self.scaling != Scaling.GOALPOSTS:
            raise ValueError("scaling: the AMPI needs goalposts")

    @property
    def shares(self) -> Floats:
        """The weights as used, summing to one."""
        if self.weights is None:
            return self.framework.weights()
        return shares(self.weights, len(self.framework.items))


@dataclass(frozen=True, slots=True)
class Index:
    """What a recipe gives; one entry a village unless said otherwise.

    `score` is NaN where nothing could be computed; `lower` and `upper` are its bounds over all completions of
    the missing answers (equal where none is missing, NaN where the aggregation has none). `rank` is NaN for
    `screened` villages: they answered too little to be ranked. `contributions`: villages x items, summing to the
    score where the aggregation is a weighted mean, NaN elsewhere.
    """

    score: Floats
    lower: Floats
    upper: Floats
    rank: Floats
    screened: Bools
    scaled: Floats
    contributions: Floats
    weights: Floats
    treated: Treated | None


def build(values: npt.ArrayLike, recipe: Recipe) -> Index:
    """Compute the index of a recipe.

    Parameters
    ----------
    values : villages x items in the framework's order, NaN where missing.

    Raises
    ------
    ValueError
        The columns are not those of the framework, or a choice of the recipe does not go with the data; an
        aggregation other than the arithmetic mean takes only villages without a gap and scores no others.
    """
    x = matrix(values)
    framework = recipe.framework
    if x.shape[1] != len(framework.items):
        raise ValueError(f"values: {len(framework.items)} indicators expected, found {x.shape[1]}")
    treated = treat(x) if recipe.outliers and recipe.scaling != Scaling.GOALPOSTS else None
    used = treated.values if treated else x
    floor = _FLOOR if recipe.aggregation in (Aggregation.GEOMETRIC, Aggregation.HARMONIC) else 0.0
    scaled = scale(
        used, directions=framework.directions, how=recipe.scaling, goalposts=recipe.goalposts, floor=floor
    )
    first_group = framework.columns_of(framework.groups[0].name)
    screened = screened_out(x, columns=first_group, min_share=recipe.min_share)
    score, lower, upper, contributions = _added_up(used, scaled, recipe)
    return Index(
        score=score,
        lower=lower,
        upper=upper,
        rank=ranks(np.where(screened, np.nan, score)),
        screened=screened,
        scaled=scaled,
        contributions=contributions,
        weights=recipe.shares,
        treated=treated,
    )


def changed(recipe: Recipe, **choices: object) -> Recipe:
    """The same recipe with one choice changed, named after it, to compare with.

    Raises
    ------
    ValueError
        Nothing, or more than one thing, is changed.
    """
    if len(choices) != 1:
        raise ValueError(f"choices: exactly one expected, found {sorted(choices)}")
    (choice,) = choices
    return replace(recipe, name=f"{recipe.name} / {choice}", **choices)  # type: ignore[arg-type]  # by name


def _added_up(used: Floats, scaled: Floats, recipe: Recipe) -> tuple[Floats, Floats, Floats, Floats]:
    """Score, lower, upper, contributions."""
    w = recipe.shares
    if recipe.aggregation == Aggregation.ARITHMETIC:
        low, high = _scale_ends(recipe.scaling, len(scaled))
        found = weighted_mean(scaled, w, low=low, high=high)
        gaps = np.isnan(scaled)
        known = 1 - (gaps @ w)
        with np.errstate(invalid="ignore", divide="ignore"):
            contributions = np.where(gaps, 0.0, scaled * w) / known[:, None]
        return found.score, found.lower, found.upper, contributions
    whole = ~np.isnan(scaled).any(axis=1)
    score = np.full(len(scaled), np.nan)
    if whole.any():
        score[whole] = _other_mean(used[whole], scaled[whole], recipe)
    nothing = np.full(scaled.shape, np.nan)
    return score, score, score, nothing


def _other_mean(used: Floats, scaled: Floats, recipe: Recipe) -> Floats:
    if recipe.aggregation == Aggregation.GEOMETRIC:
        return how_to_add.geometric(scaled, recipe.shares)
    if recipe.aggregation == Aggregation.HARMONIC:
        return how_to_add.harmonic(scaled, recipe.shares)
    if recipe.aggregation == Aggregation.AMPI:
        return how_to_add.ampi(70 + 0.6 * scaled)
    sign = 1 if recipe.aggregation == Aggregation.MPI_PLUS else -1
    return how_to_add.mpi(used, directions=recipe.framework.directions, sign=sign)


def _scale_ends(scaling: Scaling, n: int) -> tuple[float, float]:
    """The ends a missing answer may lie at; z has none, so its bounds are unknown."""
    if scaling == Scaling.Z:
        return float("nan"), float("nan")
    return (1.0, float(n)) if scaling == Scaling.RANK else (0.0, 100.0)
