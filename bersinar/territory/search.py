"""Names of all villages held ready to be searched, also when only a part was typed or a letter is wrong.

The index is built from the database when the first person searches, and again when regions were added. It needs no
extension of the database and gives the same answer on both.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bersinar.territory.matching import names

ALIKE, NEARLY = 70.0, 88.0
_SHORT, _FEW, _MOST_WORDS = 3, 5, 6
_MOST = 300


@dataclass(frozen=True, slots=True)
class Named:
    """A village as the index takes it in."""

    id: int
    code: str
    name: str
    district: str
    regency: str
    province: str


class NameIndex:
    """Villages by the key of their name, and the words of their parents."""

    def __init__(self, villages: Iterable[Named]) -> None:
        self._of_key: dict[str, list[int]] = defaultdict(list)
        self._words: dict[int, str] = {}
        self._regency: dict[int, str] = {}
        above: dict[tuple[str, str, str], str] = {}
        for village in villages:
            self._of_key[names.key(village.name)].append(village.id)
            parents = (village.district, village.regency, village.province)
            if parents not in above:
                above[parents] = " ".join(names.key(word) for one in parents for word in names.tokens(one))
            self._words[village.id] = above[parents]
            self._regency[village.id] = sys.intern(village.code[:5])
        self._keys = sorted(self._of_key)

    def find(self, text: str, *, own: tuple[str, ...] = ()) -> list[int]:
        """Numbers of villages, at most three hundred: the same name, then those of the own regions, then the rest."""
        wanted = names.key(text)
        if not wanted:
            return []
        found = (
            [key for key in self._keys if wanted in key] if len(wanted) >= _SHORT else self._starting(wanted)
        )
        ranked = sorted(found, key=lambda key: (key != wanted, not key.startswith(wanted), len(key), key))
        result = self._listed([key for key in ranked if key == wanted], ())
        result = self._listed_more(
            self._own_first(result, own), self._own_first(self._every(ranked), own, others=False)
        )
        result = self._listed_more(result, self._listed(ranked, ()))
        if len(result) < _MOST:
            result = self._listed_more(result, self._with_parents(text, forgiving=not result))
        if len(found) < _FEW and len(wanted) >= _SHORT:
            # Beside a hit only a slip of the pen is worth showing; without one anything alike may help.
            result = self._listed_more(result, self._alike(wanted, NEARLY if result else ALIKE))
        return result[:_MOST]

    def _every(self, keys: Iterable[str]) -> Iterator[int]:
        return (village for key in keys for village in self._of_key[key])

    def _own_first(self, ids: Iterable[int], own: tuple[str, ...], *, others: bool = True) -> list[int]:
        if not own:
            return list(ids) if others else []
        mine, rest = [], []
        for village in ids:
            if self._regency[village].startswith(own):
                mine.append(village)
            elif others:
                rest.append(village)
        return mine + rest

    def _starting(self, wanted: str) -> list[str]:
        return [key for key in self._keys if key.startswith(wanted)]

    def _alike(self, wanted: str, least: float) -> list[int]:
        close = process.extract(wanted, self._keys, scorer=fuzz.ratio, score_cutoff=least, limit=40)
        return self._listed([key for key, _score, _at in close], ())

    def _with_parents(self, text: str, *, forgiving: bool) -> list[int]:
        """ "binga sijuk": first words of the name, the rest of its kecamatan, kabupaten or province."""
        words = names.tokens(text)[:_MOST_WORDS]
        result: list[int] = []
        for cut in range(len(words) - 1, 0, -1):
            name = names.key(" ".join(words[:cut]))
            rest = [names.key(word) for word in words[cut:]]
            inside = [key for key in self._keys if name in key]
            if not inside and forgiving and not result:
                close = process.extract(
                    name, self._keys, scorer=fuzz.ratio, score_cutoff=NEARLY - 8, limit=40
                )
                inside = [key for key, _score, _at in close]
            inside.sort(key=lambda key: (key != name, len(key), key))
            result = self._listed_more(result, self._listed(inside, rest))
        return result

    def _listed(self, keys: Iterable[str], parents: Sequence[str]) -> list[int]:
        result: list[int] = []
        for key in keys:
            for village in self._of_key[key]:
                if all(word in self._words[village] for word in parents):
                    result.append(village)
            if len(result) >= _MOST:
                break
        return result

    @staticmethod
    def _listed_more(first: list[int], then: Iterable[int]) -> list[int]:
        return list(dict.fromkeys([*first, *then]))
