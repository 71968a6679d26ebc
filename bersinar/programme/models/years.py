"""A village's programme year, what happened in it, and the papers that show it; all appended."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention
from bersinar.programme.models.common import ProgrammeRecord, of_office_or_own_village
from bersinar.programme.vocabulary import MoneySource, Origin, Precision

SOURCES = [source.value for source in MoneySource]
ORIGINS = [origin.value for origin in Origin]
PRECISIONS = [precision.value for precision in Precision]


class ProgrammeYear(ProgrammeRecord):
    """One village formed in one year by one office, under the stage template as it was on that day."""

    level = Level.L2
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    money_source = models.CharField(max_length=8, choices=[(s, s) for s in SOURCES])
    # Villages fixed before this system knew them have no decision here; then the reason says how it is known.
    decision = models.ForeignKey(
        "targeting.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    template_id = models.CharField(max_length=40)
    template_version = models.CharField(max_length=20)
    # The whole text: a template that changes later must not change what was asked of this village.
    template_text = models.TextField()
    origin = models.CharField(max_length=6, choices=[(o, o) for o in ORIGINS])
    source = models.CharField(max_length=500, blank=True)
    # Counts the enrolments of one village and year; a later one is only possible after a withdrawal.
    attempt = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("tahun Desa Bersinar")
        verbose_name_plural = _("tahun Desa Bersinar")
        ordering = ("-year", "village__code")
        indexes = [models.Index(fields=["office", "year"], name="programme_year_of_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "village", "year", "attempt"], name="programme_village_enrolled_once"
            ),
            models.CheckConstraint(name="programme_money_is_known", condition=Q(money_source__in=SOURCES)),
            models.CheckConstraint(name="programme_year_origin_is_known", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(
                name="programme_year_rests_on_something",
                condition=Q(decision__isnull=False) | (~Q(reason="") & ~Q(source="")),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(of_office_or_own_village(actor))

    def __str__(self) -> str:
        return f"{self.village_id}/{self.year}"


class OfYear(ProgrammeRecord):
    """A row about one programme year."""

    level = Level.L2
    retention = Retention.ARCHIVE

    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(of_office_or_own_village(actor, path="year__"))


class Dated(models.Model):
    """A day as exactly as it is known, and who says so."""

    date = models.DateField()
    precision = models.CharField(max_length=13, choices=[(p, p) for p in PRECISIONS])
    origin = models.CharField(max_length=6, choices=[(o, o) for o in ORIGINS])
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class StageEvent(Dated, OfYear):
    """A stage was accepted. The current stage is computed from these rows, never stored."""

    stage = models.CharField(max_length=30)
    note = models.CharField(max_length=500, blank=True)
    # Accepted although something stood in the way: what it was, as the rules told it on that day, and why all the same.
    is_exception = models.BooleanField(default=False)
    exception = models.CharField(max_length=500, blank=True)
    obstacles = models.JSONField(default=list)
    attempt = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("tahap tercatat")
        verbose_name_plural = _("tahap tercatat")
        ordering = ("pk",)
        constraints = [
            # Two people may press at once: the second finds this number taken.
            models.UniqueConstraint(
                fields=["year", "stage", "attempt"], name="programme_stage_recorded_once"
            ),
            models.CheckConstraint(
                name="programme_stage_precision_is_known", condition=Q(precision__in=PRECISIONS)
            ),
            models.CheckConstraint(name="programme_stage_origin_is_known", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(
                name="programme_exception_has_reason",
                condition=Q(is_exception=False, exception="") | (Q(is_exception=True) & ~Q(exception="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}/{self.stage}"


class StagePlan(OfYear):
    """When a stage is meant to happen. The newest counts; one without a day takes the plan back."""

    stage = models.CharField(max_length=30)
    date = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("rencana tahap")
        verbose_name_plural = _("rencana tahap")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.year_id}/{self.stage}"


class Evidence(Dated, OfYear):
    """A paper, a picture or a reference that shows what a stage asks for."""

    stage = models.CharField(max_length=30)
    # The item of the stage template this answers; empty for a paper nobody asked for.
    item = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(
        "documents.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bukti tahap")
        verbose_name_plural = _("bukti tahap")
        ordering = ("date", "pk")
        constraints = [
            models.CheckConstraint(
                name="programme_evidence_precision_is_known", condition=Q(precision__in=PRECISIONS)
            ),
            models.CheckConstraint(
                name="programme_evidence_origin_is_known", condition=Q(origin__in=ORIGINS)
            ),
            models.CheckConstraint(
                name="programme_evidence_can_be_found", condition=~Q(reference="") | Q(file__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RecordWithdrawal(ProgrammeRecord):
    """An enrolment, a stage or a piece of evidence does not count any more, and why."""

    level = Level.L2
    retention = Retention.ARCHIVE

    programme_year = models.OneToOneField(
        ProgrammeYear, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    event = models.OneToOneField(
        StageEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    evidence = models.OneToOneField(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("penarikan catatan")
        verbose_name_plural = _("penarikan catatan")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="programme_withdrawal_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="programme_withdrawal_of_one_thing",
                condition=Q(programme_year__isnull=False, event__isnull=True, evidence__isnull=True)
                | Q(programme_year__isnull=True, event__isnull=False, evidence__isnull=True)
                | Q(programme_year__isnull=True, event__isnull=True, evidence__isnull=False),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(
            of_office_or_own_village(actor, path="programme_year__")
            | of_office_or_own_village(actor, path="event__year__")
            | of_office_or_own_village(actor, path="evidence__year__")
        )

    def __str__(self) -> str:
        return self.reason
