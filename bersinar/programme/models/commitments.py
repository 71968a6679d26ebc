"""What somebody promised, and what became of it. A promise is written once; its history is appended."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention
from bersinar.programme.models.common import ProgrammeRecord, of_office_or_own_village
from bersinar.programme.models.meetings import ELEMENTS, ORIGINS, Meeting, says_its_source
from bersinar.programme.vocabulary import CommitmentStatus, Origin

STATUSES = [(status.value, status.label) for status in CommitmentStatus]


class Commitment(ProgrammeRecord):
    """Who promised what for one village's programme year. Status, day and evidence stand in its newest step."""

    level = Level.L2
    retention = Retention.ARCHIVE

    year = models.ForeignKey("programme.ProgrammeYear", on_delete=models.PROTECT, related_name="commitments")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="commitments")
    element = models.CharField(max_length=20, choices=ELEMENTS)
    promised_by = models.CharField(max_length=150)
    what = models.CharField(max_length=300)
    # What will show that it was kept, as it was agreed in the room.
    proof = models.CharField(max_length=200, blank=True)
    client_key = models.CharField(max_length=80)
    origin = models.CharField(max_length=8, choices=ORIGINS, default=Origin.UNIT.value)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("komitmen")
        verbose_name_plural = _("komitmen")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["year", "client_key"], name="programme_commitment_sent_once"),
            models.CheckConstraint(
                name="programme_commitment_says_what", condition=~Q(what="") & ~Q(promised_by="")
            ),
            says_its_source("programme_commitment_source"),
        ]

    def __str__(self) -> str:
        return self.what

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """The office's own; a village reads its own promises and nothing else of the programme."""
        return queryset.filter(of_office_or_own_village(actor, path="year__"))


class CommitmentStep(ProgrammeRecord):
    """One entry of a promise's history; the newest says where it stands."""

    level = Level.L2
    retention = Retention.ARCHIVE

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=12, choices=STATUSES)
    due_date = models.DateField(null=True)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    # Recorded by mistake: it leaves every list and count, and stays here.
    withdrawn = models.BooleanField(default=False)
    client_key = models.CharField(max_length=80)
    origin = models.CharField(max_length=8, choices=ORIGINS, default=Origin.UNIT.value)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("riwayat komitmen")
        verbose_name_plural = _("riwayat komitmen")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "client_key"], name="programme_commitment_step_sent_once"
            ),
            # Nobody can check a promise that is "kept" without anything to look at, or dropped without a word.
            models.CheckConstraint(
                name="programme_commitment_end_says_why",
                condition=Q(status__in=[s.value for s in CommitmentStatus if s.is_open])
                | Q(withdrawn=True)
                | ~Q(note="")
                | ~Q(evidence="")
                | Q(file__isnull=False),
            ),
            says_its_source("programme_commitment_step_source"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.status}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(of_office_or_own_village(actor, path="commitment__year__"))
