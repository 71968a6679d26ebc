"""The offices that serve parts of the tree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.territory.models.reference import PublicReference
from bersinar.territory.vocabulary import OfficeKind


class Office(PublicReference):
    """BNN, a BNNP or a BNNK. A BNNK may serve several regencies; some regencies have none."""

    kind = models.CharField(max_length=4, choices=[(kind, kind.label) for kind in OfficeKind])
    name = models.CharField(max_length=100, unique=True)
    seat = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("satuan kerja")
        verbose_name_plural = _("satuan kerja")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OfficeArea(PublicReference):
    """One region an office serves, as a code prefix: a province ("19") or a regency ("19.02")."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="areas")
    prefix = models.CharField(max_length=5)

    class Meta:
        verbose_name = _("wilayah kerja")
        verbose_name_plural = _("wilayah kerja")
        ordering = ("prefix",)
        constraints = [
            models.UniqueConstraint(fields=["office", "prefix"], name="territory_office_area_once"),
        ]

    def __str__(self) -> str:
        return self.prefix
