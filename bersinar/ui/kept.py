"""What was worked out and stays true as long as its key does, held in this process.

The key carries everything the answer depends on: the state of the data, whose data, the address and the language of a
page. Nothing of a person is in it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The latest answers; the one that was not asked for longest makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def peek(self, key: Hashable) -> T | None:
        """The answer under this key, or None when it is not there."""
        with self._lock:
            return self._parts.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under this key, made when it is not there. Two at once may both make it; they make the same."""
        with self._lock:
            if key in self._parts:
                self._parts.move_to_end(key)
                return self._parts[key]
        return self.put(key, make())

    def put(self, key: Hashable, made: T) -> T:
        """Keep an answer that was made elsewhere, for example together with others."""
        with self._lock:
            self._parts[key] = made
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return made
