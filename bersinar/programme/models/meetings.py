"""Meetings: a plan that may be moved, who came, what was written down, and its end. Every row is written once."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention
from bersinar.programme.models.common import ProgrammeRecord
from bersinar.programme.vocabulary import Element, FileKind, MeetingKind, MoneySource, Origin, Zone

KINDS = [(kind.value, kind.label) for kind in MeetingKind]
ELEMENTS = [(element.value, element.label) for element in Element]
SOURCES = [(source.value, source.value) for source in MoneySource]
ZONES = [(zone.value, zone.value) for zone in Zone]
ORIGINS = [(origin.value, origin.value) for origin in Origin]
FILE_KINDS = [(kind.value, kind.label) for kind in FileKind]


def says_its_source(name: str) -> models.CheckConstraint:
    """What the press said is worth its address only."""
    return models.CheckConstraint(name=name, condition=~Q(origin=Origin.PERS.value) | ~Q(source=""))


class Meeting(ProgrammeRecord):
    """A meeting as such. When and where it is stands in its newest plan."""

    level = Level.L2
    retention = Retention.ARCHIVE

    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS, default=MeetingKind.RAKOR.value)
    # What calendars know it by, in every plan; random, so that it tells nothing.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="follow_ups")
    client_key = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=ORIGINS, default=Origin.UNIT.value)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("rapat")
        verbose_name_plural = _("rapat")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=["office", "client_key"], name="programme_meeting_sent_once"),
            says_its_source("programme_meeting_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(office_id__in=actor.office_ids)


class MeetingPart(ProgrammeRecord):
    """A row about one meeting, seen by whoever sees the meeting."""

    level = Level.L2
    retention = Retention.ARCHIVE

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(meeting__office_id__in=actor.office_ids)


class MeetingPlan(MeetingPart):
    """One version of the plan. Moving or cancelling a meeting appends the next number; calendars follow it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="plans")
    sequence = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    on = models.DateField(db_index=True)
    # The press names the day and seldom the hour.
    start = models.TimeField(null=True)
    end = models.TimeField(null=True)
    zone = models.CharField(max_length=4, choices=ZONES)
    place = models.CharField(max_length=200)
    agenda = models.JSONField(default=list)
    elements = models.JSONField(default=list)
    money_source = models.CharField(max_length=8, choices=SOURCES, blank=True)
    budget_name = models.CharField(max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("rencana rapat")
        verbose_name_plural = _("rencana rapat")
        ordering = ("sequence",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="programme_plan_number_once"),
            models.UniqueConstraint(fields=["meeting", "client_key"], name="programme_plan_sent_once"),
            models.CheckConstraint(
                name="programme_plan_change_has_reason",
                condition=Q(sequence=0, cancelled=False) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="programme_plan_ends_after_start",
                condition=Q(end=None) | Q(start__isnull=False, end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingVillage(MeetingPart):
    """One village a plan is about, as its programme year."""

    plan = models.ForeignKey(MeetingPlan, on_delete=models.PROTECT, related_name="villages")
    year = models.ForeignKey("programme.ProgrammeYear", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("desa dalam rapat")
        verbose_name_plural = _("desa dalam rapat")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="programme_plan_village_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.year_id}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(plan__meeting__office_id__in=actor.office_ids)


class Attendance(MeetingPart):
    """One person who came, for an element and a place, or as somebody nobody expected."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    # Empty for somebody who belongs to none of the elements, such as a reporter.
    element = models.CharField(max_length=20, choices=ELEMENTS, blank=True)
    # The code of the village, kecamatan or kabupaten whose seat this fills; empty for a walk-in.
    place_code = models.CharField(max_length=13, blank=True)
    name = models.CharField(max_length=150, blank=True)
    position = models.CharField(max_length=150, blank=True)
    institution = models.CharField(max_length=150, blank=True)
    client_key = models.CharField(max_length=80)
    origin = models.CharField(max_length=8, choices=ORIGINS, default=Origin.UNIT.value)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "client_key"], name="programme_attendance_sent_once"),
            models.CheckConstraint(
                name="programme_attendance_says_who",
                condition=~Q(element="") | ~Q(name="") | ~Q(position="") | ~Q(institution=""),
            ),
            says_its_source("programme_attendance_source"),
        ]

    def __str__(self) -> str:
        return self.name or self.position or self.element


class AttendanceWithdrawal(ProgrammeRecord):
    """A person recorded by mistake; a later row takes the withdrawal back. The newest row counts."""

    level = Level.L2
    retention = Retention.ARCHIVE

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="withdrawals")
    withdrawn = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("penarikan kehadiran")
        verbose_name_plural = _("penarikan kehadiran")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.attendance_id}/{self.withdrawn}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return queryset.filter(attendance__meeting__office_id__in=actor.office_ids)


class Minutes(MeetingPart):
    """The minutes as they were typed, version by version; nothing written is ever overwritten."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    # The page it was typed on: one page may save many times without getting in its own way.
    client_key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("notulen")
        verbose_name_plural = _("notulen")
        ordering = ("revision",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "revision"], name="programme_minutes_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.revision}"


class MeetingRecord(MeetingPart):
    """What the agency's own form asks of a meeting beside plan, attendance and minutes; the newest row counts."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="records")
    warrant = models.CharField(max_length=150, blank=True)
    committee_unit = models.CharField(max_length=150, blank=True)
    committee = models.JSONField(default=list)
    target = models.CharField(max_length=150, blank=True)
    regency = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=150, blank=True)
    minutes_by = models.CharField(max_length=150, blank=True)
    speakers = models.JSONField(default=list)
    material = models.CharField(max_length=300, blank=True)
    material_summary = models.TextField(blank=True)
    results = models.TextField(blank=True)

    class Meta:
        verbose_name = _("isian laporan rapat")
        verbose_name_plural = _("isian laporan rapat")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.pk}"


class MeetingFile(MeetingPart):
    """A photo or a scan of the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=FILE_KINDS)
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("berkas rapat")
        verbose_name_plural = _("berkas rapat")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "file", "kind"], name="programme_meeting_file_once"),
        ]

    def __str__(self) -> str:
        return self.caption or self.kind


class MeetingClosing(MeetingPart):
    """The meeting was held and is over: its minutes stand as they were at that moment."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="closing")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("penutupan rapat")
        verbose_name_plural = _("penutupan rapat")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting_id}"
