from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "bersinar.fieldwork"
    verbose_name = _("Data")

    def ready(self) -> None:
        from bersinar.fieldwork.joint import register_all

        register_all()
