from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from bersinar.access.urls import check_every_address_declares_access


class AccessConfig(AppConfig):
    name = "bersinar.access"
    verbose_name = _("Akses")

    def ready(self) -> None:
        checks.register(check_every_address_declares_access, checks.Tags.security)
