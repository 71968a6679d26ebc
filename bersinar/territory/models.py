"""The tree of regions from province to village, and the offices that serve parts of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.territory.vocabulary import OfficeKind, RegencyKind, VillageKind


class PublicReference(ScopedModel):
    """Codes and names published by the Ministry of Home Affairs: everybody may read them."""

    level = Level.L0
    retention = Retention.REFERENCE

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset


class Province(PublicReference):
    """The first level, two digits."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("provinsi")
        verbose_name_plural = _("provinsi")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Regency(PublicReference):
    """The second level: kabupaten or kota."""

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="regencies")
    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(kind, kind.label) for kind in RegencyKind])

    class Meta:
        verbose_name = _("kabupaten/kota")
        verbose_name_plural = _("kabupaten/kota")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class District(PublicReference):
    """The third level: kecamatan, distrik in Papua."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="districts")
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Village(PublicReference):
    """A desa, kelurahan or desa adat. Its identity outlives its code: codes change when regions are split."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages")
    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=[(kind, kind.label) for kind in VillageKind])
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("desa/kelurahan")
        verbose_name_plural = _("desa/kelurahan")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


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
