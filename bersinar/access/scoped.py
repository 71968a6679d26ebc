"""Tables whose rows can only be read on somebody's behalf."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.http import Http404

from bersinar.access.actor import Actor
from bersinar.access.errors import BersinarError, UnscopedQuery
from bersinar.access.vocabulary import Level, Retention

M = TypeVar("M", bound="ScopedModel")


class ScopedQuerySet(models.QuerySet[M]):
    """Closed until for_actor() or unscoped(); every way of reading or changing rows checks the door."""

    _open = False

    def for_actor(self, actor: Actor) -> Self:
        """Only what this actor may see."""
        opened: Self = self._opened(self.model.scope(self._opened(self), actor))
        return opened

    def unscoped(self, why: str) -> Self:
        """Everything. Only modules listed in tests/architecture may say this, and they say why."""
        if not why:
            raise UnscopedQuery("unscoped() needs a reason")
        opened: Self = self._opened(self)
        return opened

    @staticmethod
    def _opened(queryset: Any) -> Any:
        clone = queryset._chain()
        clone._open = True
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # private, not in the stubs
        clone._open = self._open
        return clone

    def _check(self) -> None:
        if not self._open:
            raise UnscopedQuery(f"{self.model.__name__}: say for_actor(actor) first")

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Any:
        self._check()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()


class ScopedModel(models.Model):
    """Base of every table with data: it names its level, its retention, and whose rows are whose."""

    level: Level
    retention: Retention

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """Default deny: a table that does not say whose its rows are shows none."""
        return queryset.none()


class FinalQuerySet(ScopedQuerySet[Any]):
    """Rows can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise self.model.refusal()

    def delete(self) -> tuple[int, dict[str, int]]:
        raise self.model.refusal()


class FinalModel(ScopedModel):
    """A row that is written once; whatever changes afterwards is a row of its own."""

    # What a stage says, in its own words, when somebody tries all the same.
    refusal: ClassVar[type[BersinarError]]

    objects: ClassVar[Any] = FinalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise self.refusal()
        # A key that is taken is an error here, never an overwritten row.
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise self.refusal()


def get_or_404(model: type[M], actor: Actor, **lookup: Any) -> M:
    """One row in the actor's scope. Out of scope and not there look the same."""
    rows: Any = model.objects
    found: M | None = rows.for_actor(actor).filter(**lookup).first()
    if found is None:
        raise Http404
    return found
