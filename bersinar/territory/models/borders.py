"""Borders of villages: each imported file is a generation, of which an office uses one at a time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.territory.models.offices import Office
from bersinar.territory.models.regions import Village
from bersinar.territory.vocabulary import BoundaryMatch, SetState


class BoundarySet(ScopedModel):
    """One imported file. It shows nowhere until somebody looked at it and chose it; older ones stay."""

    level = Level.L1
    retention = Retention.ARCHIVE

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="boundary_sets")
    name = models.CharField(_("nama"), max_length=200)
    attribution = models.CharField(_("sumber"), max_length=300)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    swap_axes = models.BooleanField(_("bujur dan lintang ditukar"), default=False)
    state = models.CharField(
        _("keadaan"),
        max_length=10,
        choices=[(state.value, state.value) for state in SetState],
        default=SetState.MENUNGGU.value,
    )
    refused_code = models.CharField(_("kode penolakan"), max_length=80, blank=True)
    refused_why = models.TextField(_("sebab ditolak"), blank=True)
    # Counts and feature numbers of what was repaired or left out; see borders.report.
    report = models.JSONField(_("laporan"), default=dict)
    imported_by_id = models.BigIntegerField(_("nomor akun"), null=True)
    imported_by_name = models.CharField(_("pengunggah"), max_length=200)
    imported_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    class Meta:
        verbose_name = _("kumpulan batas")
        verbose_name_plural = _("kumpulan batas")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(office_id__in=actor.office_ids)


class BoundaryFile(ScopedModel):
    """The uploaded bytes between upload and reading; deleted when the file was read or refused."""

    level = Level.L1
    retention = Retention.WORKING

    boundary_set = models.OneToOneField(BoundarySet, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField(_("isi"))

    class Meta:
        verbose_name = _("berkas batas")
        verbose_name_plural = _("berkas batas")

    def __str__(self) -> str:
        return f"{self.boundary_set_id}"

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(boundary_set__office_id__in=actor.office_ids)


class Boundary(ScopedModel):
    """One shape of the file, and the village it was matched to; without a village it waits for a person."""

    level = Level.L1
    retention = Retention.ARCHIVE

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="boundaries")
    number = models.PositiveIntegerField(_("urutan"))
    code = models.CharField(_("kode di berkas"), max_length=40, blank=True)
    name = models.CharField(_("nama di berkas"), max_length=200, blank=True)
    district = models.CharField(_("kecamatan di berkas"), max_length=200, blank=True)
    regency = models.CharField(_("kabupaten di berkas"), max_length=200, blank=True)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, null=True, related_name="boundaries")
    match = models.CharField(
        _("kecocokan"), max_length=10, choices=[(match.value, match.value) for match in BoundaryMatch]
    )
    why = models.CharField(_("sebab ragu"), max_length=30, blank=True)
    candidates = models.JSONField(_("calon"), default=list)
    is_repaired = models.BooleanField(_("diperbaiki"), default=False)
    # Well-known binary, degrees, simplified together with its neighbours.
    geometry = models.BinaryField(_("bentuk"))
    decided_by_name = models.CharField(_("diputuskan oleh"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True)

    class Meta:
        verbose_name = _("batas desa")
        verbose_name_plural = _("batas desa")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["boundary_set", "number"], name="territory_shape_once"),
            models.UniqueConstraint(fields=["boundary_set", "village"], name="territory_one_shape_a_village"),
            models.CheckConstraint(
                name="territory_matched_means_village",
                condition=models.Q(
                    village__isnull=False,
                    match__in=[match.value for match in BoundaryMatch if match.is_matched],
                )
                | models.Q(
                    village=None, match__in=[match.value for match in BoundaryMatch if not match.is_matched]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(boundary_set__office_id__in=actor.office_ids)


class BoundaryChoice(ScopedModel):
    """From now on the office's maps use this set; without a set they are schematic. The last row counts."""

    level = Level.L1
    retention = Retention.ARCHIVE

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="boundary_choices")
    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.PROTECT, null=True, related_name="choices")
    chosen_by_id = models.BigIntegerField(_("nomor akun"), null=True)
    chosen_by_name = models.CharField(_("dipilih oleh"), max_length=200)
    chosen_at = models.DateTimeField(_("dipilih"), auto_now_add=True)

    class Meta:
        verbose_name = _("pilihan batas")
        verbose_name_plural = _("pilihan batas")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.office_id}: {self.boundary_set_id}"

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(office_id__in=actor.office_ids)
