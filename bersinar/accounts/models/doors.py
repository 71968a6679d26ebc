"""Where people are signed in, which browsers are known, and who tries in vain."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.accounts.models.people import User
from bersinar.accounts.models.scope import of_people
from bersinar.accounts.vocabulary import TryKind


class SignInTries(ScopedModel):
    """Wrong answers for one name from one known browser or from all unknown ones, and until when no more are heard."""

    level = Level.L2
    retention = Retention.WORKING

    kind = models.CharField(
        _("jenis"),
        max_length=20,
        choices=[(kind, kind.value) for kind in TryKind],
        default=TryKind.PASSWORD,
    )
    # As typed, known or not: a brake on known names only would tell which names are known.
    username = models.CharField(_("nama pengguna"), max_length=60)
    # Digest of the browser's mark, when that person signed in there before; empty for every other browser.
    device = models.CharField(_("perangkat"), max_length=64, blank=True, default="")
    count = models.PositiveIntegerField(_("percobaan"), default=0)
    last_at = models.DateTimeField(_("terakhir"), db_index=True)
    closed_until = models.DateTimeField(_("ditahan sampai"), null=True)

    class Meta:
        verbose_name = _("percobaan masuk")
        verbose_name_plural = _("percobaan masuk")
        ordering = ("-last_at",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "username", "device"], name="accounts_tries_once"),
        ]

    def __str__(self) -> str:
        return self.username

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        """Nobody reads them; the brake itself does, before there is a person."""
        return queryset.none()


class Device(ScopedModel):
    """A browser in which this person signed in before. On a phone of a village it also holds that person's PIN."""

    level = Level.L2
    retention = Retention.ACCOUNT

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("akun"))
    token_digest = models.CharField(_("sidik tanda"), max_length=64, db_index=True)
    label = models.CharField(_("peramban"), max_length=60)
    # A hash like a password's; empty where the person signs in with a password.
    pin = models.CharField(_("PIN"), max_length=128, blank=True, default="")
    added_at = models.DateTimeField(_("pertama"), auto_now_add=True)
    seen_at = models.DateTimeField(_("terakhir"))

    class Meta:
        verbose_name = _("perangkat")
        verbose_name_plural = _("perangkat")
        ordering = ("-seen_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["user", "token_digest"], name="accounts_device_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor)


class Invitation(ScopedModel):
    """A paper with a QR and a code: whoever holds it makes one phone his way in, once and within three days."""

    level = Level.L2
    retention = Retention.WORKING

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("akun"))
    code_digest = models.CharField(_("sidik kode"), max_length=64, unique=True)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("dibuat oleh")
    )
    made_at = models.DateTimeField(_("dibuat"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai"), null=True)

    class Meta:
        verbose_name = _("kertas masuk")
        verbose_name_plural = _("kertas masuk")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"kertas masuk {self.pk}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor)


class Session(ScopedModel):
    """One browser in which somebody is signed in. Its key is kept as a digest: a stolen table opens nothing."""

    level = Level.L2
    retention = Retention.WORKING

    session_key = models.CharField(_("sidik kunci"), max_length=64, primary_key=True)
    session_data = models.TextField(_("isi"))
    expire_date = models.DateTimeField(_("berakhir"), db_index=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("akun")
    )
    label = models.CharField(_("peramban"), max_length=60, blank=True, default="")
    factor = models.CharField(_("cara masuk"), max_length=20, blank=True, default="")
    started_at = models.DateTimeField(_("sejak"), null=True)
    seen_at = models.DateTimeField(_("terakhir"), null=True)

    class Meta:
        verbose_name = _("sesi")
        verbose_name_plural = _("sesi")
        ordering = ("-seen_at", "pk")

    def __str__(self) -> str:
        return self.label or "sesi"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor).filter(user__isnull=False)
