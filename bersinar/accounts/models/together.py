"""What one person may not do alone: asked by one, done when another agrees."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.accounts.models.people import User
from bersinar.accounts.vocabulary import JointState


class JointAct(ScopedModel):
    """One dangerous thing somebody asked for; nothing has happened until a second person agrees."""

    level = Level.L2
    retention = Retention.ARCHIVE

    kind = models.CharField(_("jenis"), max_length=60)
    office = models.ForeignKey("territory.Office", on_delete=models.PROTECT, related_name="+")
    # What it is about, such as "akun:12", so that the same is asked for once at a time.
    about = models.CharField(_("perihal"), max_length=80)
    subject = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("orang yang terkena")
    )
    # What the action will need. Emptied when it is decided: it may hold the hash of a password.
    facts = models.JSONField(_("isi"), default=dict)
    reason = models.CharField(_("alasan"), max_length=500)
    confirm_right = models.CharField(_("hak yang menyetujui"), max_length=40)
    state = models.CharField(
        _("keadaan"),
        max_length=12,
        choices=[(state, state.value) for state in JointState],
        default=JointState.MENUNGGU,
    )
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("diminta oleh")
    )
    asked_at = models.DateTimeField(_("diminta"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True)

    class Meta:
        verbose_name = _("tindakan berdua")
        verbose_name_plural = _("tindakan berdua")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="accounts_joint_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                name="accounts_joint_one_waiting",
                fields=["kind", "about"],
                condition=Q(state=JointState.MENUNGGU),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """One's own, and in one's offices those one has the right to agree to."""
        agreeable = Q(
            office_id__in=actor.office_ids, confirm_right__in=[right.value for right in actor.rights]
        )
        return queryset.filter(Q(asked_by_id=actor.user_id) | agreeable)
