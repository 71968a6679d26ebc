"""Tables of the mapping stage: rules as text, runs that never change, and what was appended to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention
from bersinar.access.scoped import FinalModel
from bersinar.mapping.errors import NeverChanges
from bersinar.mapping.vocabulary import ObjectionOutcome


class MappingRecord(FinalModel):
    """A row of this stage: written once."""

    refusal = NeverChanges

    class Meta:
        abstract = True


class StoredRule(MappingRecord):
    """One version of a unit's own rule, as the exact text that was used."""

    level = Level.L1
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    rule_id = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("aturan unit")
        verbose_name_plural = _("aturan unit")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "rule_id", "version"], name="mapping_rule_version_once"
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[StoredRule], actor: Actor) -> models.QuerySet[StoredRule]:
        return queryset.filter(office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"{self.rule_id} {self.version}"


class MappingRun(MappingRecord):
    """One calculation over one state of one round's data; never changed after it is stored."""

    level = Level.L2
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("fieldwork.Round", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=80)
    rule_id = models.CharField(max_length=80)
    rule_version = models.CharField(max_length=20)
    rule_text = models.TextField()
    rule_fingerprint = models.CharField(max_length=64)
    input_fingerprint = models.CharField(max_length=64)
    result_fingerprint = models.CharField(max_length=64)
    # The entries the numbers came from, so that a later withdrawal can be noticed without touching the run.
    entry_ids = models.BinaryField()
    n_villages = models.PositiveIntegerField()
    counts = models.JSONField()
    is_example = models.BooleanField(default=False)
    computed_at = models.DateTimeField(auto_now_add=True)
    computed_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("pemetaan")
        verbose_name_plural = _("pemetaan")
        ordering = ("-pk",)
        constraints = [
            # The same data under the same rule text give the same run, so computing twice is harmless.
            models.UniqueConstraint(
                fields=["round", "input_fingerprint", "rule_fingerprint"], name="mapping_run_once"
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[MappingRun], actor: Actor) -> models.QuerySet[MappingRun]:
        return queryset.filter(office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"Pemetaan {self.year} #{self.pk}"


class VillageResult(MappingRecord):
    """What one run says about one village. Counts and lists of indicators need their own right to be read."""

    level = Level.L2
    retention = Retention.ARCHIVE

    run = models.ForeignKey(MappingRun, on_delete=models.PROTECT, related_name="results")
    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    severity = models.SmallIntegerField()
    possible = models.PositiveSmallIntegerField()
    unmatched = models.BooleanField()
    n_main = models.PositiveSmallIntegerField()
    n_supporting = models.PositiveSmallIntegerField()
    missing = models.CharField(max_length=80, blank=True)
    yes_only = models.CharField(max_length=80, blank=True)
    settles = models.CharField(max_length=80, blank=True)
    present = models.CharField(max_length=80, blank=True)
    distance = models.CharField(max_length=40)
    anomalies = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("hasil desa")
        verbose_name_plural = _("hasil desa")
        constraints = [
            models.UniqueConstraint(fields=["run", "village"], name="mapping_one_result_a_village"),
            models.CheckConstraint(
                name="mapping_severity_is_known", condition=Q(severity__gte=-1, severity__lte=3)
            ),
            # A village no line reaches is open; it must never carry a category.
            models.CheckConstraint(
                name="mapping_unmatched_is_open", condition=Q(unmatched=False) | Q(severity=-1)
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[VillageResult], actor: Actor) -> models.QuerySet[VillageResult]:
        return queryset.filter(run__office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"{self.run_id}/{self.village_id}"


class Release(MappingRecord):
    """The moment a run stops being provisional; appended, never edited."""

    level = Level.L2
    retention = Retention.ARCHIVE

    run = models.OneToOneField(MappingRun, on_delete=models.PROTECT, related_name="release")
    counts = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    released_at = models.DateTimeField(auto_now_add=True)
    released_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("rilis")
        verbose_name_plural = _("rilis")

    @classmethod
    def scope(cls, queryset: models.QuerySet[Release], actor: Actor) -> models.QuerySet[Release]:
        return queryset.filter(run__office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"Rilis #{self.run_id}"


class Objection(MappingRecord):
    """A village does not agree with its category; recorded before release."""

    level = Level.L2
    retention = Retention.ARCHIVE

    run = models.ForeignKey(MappingRun, on_delete=models.PROTECT, related_name="objections")
    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    raised_by = models.CharField(max_length=150)
    raised_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("keberatan")
        verbose_name_plural = _("keberatan")
        ordering = ("pk",)

    @classmethod
    def scope(cls, queryset: models.QuerySet[Objection], actor: Actor) -> models.QuerySet[Objection]:
        return queryset.filter(run__office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"Keberatan #{self.pk}"


class ObjectionAnswer(MappingRecord):
    """The office's one answer to an objection."""

    level = Level.L2
    retention = Retention.ARCHIVE

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in ObjectionOutcome])
    text = models.TextField()
    answered_at = models.DateTimeField(auto_now_add=True)
    answered_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("jawaban keberatan")
        verbose_name_plural = _("jawaban keberatan")

    @classmethod
    def scope(
        cls, queryset: models.QuerySet[ObjectionAnswer], actor: Actor
    ) -> models.QuerySet[ObjectionAnswer]:
        return queryset.filter(objection__run__office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"Jawaban #{self.objection_id}"
