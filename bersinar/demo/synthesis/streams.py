"""Random numbers with names: one stream for each region, purpose and year, whatever else is drawn."""

from __future__ import annotations

import numpy as np

from bersinar.demo.generator.counts import INDICATORS

# The number of a purpose is its place in this list, so new ones go to the end: then nothing else changes.
_PURPOSES = (
    "province", "regency", "field", "violence", "distance", "noise", "people", "wealth", "services",
    "innovation", "answers", "blanks", "slips", *INDICATORS,
)  # fmt: skip
_NUMBER = {name: number for number, name in enumerate(_PURPOSES)}


def stream(seed: int, region: str, purpose: str, year: int = 0) -> np.random.Generator:
    """The stream of one region ("19" or "19.02"). It depends on its name alone, never on what was drawn before."""
    key = (int(region.replace(".", "")), _NUMBER[purpose], year)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
