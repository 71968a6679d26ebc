"""Which function does which kind of job, and what that function is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import autodiscover_modules

from bersinar.access import Actor

Work = Callable[..., str]


@dataclass(slots=True)
class Context:
    """What a handler knows about its job."""

    pk: int
    actor: Actor
    report: Callable[[int, int], None] = field(repr=False)

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is; cheap enough to be called for every row."""
        self.report(done, total)


@dataclass(frozen=True, slots=True)
class Handler:
    kind: str
    title: Any
    work: Work


@dataclass(frozen=True, slots=True)
class Chore:
    """Something a worker looks after by itself, every so many seconds from its start on."""

    name: str
    seconds: float
    work: Callable[[], object]


_handlers: dict[str, Handler] = {}
_chores: dict[str, Chore] = {}


def handler(kind: str, *, title: Any) -> Callable[[Work], Work]:
    """Declare the function behind a kind; it returns the path of its result and must be safe to run twice."""

    def register(work: Work) -> Work:
        known = _handlers.get(kind)
        if known is not None and known.work.__module__ != work.__module__:
            raise RuntimeError(f"two handlers for {kind}: {known.work.__module__} and {work.__module__}")
        _handlers[kind] = Handler(kind, title, work)
        return work

    return register


def find(kind: str) -> Handler | None:
    """The handler; every app's tasks module is read the first time a kind is not known yet."""
    if kind not in _handlers:
        autodiscover_modules("tasks")
    return _handlers.get(kind)


def chore(name: str, *, seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Declare work that nobody asks for; it must be quick (queue a job) and safe on several workers at once."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        _chores[name] = Chore(name, seconds, work)
        return work

    return register


def chores() -> list[Chore]:
    """Those of every app."""
    autodiscover_modules("tasks")
    return list(_chores.values())
