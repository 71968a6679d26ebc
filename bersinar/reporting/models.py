"""Figures kept for reading: everything here is counted from the stages and can be counted again.

A page of the whole nation that counted for itself would go through millions of values for every reader.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.territory.models.reference import PublicReference


class RegionSize(PublicReference):
    """How many villages a kabupaten or kota has today."""

    code = models.CharField(max_length=5, unique=True)
    villages = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("jumlah desa wilayah")
        verbose_name_plural = _("jumlah desa wilayah")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code}: {self.villages}"


class AreaFigure(ScopedModel):
    """What one office's round and released map of a year say about one kabupaten or kota.

    Only answers that everybody of the office may see are counted: how many closed ones there are is itself closed.
    """

    level = Level.L2
    retention = Retention.WORKING

    office = models.ForeignKey("territory.Office", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    # Of the round: cells of open indicators, and how many of them are answered.
    round = models.ForeignKey("fieldwork.Round", on_delete=models.CASCADE, null=True, related_name="+")
    cells = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    # Of the newest released map: villages by category.
    run = models.ForeignKey("mapping.MappingRun", on_delete=models.CASCADE, null=True, related_name="+")
    rule = models.CharField(max_length=200, blank=True)
    aman = models.PositiveIntegerField(default=0)
    siaga = models.PositiveIntegerField(default=0)
    waspada = models.PositiveIntegerField(default=0)
    bahaya = models.PositiveIntegerField(default=0)
    undecided = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("angka wilayah")
        verbose_name_plural = _("angka wilayah")
        ordering = ("year", "code")
        constraints = [
            models.UniqueConstraint(fields=["year", "code", "office"], name="reporting_figure_once"),
            models.CheckConstraint(name="reporting_answers_fit_cells", condition=Q(answered__lte=F("cells"))),
            models.CheckConstraint(
                name="reporting_figure_has_a_source", condition=Q(round__isnull=False) | Q(run__isnull=False)
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[AreaFigure], actor: Actor) -> models.QuerySet[AreaFigure]:
        """Of the actor's offices, as the rounds and maps themselves; a village sees no figures of others."""
        return queryset.none() if actor.village_code else queryset.filter(office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class OverviewMark(PublicReference):
    """One row: up to which event of the audit the figures are counted, and when that was."""

    seen = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tanda hitung")
        verbose_name_plural = _("tanda hitung")

    def __str__(self) -> str:
        return str(self.seen)
