"""What a person holds beside the password. Secrets are sealed with this installation's key, codes kept as digests."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor, Level, Retention, ScopedModel
from bersinar.accounts.models.people import User
from bersinar.accounts.models.scope import of_people


class AuthenticatorApp(ScopedModel):
    """The secret an application on the person's phone makes six digits from, every half minute."""

    level = Level.L2
    retention = Retention.ACCOUNT

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("akun"))
    sealed_secret = models.TextField(_("rahasia tersegel"))
    # The half minute of the last code taken: a code that somebody looked at over the shoulder is used up.
    last_step = models.BigIntegerField(_("langkah terakhir"), default=0)
    added_at = models.DateTimeField(_("dipasang"), auto_now_add=True)

    class Meta:
        verbose_name = _("aplikasi kode")
        verbose_name_plural = _("aplikasi kode")
        ordering = ("user_id",)

    def __str__(self) -> str:
        return f"aplikasi kode {self.user_id}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor)


class Passkey(ScopedModel):
    """The public half of a key that lives in a phone, a PC or a stick; the other half never leaves it."""

    level = Level.L2
    retention = Retention.ACCOUNT

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("akun"))
    name = models.CharField(_("nama"), max_length=60)
    # Both in the spelling of the web, base64url: what a key calls itself may be 1,023 bytes long.
    credential_id = models.CharField(_("nomor kunci"), max_length=1400, unique=True)
    credential = models.TextField(_("kunci umum"))
    # Keys that count tell a copy by a number that does not grow; most do not count and say 0.
    sign_count = models.BigIntegerField(_("hitungan"), default=0)
    added_at = models.DateTimeField(_("dipasang"), auto_now_add=True)
    used_at = models.DateTimeField(_("terakhir dipakai"), null=True)

    class Meta:
        verbose_name = _("kunci masuk")
        verbose_name_plural = _("kunci masuk")
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor)


class RecoveryCode(ScopedModel):
    """One of ten codes on paper for the day the phone is lost; each opens once."""

    level = Level.L2
    retention = Retention.ACCOUNT

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("akun"))
    digest = models.CharField(_("sidik"), max_length=64)
    used_at = models.DateTimeField(_("dipakai"), null=True)

    class Meta:
        verbose_name = _("kode pemulihan")
        verbose_name_plural = _("kode pemulihan")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"kode pemulihan {self.pk}"

    @classmethod
    def scope(cls, queryset: Any, actor: Actor) -> Any:
        return of_people(queryset, actor)
