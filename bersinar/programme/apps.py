"""FORM: a village's programme year, stages, rakor, commitments."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from bersinar.programme.checks import check_stage_templates


class ProgrammeConfig(AppConfig):
    name = "bersinar.programme"
    verbose_name = _("Desa Bersinar")

    def ready(self) -> None:
        checks.register(check_stage_templates)
