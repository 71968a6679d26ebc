"""Tables of the collecting stage. Values are appended; nothing that was entered is edited or deleted."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, Right, ScopedModel
from bersinar.fieldwork.vocabulary import ImportState, MissingReason, Origin, SourceType, State


def _of_offices(queryset: models.QuerySet, actor: Actor, path: str) -> models.QuerySet:
    """Rows of the actor's offices; people of a village see no table of this stage."""
    if actor.village_code is not None:
        return queryset.none()
    return queryset.filter(**{f"{path}__in": actor.office_ids})


def new_salt() -> str:
    """Nobody can guess it, so nobody can try values out against a fingerprint."""
    return secrets.token_hex(32)


class Round(ScopedModel):
    """One collection of answers of one office: a year, a title, and the instrument as it was then."""

    level = Level.L1
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    instrument_id = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    # Generated values are told apart wherever they show, also in files that leave this machine.
    is_example = models.BooleanField(default=False)
    # Goes into every fingerprint of the round's data and results, and never onto a page or into a file.
    salt = models.CharField(max_length=64, default=new_salt, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by_name = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("putaran data")
        verbose_name_plural = _("putaran data")
        ordering = ("-year", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "title"], name="fieldwork_round_once"),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[Round], actor: Actor) -> models.QuerySet[Round]:
        return _of_offices(queryset, actor, "office_id")

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Import(ScopedModel):
    """One uploaded file, what was read from it, and whether its values were taken over."""

    level = Level.L2
    retention = Retention.ARCHIVE

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="imports")
    # Opened only through this row: the file may hold more than the reader of another letter may see.
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    source_type = models.CharField(max_length=20, blank=True, choices=[(s, s.value) for s in SourceType])
    state = models.CharField(
        max_length=12, choices=[(s, s.value) for s in ImportState], default=ImportState.MENUNGGU
    )
    # Columns that need the right to enforcement values; the file itself then needs it too. Closed until read.
    is_sensitive = models.BooleanField(default=True)
    report = models.JSONField(default=dict)
    # What would be stored, one list a cell; rules.stored says in which order.
    cells = models.JSONField(default=list)
    sheet = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_by_name = models.CharField(max_length=150)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("impor")
        verbose_name_plural = _("impor")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="fieldwork_applied_has_a_moment",
                condition=Q(state=ImportState.DITERAPKAN, applied_at__isnull=False)
                | (~Q(state=ImportState.DITERAPKAN) & Q(applied_at__isnull=True)),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[Import], actor: Actor) -> models.QuerySet[Import]:
        return _of_offices(queryset, actor, "round__office_id")

    def __str__(self) -> str:
        return self.file_name


class Entry(ScopedModel):
    """One value of one indicator of one village, with where it came from. The latest not withdrawn counts."""

    level = Level.L2
    retention = Retention.ARCHIVE

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    village = models.ForeignKey("territory.Village", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=10)
    # Copied from the instrument when entered; closed by default, so a forgotten flag hides rather than shows.
    is_sensitive = models.BooleanField(default=True)
    state = models.CharField(max_length=6, choices=[(s, s.value) for s in State])
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    reason = models.CharField(max_length=20, blank=True, choices=[(r, r.value) for r in MissingReason])
    note = models.CharField(max_length=200, blank=True)
    source_type = models.CharField(max_length=20, choices=[(s, s.value) for s in SourceType])
    origin = models.CharField(max_length=10, choices=[(o, o.value) for o in Origin])
    imported = models.ForeignKey(
        Import, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=4, blank=True)
    # A key the browser made before sending, so that a second delivery of one keystroke stores nothing twice.
    client_key = models.CharField(max_length=64, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by_id = models.BigIntegerField(null=True)
    entered_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("isian")
        verbose_name_plural = _("isian")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["round", "village", "indicator", "id"], name="fieldwork_entry_current"),
        ]
        constraints = [
            # Of each person: one browser's key must never collide with, or tell of, another's.
            models.UniqueConstraint(
                fields=["entered_by_id", "client_key"],
                condition=~Q(client_key=""),
                name="fieldwork_key_once",
            ),
            models.CheckConstraint(
                name="fieldwork_value_agrees_with_state",
                condition=(
                    Q(state=State.NIHIL, value=0, reason="")
                    | (Q(state=State.BELUM, value__isnull=True) & ~Q(reason=""))
                    # Without the null test SQL calls NULL > 0 "unknown" and lets the row in.
                    | Q(state=State.TERISI, value__isnull=False, value__gt=0, reason="")
                ),
            ),
            models.CheckConstraint(
                name="fieldwork_origin_agrees_with_file",
                condition=(
                    Q(origin=Origin.BERKAS, imported__isnull=False, row__isnull=False)
                    | Q(origin=Origin.DIKETIK, imported__isnull=True, row__isnull=True)
                ),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[Entry], actor: Actor) -> models.QuerySet[Entry]:
        """Rows whose values need the right are not there for people without it, whatever a page asks for."""
        rows = _of_offices(queryset, actor, "round__office_id")
        return rows if actor.can(Right.VALUES_SEE_ENFORCEMENT) else rows.filter(is_sensitive=False)

    def __str__(self) -> str:
        return f"{self.indicator} #{self.pk}"


class Withdrawal(ScopedModel):
    """A whole import, or one entry, no longer counts. Appended; what it takes back stays readable."""

    level = Level.L2
    retention = Retention.ARCHIVE

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="withdrawals")
    imported = models.OneToOneField(
        Import, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawn_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("penarikan")
        verbose_name_plural = _("penarikan")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="fieldwork_withdraws_one_thing",
                condition=Q(imported__isnull=False, entry__isnull=True)
                | Q(imported__isnull=True, entry__isnull=False),
            ),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[Withdrawal], actor: Actor) -> models.QuerySet[Withdrawal]:
        return _of_offices(queryset, actor, "round__office_id")

    def __str__(self) -> str:
        return f"Penarikan #{self.pk}"


class ForeignFile(ScopedModel):
    """A file that is not our template, on its way through the matching; what was chosen so far is kept."""

    level = Level.L2
    retention = Retention.WORKING

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="foreign_files")
    # Opened only through this row: the file may hold more than the reader of another letter may see.
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    # Sheet, heading row, columns, villages and feeds as chosen; never a value of a cell.
    choices = models.JSONField(default=dict)
    imported = models.OneToOneField(
        Import, on_delete=models.PROTECT, null=True, blank=True, related_name="foreign_file"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("berkas lain")
        verbose_name_plural = _("berkas lain")
        ordering = ("-changed_at", "-pk")

    @classmethod
    def scope(cls, queryset: models.QuerySet[ForeignFile], actor: Actor) -> models.QuerySet[ForeignFile]:
        """Whoever brought the file: until it is read nobody knows which values stand in it."""
        return _of_offices(queryset, actor, "round__office_id").filter(uploaded_by_id=actor.user_id)

    def __str__(self) -> str:
        return self.file_name


class ColumnMatch(ScopedModel):
    """How an office matched the columns and names of one kind of file, so that the next one is quick."""

    level = Level.L1
    retention = Retention.WORKING

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    feeds = models.JSONField(default=dict)
    # Names a person decided on: "kabupaten|kecamatan|name" to a village code, or to nothing.
    villages = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("pencocokan kolom")
        verbose_name_plural = _("pencocokan kolom")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["office", "fingerprint"], name="fieldwork_match_once"),
        ]

    @classmethod
    def scope(cls, queryset: models.QuerySet[ColumnMatch], actor: Actor) -> models.QuerySet[ColumnMatch]:
        return _of_offices(queryset, actor, "office_id")

    def __str__(self) -> str:
        return self.fingerprint[:12]
