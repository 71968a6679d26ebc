"""Kinds of things that one person may not do alone. Each stage names its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bersinar.access import Actor, Right
from bersinar.accounts.models.together import JointAct

LASTS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: who asks, who agrees, what happens then, and how it is told."""

    key: str
    title: Any
    asks: Right
    confirms: Right
    sentence: Callable[[JointAct], str]
    # Runs in the transaction of the agreement, on behalf of whoever agrees.
    perform: Callable[[JointAct, Actor], None]
    # Raises when these two may not decide this; called once more at the agreement, with the rights of that moment.
    check: Callable[[JointAct, Actor], None]
    lasts: timedelta = LASTS


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.key] = kind


def kind_of(key: str) -> Kind:
    return _KINDS[key]
