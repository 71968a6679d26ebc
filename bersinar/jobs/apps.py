from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "bersinar.jobs"
    verbose_name = _("Pekerjaan")

    def ready(self) -> None:
        from bersinar.access import once as hook
        from bersinar.jobs import once

        hook.register = once.answered
