"""One province as the generator sees it: its villages in the order of their codes, and who lies beside whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bersinar.demo.generator.layout import layout_of

LAYOUT = "tata letak dari pohon kode (enam tetangga terdekat dalam kabupaten/kota), bukan dari lapangan"
BOUNDARIES = "batas yang diimpor"


@dataclass(frozen=True, slots=True)
class Land:
    """Villages of one province. Neighbours are packed: those of village i stand from starts[i] on."""

    province: str
    codes: tuple[str, ...]
    kelurahan: NDArray[np.bool_]
    outer: NDArray[np.bool_]
    starts: NDArray[np.int64]
    neighbours: NDArray[np.int64]
    with_boundary: NDArray[np.bool_]  # neighbours of this village come from imported boundaries
    boundary_marks: tuple[str, ...]  # hashes of the imported files

    @property
    def regencies(self) -> list[tuple[str, slice]]:
        """Each regency with its stretch of villages; codes in order keep a regency together."""
        names, firsts = np.unique([code[:5] for code in self.codes], return_index=True)
        ends = [*firsts[1:].tolist(), len(self.codes)]
        return [
            (str(name), slice(int(first), end)) for name, first, end in zip(names, firsts, ends, strict=True)
        ]

    def mean_of_neighbours(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Always summed in the same order, so the last digit never depends on the machine's threads."""
        sums = np.add.reduceat(values[self.neighbours], self.starts)
        means: NDArray[np.float64] = sums / np.diff(self.starts, append=len(self.neighbours))
        return means


def land_of(
    province: str,
    villages: Sequence[tuple[str, bool]],
    *,
    bordering: Collection[tuple[str, str]] = (),
    marks: Sequence[str] = (),
) -> Land:
    """`villages`: code and whether it is a kelurahan; `bordering`: pairs of codes from imported boundaries."""
    ordered = sorted(villages)
    codes = tuple(code for code, _kelurahan in ordered)
    layout = layout_of(codes)
    lists = [row.tolist() for row in layout.neighbours]
    known = _known(codes, bordering)
    for index, others in known.items():
        lists[index] = others
    return Land(
        province=province,
        codes=codes,
        kelurahan=np.array([kelurahan for _code, kelurahan in ordered], dtype=bool),
        outer=layout.outer,
        starts=np.concatenate([[0], np.cumsum([len(row) for row in lists])[:-1]]).astype(np.int64),
        neighbours=np.array([index for row in lists for index in row], dtype=np.int64),
        with_boundary=np.isin(np.arange(len(codes)), list(known)),
        boundary_marks=tuple(sorted(marks)),
    )


def _known(codes: Sequence[str], bordering: Collection[tuple[str, str]]) -> dict[int, list[int]]:
    place = {code: index for index, code in enumerate(codes)}
    known: dict[int, set[int]] = {}
    for first, second in bordering:
        # A border with another province is left out: a province must come out the same alone and with the rest.
        if first in place and second in place:
            known.setdefault(place[first], set()).add(place[second])
            known.setdefault(place[second], set()).add(place[first])
    return {index: sorted(others) for index, others in known.items()}
