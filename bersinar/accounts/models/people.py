"""People who log in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bersinar.access import Level, Retention, Role, Section

VILLAGE_ROLES = (Role.KADES, Role.SEKDES, Role.BABINSA, Role.BHABINKAMTIBMAS, Role.TOKOH)


class UserManager(BaseUserManager["User"]):
    """Creates accounts; reading them for a page goes through queries."""

    def create_user(self, username: str, password: str | None, **fields: object) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person with one position: staff of an office, or somebody of one village."""

    level = Level.L2
    retention = Retention.ACCOUNT

    username = models.CharField(_("nama pengguna"), max_length=60, unique=True)
    name = models.CharField(_("nama"), max_length=150)
    role = models.CharField(_("peran"), max_length=20, choices=[(role, role.value) for role in Role])
    section = models.CharField(
        _("seksi"), max_length=20, blank=True, choices=[(section, section.value) for section in Section]
    )
    office = models.ForeignKey(
        "territory.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    village = models.ForeignKey(
        "territory.Village", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Given to a person by name, never by section: enforcement values can betray an informant.
    sees_enforcement = models.BooleanField(_("melihat nilai penindakan"), default=False)
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("akun")
        verbose_name_plural = _("akun")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="accounts_office_or_village",
                condition=(
                    Q(role__in=VILLAGE_ROLES, village__isnull=False, office__isnull=True, section="")
                    | Q(role__in=[Role.KEPALA, Role.ADMIN], office__isnull=False, village__isnull=True)
                    | Q(role=Role.STAF, office__isnull=False, village__isnull=True) & ~Q(section="")
                ),
            ),
            models.CheckConstraint(
                name="accounts_enforcement_is_for_offices",
                condition=Q(sees_enforcement=False) | Q(office__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
