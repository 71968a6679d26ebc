from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "bersinar.audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from bersinar.audit import guards

        post_migrate.connect(guards.install, sender=self)
