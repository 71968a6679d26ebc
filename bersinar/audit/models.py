"""The events of the actions, and the sealed copy of them in a database of its own."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, Role, ScopedModel
from bersinar.access.scoped import FinalModel
from bersinar.audit import rules
from bersinar.audit.errors import AppendOnly


class AppendOnlyModel(FinalModel):
    """A row that can be written once."""

    refusal = AppendOnly
    level = Level.L1
    retention = Retention.ARCHIVE

    class Meta:
        abstract = True


class Event(AppendOnlyModel):
    """One thing somebody did, written in the same transaction as the change itself."""

    seq = models.PositiveBigIntegerField(_("nomor"), primary_key=True)
    at = models.DateTimeField(_("waktu"))
    # Numbers and text, not foreign keys: the name stays when the account is gone.
    actor_id = models.BigIntegerField(_("nomor akun"), null=True)
    actor_name = models.CharField(_("pelaku"), max_length=200)
    office_id = models.BigIntegerField(_("nomor kantor"), null=True, db_index=True)
    verb = models.CharField(_("perbuatan"), max_length=80)
    about_type = models.CharField(_("jenis objek"), max_length=80, blank=True)
    about_id = models.CharField(_("nomor objek"), max_length=80, blank=True)
    about_level = models.PositiveSmallIntegerField(_("tingkat data objek"))
    # Text, not a JSON column: PostgreSQL would respell numbers and the seal over them would break.
    facts_text = models.TextField(_("fakta"))

    class Meta:
        verbose_name = _("peristiwa")
        verbose_name_plural = _("peristiwa")
        ordering = ("seq",)
        indexes = [models.Index(fields=("about_type", "about_id"), name="audit_event_about")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    @property
    def facts(self) -> dict[str, Any]:
        return dict(json.loads(self.facts_text))

    @property
    def body(self) -> str:
        """The text that is sealed."""
        return rules.body_of(
            rules.Facts(
                seq=self.seq,
                at=self.at,
                actor_id=self.actor_id,
                actor_name=self.actor_name,
                office_id=self.office_id,
                verb=self.verb,
                about_type=self.about_type,
                about_id=self.about_id,
                about_level=self.about_level,
                facts=self.facts_text,
            )
        )

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """The head and the administrator see what happened in their own office."""
        if actor.office_id is None or actor.role not in (Role.KEPALA, Role.ADMIN):
            return queryset.none()
        return queryset.filter(office_id=actor.office_id)


class EventCounter(ScopedModel):
    """One row with the last number given. Unlike a sequence it never leaves a gap after a rollback."""

    level = Level.L1
    retention = Retention.ARCHIVE

    last = models.PositiveBigIntegerField(_("nomor terakhir"), default=0)

    class Meta:
        verbose_name = _("penghitung peristiwa")
        verbose_name_plural = _("penghitung peristiwa")

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.none()


class SealedEvent(AppendOnlyModel):
    """The same event as text in the chained store; changing one breaks every seal after it."""

    seq = models.PositiveBigIntegerField(_("nomor"), primary_key=True)
    version = models.PositiveSmallIntegerField(_("versi bentuk"))
    body = models.TextField(_("isi"))
    previous = models.CharField(_("segel sebelumnya"), max_length=64)
    digest = models.CharField(_("segel"), max_length=64)

    class Meta:
        verbose_name = _("peristiwa tersegel")
        verbose_name_plural = _("peristiwa tersegel")
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """Nobody reads it as rows; `audit verify` compares it as a whole."""
        return queryset.none()
