"""What all published reference tables share."""

from __future__ import annotations

from django.db import models

from bersinar.access import Actor, Level, Retention, ScopedModel


class PublicReference(ScopedModel):
    """Codes and names published by the Ministry of Home Affairs: everybody may read them."""

    level = Level.L0
    retention = Retention.REFERENCE

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset
