"""What the tables of this stage share: whose rows they are, and rows that are written once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from bersinar.access import Actor
from bersinar.access.scoped import ScopedModel, ScopedQuerySet
from bersinar.programme.errors import NeverChanges


def of_office_or_own_village(actor: Actor, *, path: str = "") -> Q:
    """People of an office see its rows; people of a village see their own village's, and nothing else."""
    if actor.village_code is not None:
        return Q(**{f"{path}village__code": actor.village_code})
    return Q(**{f"{path}office_id__in": actor.office_ids})


class FinalQuerySet(ScopedQuerySet[Any]):
    """Rows can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise NeverChanges

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanges


class FinalModel(ScopedModel):
    """A row that is written once, with who wrote it; what was wrong is withdrawn by a further row."""

    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_name = models.CharField(max_length=200)

    objects: ClassVar[Any] = FinalQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanges
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanges
