"""One row per piece of background work."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, Right, ScopedModel
from bersinar.jobs import registry
from bersinar.jobs.vocabulary import OPEN, JobState


class Job(ScopedModel):
    """Work that outlives the request: what, for whom, how far, and where the result is."""

    level = Level.L1
    retention = Retention.WORKING

    kind = models.CharField(_("jenis"), max_length=80)
    # With the office in front, so that two offices can never meet in one job.
    key = models.CharField(_("kunci"), max_length=200)
    payload = models.JSONField(_("bahan"))
    # Numbers, not foreign keys: accounts stand above this folder.
    user_id = models.BigIntegerField(_("nomor akun"), null=True)
    actor_name = models.CharField(_("peminta"), max_length=200)
    office_id = models.BigIntegerField(_("nomor kantor"), null=True, db_index=True)

    state = models.CharField(
        _("keadaan"),
        max_length=10,
        choices=[(state.value, state.value) for state in JobState],
        default=JobState.ANTRE.value,
    )
    done = models.PositiveIntegerField(_("sudah"), default=0)
    total = models.PositiveIntegerField(_("seluruhnya"), default=0)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    # While a worker lives it pushes this forward; once it lies in the past the worker is dead.
    lease_until = models.DateTimeField(_("disewa sampai"), null=True)
    lease_token = models.CharField(_("tanda sewa"), max_length=32, blank=True)
    delivery = models.CharField(_("nomor antaran"), max_length=40, blank=True)
    error_code = models.CharField(_("kode kesalahan"), max_length=80, blank=True)
    error_sentence = models.TextField(_("kesalahan"), blank=True)
    result_url = models.CharField(_("alamat hasil"), max_length=300, blank=True)

    created_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    started_at = models.DateTimeField(_("dimulai"), null=True)
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("pekerjaan")
        verbose_name_plural = _("pekerjaan")
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="jobs_one_job_per_key")]
        indexes = [models.Index(fields=("state", "lease_until"), name="jobs_state_lease")]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def title(self) -> str:
        handler = registry.find(self.kind)
        return str(handler.title) if handler else self.kind

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """Only what was asked for in the actor's own office."""
        if actor.office_id is None or not actor.can(Right.JOBS_SEE):
            return queryset.none()
        return queryset.filter(office_id=actor.office_id)


class SentForm(ScopedModel):
    """The last form sent from one page: what it was, as a digest, and where it led. Nothing typed is kept."""

    level = Level.L1
    retention = Retention.WORKING

    user_id = models.BigIntegerField(_("nomor akun"))
    page = models.CharField(_("halaman"), max_length=64)
    content = models.CharField(_("isi"), max_length=64, blank=True)
    result = models.CharField(_("hasil"), max_length=500, blank=True)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("kiriman formulir")
        verbose_name_plural = _("kiriman formulir")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("user_id", "page"), name="jobs_one_form_per_page")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """Nobody reads it; the register finds a form by its mark."""
        return queryset.none()
