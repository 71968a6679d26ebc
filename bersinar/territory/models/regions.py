"""The tree of regions from province to village, and what changes over time: codes, ends, successors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.territory.models.reference import PublicReference
from bersinar.territory.vocabulary import RegencyKind, VillageKind


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


class FormerCode(PublicReference):
    """A code a village had before its present one. Rows are appended, so files with old codes still find it."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="former_codes")
    code = models.CharField(max_length=13, db_index=True)
    # Unknown for the first code: nobody published since when it was used.
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("kode lama")
        verbose_name_plural = _("kode lama")
        ordering = ("village", "valid_to")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_to"], name="territory_code_ends_once_a_day"),
            models.CheckConstraint(
                name="territory_code_ends_after_it_begins",
                condition=models.Q(valid_from=None) | models.Q(valid_from__lte=models.F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Succession(PublicReference):
    """A village ended and this one took over its land, or a part of it."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="predecessions")
    from_date = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("penerus desa")
        verbose_name_plural = _("penerus desa")
        ordering = ("from_date", "pk")
        constraints = [
            models.UniqueConstraint(fields=["village", "successor"], name="territory_succeeds_once"),
            models.CheckConstraint(
                name="territory_no_village_succeeds_itself",
                condition=~models.Q(village=models.F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} -> {self.successor_id}"


class VillagePoint(PublicReference):
    """One place inside a village, a fact from a named source: enough for a schematic map."""

    village = models.OneToOneField(Village, on_delete=models.CASCADE, related_name="point")
    lat = models.FloatField()
    lon = models.FloatField()
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("titik desa")
        verbose_name_plural = _("titik desa")
        ordering = ("village",)
        constraints = [
            models.CheckConstraint(
                name="territory_point_lies_in_indonesia",
                condition=models.Q(lat__range=(-11.5, 6.5), lon__range=(94.5, 141.5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lat}, {self.lon}"
