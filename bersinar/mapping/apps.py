from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor


class MappingConfig(AppConfig):
    name = "bersinar.mapping"
    verbose_name = _("Peta")

    def ready(self) -> None:
        from bersinar.fieldwork import released

        released.resolver = _has_release


def _has_release(round_id: int, by: Actor) -> bool:
    from bersinar.mapping.models import Release

    return Release.objects.for_actor(by).filter(run__round_id=round_id).exists()
