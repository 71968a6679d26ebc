from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "bersinar.documents"
    verbose_name = _("Surat")

    def ready(self) -> None:
        from bersinar.documents.joint import register_all

        register_all()
