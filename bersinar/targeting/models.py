"""Tables of the selection stage: policies as text, appended readiness, the draft, and decisions that never change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.access.scoped import FinalModel
from bersinar.targeting.errors import DecisionIsFinal
from bersinar.targeting.vocabulary import Answer, MoneySource

ANSWERS = [answer.value for answer in Answer]
SOURCES = [source.value for source in MoneySource]


class OfficeModel(ScopedModel):
    """Rows of one office, seen by its people and by the offices above it."""

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(office_id__in=actor.office_ids)


class OfficePolicy(OfficeModel):
    """One version of a unit's own policy for a year, as the exact text; the newest version counts."""

    level = Level.L1
    retention = Retention.ARCHIVE

    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("kebijakan unit")
        verbose_name_plural = _("kebijakan unit")
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "version"], name="targeting_policy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}/{self.version}"


class Readiness(OfficeModel):
    """What was learnt about a village's readiness at one moment; appended, the newest counts."""

    level = Level.L2
    retention = Retention.ARCHIVE

    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    pact = models.CharField(max_length=5, choices=[(a, a) for a in ANSWERS])
    pact_evidence = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("kesiapan desa")
        verbose_name_plural = _("kesiapan desa")
        ordering = ("pk",)
        indexes = [models.Index(fields=["office", "year", "village"], name="targeting_readiness_of")]
        constraints = [
            models.CheckConstraint(name="targeting_pact_is_known", condition=Q(pact__in=ANSWERS)),
            # A signed pact without saying where it lies cannot be shown to an auditor.
            models.CheckConstraint(
                name="targeting_pact_has_evidence", condition=~Q(pact=Answer.YA.value) | ~Q(pact_evidence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id}/{self.year}"


class Proposal(OfficeModel):
    """The draft the P2M officer prepares; one an office and year, free to change until decided."""

    level = Level.L2
    retention = Retention.WORKING

    run = models.ForeignKey("mapping.MappingRun", on_delete=models.PROTECT, related_name="+")
    # A list of {village, money_source, reason, override_reason}; unfinished texts are allowed in a draft.
    lines = models.JSONField(default=list)
    passed_over_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("usulan sasaran")
        verbose_name_plural = _("usulan sasaran")
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="targeting_one_proposal_a_year"),
        ]

    def __str__(self) -> str:
        return f"Usulan {self.year}"


class DecisionRecord(FinalModel):
    """A decision and what belongs to it: written once."""

    refusal = DecisionIsFinal

    class Meta:
        abstract = True


class Decision(DecisionRecord, OfficeModel):
    """The targets of one office and year; never edited, only followed by the next number."""

    level = Level.L2
    retention = Retention.ARCHIVE

    number = models.PositiveSmallIntegerField()
    run = models.ForeignKey("mapping.MappingRun", on_delete=models.PROTECT, related_name="+")
    policy_text = models.TextField()
    passed_over = models.JSONField(default=list)
    passed_over_reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseding_reason = models.TextField(blank=True)
    client_key = models.CharField(max_length=64)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("penetapan sasaran")
        verbose_name_plural = _("penetapan sasaran")
        ordering = ("-year", "-number")
        constraints = [
            # Numbers run 1, 2, 3 and each later one replaces exactly one earlier one, so a single decision is current.
            models.UniqueConstraint(
                fields=["office", "year", "number"], name="targeting_decision_number_once"
            ),
            models.UniqueConstraint(fields=["office", "client_key"], name="targeting_decision_sent_once"),
            models.CheckConstraint(
                name="targeting_later_decision_supersedes",
                condition=Q(number=1, supersedes__isnull=True, superseding_reason="")
                | (Q(number__gt=1, supersedes__isnull=False) & ~Q(superseding_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Penetapan sasaran {self.year}, putusan ke-{self.number}"


class Choice(DecisionRecord):
    """One village of a decision, with its reason and what the policy said about it then."""

    level = Level.L2
    retention = Retention.ARCHIVE

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="choices")
    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    money_source = models.CharField(max_length=8, choices=[(s, s) for s in SOURCES])
    reason = models.TextField()
    eligible = models.BooleanField()
    # A list of [reason, about] as the rules gave it on the day; empty when the village was eligible.
    verdict = models.JSONField(default=list)
    override = models.BooleanField(default=False)
    override_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("desa sasaran")
        verbose_name_plural = _("desa sasaran")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["decision", "village"], name="targeting_village_chosen_once"),
            models.CheckConstraint(name="targeting_money_is_known", condition=Q(money_source__in=SOURCES)),
            models.CheckConstraint(name="targeting_choice_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="targeting_override_has_reason",
                condition=Q(eligible=True, override=False, override_reason="")
                | (Q(eligible=False, override=True) & ~Q(override_reason="")),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet, actor: Actor) -> models.QuerySet:
        return queryset.filter(decision__office_id__in=actor.office_ids)

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.village_id}"
