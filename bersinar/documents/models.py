"""Files by their content, letters that never change, and the numbers they carry."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, Right, ScopedModel
from bersinar.access.scoped import FinalModel
from bersinar.documents.errors import NeverChanges
from bersinar.documents.vocabulary import DocumentKind, Origin, Signatory

KINDS = [(kind.value, kind.label) for kind in DocumentKind]


class OfficeRecord(FinalModel):
    """A row of one office that is written once."""

    refusal = NeverChanges
    level = Level.L2
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(office_id__in=actor.office_ids)


class StoredFile(OfficeRecord):
    """One file under the hash of its content. The row says whose it is and which right opens it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    # What is inside this file; the level of the table itself says only what the row tells.
    content_level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])
    # A sheet with enforcement values asks for more than a letter does.
    right = models.CharField(max_length=40, default=Right.DOCUMENTS_SEE.value)

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sha256", "name", "right", "content_level", "content_type"],
                name="documents_file_once",
            ),
            models.CheckConstraint(
                name="documents_file_is_not_secret", condition=Q(content_level__lte=Level.L2.value)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(
            office_id__in=actor.office_ids, right__in=[right.value for right in actor.rights]
        )


class LetterTemplate(OfficeRecord):
    """One version of the Word template an office made for one kind; the newest version counts."""

    kind = models.CharField(max_length=20, choices=KINDS)
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("templat surat")
        verbose_name_plural = _("templat surat")
        ordering = ("kind", "-version")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "version"], name="documents_template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.version}"


class Letter(OfficeRecord):
    """One version of a letter with its facts frozen. A later version follows it, nothing edits it."""

    # Random, so that a paper in the street does not tell how many letters an office writes.
    thread = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=KINDS)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    facts = models.JSONField()
    # The office's name as it was on the day; offices are renamed.
    office_name = models.CharField(max_length=100)
    office_seat = models.CharField(max_length=80, blank=True)
    signatory_position = models.CharField(max_length=200)
    signatory_name = models.CharField(max_length=150, blank=True)
    signed_here = models.BooleanField()
    example = models.BooleanField()
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, null=True, related_name="+")
    template_fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("surat")
        verbose_name_plural = _("surat")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["about_type", "about_id"], name="documents_letter_about")]
        constraints = [
            models.UniqueConstraint(fields=["thread", "version"], name="documents_letter_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def signatory(self) -> Signatory:
        return Signatory(self.signatory_position, self.signatory_name, own=self.signed_here)


class NumberSeries(ScopedModel):
    """The office's own numbers of one kind and year. Its row is locked while a number is drawn."""

    level = Level.L1
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    year = models.PositiveSmallIntegerField()
    next = models.PositiveIntegerField(default=1)
    pattern = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("seri nomor")
        verbose_name_plural = _("seri nomor")
        ordering = ("kind", "-year")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="documents_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(office_id__in=actor.office_ids)


class Issue(OfficeRecord):
    """The moment a letter got its number and date, with the PDF as it was handed out."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="issue")
    origin = models.CharField(max_length=30, choices=[(origin.value, origin.value) for origin in Origin])
    number = models.CharField(max_length=120)
    date = models.DateField()
    content_sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("penerbitan surat")
        verbose_name_plural = _("penerbitan surat")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.number


class IssuedNumber(OfficeRecord):
    """One number drawn from a series, for ever: a voided letter keeps its own."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="own_number")

    class Meta:
        verbose_name = _("nomor surat")
        verbose_name_plural = _("nomor surat")
        ordering = ("series", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="documents_sequence_once"),
            models.UniqueConstraint(fields=["office", "text"], name="documents_number_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Voiding(OfficeRecord):
    """An issued letter declared void, and why."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="voiding")
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("pembatalan surat")
        verbose_name_plural = _("pembatalan surat")
        ordering = ("-pk",)
        constraints = [models.CheckConstraint(name="documents_voiding_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.reason
