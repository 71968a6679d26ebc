"""What the index is made of: items in groups, groups in one index, each with its weight and direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bersinar.methods.index.checks import Floats, names_of, shares


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator. `direction` 1: more means more vulnerable; -1: less means more vulnerable."""

    name: str
    group: str
    weight: float = 1.0
    direction: int = 1

    def __post_init__(self) -> None:
        if self.direction not in (1, -1):
            raise ValueError(f"direction of {self.name}: 1 or -1 expected, found {self.direction}")


@dataclass(frozen=True, slots=True)
class Group:
    """Items that answer one question; its weight is its share in the index before all are made to sum to one."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Framework:
    """Two levels: the items of a group sum to one, the groups sum to one."""

    items: tuple[Item, ...]
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        names_of([item.name for item in self.items], called="items")
        known = names_of([group.name for group in self.groups], called="groups")
        for item in self.items:
            if item.group not in known:
                raise ValueError(f"items: {item.name} names the group {item.group}, which does not exist")
        for group in self.groups:
            if not any(item.group == group.name for item in self.items):
                raise ValueError(f"groups: {group.name} has no item")

    @property
    def names(self) -> tuple[str, ...]:
        """The items in their order, which is the order of the columns everywhere."""
        return tuple(item.name for item in self.items)

    @property
    def directions(self) -> Floats:
        """1 or -1 an item."""
        return np.array([item.direction for item in self.items], dtype=np.float64)

    def columns_of(self, group: str) -> list[int]:
        """Positions of the items of one group."""
        return [at for at, item in enumerate(self.items) if item.group == group]

    def weights(self) -> Floats:
        """Share of each item in the whole index; they sum to one.

        >>> two_to_one([f"P{k}" for k in range(1, 9)], [f"D{k}" for k in range(1, 6)]).weights().round(4)
        array([0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833,
               0.0667, 0.0667, 0.0667, 0.0667, 0.0667])
        """
        found = np.zeros(len(self.items))
        of_groups = shares([group.weight for group in self.groups], len(self.groups), called="group weights")
        for group, share in zip(self.groups, of_groups, strict=True):
            columns = self.columns_of(group.name)
            given = [self.items[at].weight for at in columns]
            found[columns] = share * shares(given, len(columns), called=f"weights of {group.name}")
        return found

    def without(self, name: str) -> Framework:
        """The same without one item, and without its group when the group is empty then.

        Raises
        ------
        ValueError
            There is no such item, or it is the only one.
        """
        left = tuple(item for item in self.items if item.name != name)
        if len(left) == len(self.items):
            raise ValueError(f"items: there is no {name}")
        if not left:
            raise ValueError(f"items: {name} is the only one")
        groups = tuple(group for group in self.groups if any(item.group == group.name for item in left))
        return Framework(left, groups)


def two_to_one(main: Sequence[str], supporting: Sequence[str]) -> Framework:
    """Main indicators count twice as much as supporting ones, equal inside a group.

    A convention of this product until experts were asked; no official weights were published.
    """
    items = [Item(name, "utama") for name in main] + [Item(name, "pendukung") for name in supporting]
    return Framework(tuple(items), (Group("utama", 2.0), Group("pendukung", 1.0)))
