from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bersinar.access import Actor


class AccountsConfig(AppConfig):
    name = "bersinar.accounts"
    verbose_name = _("Akun")

    def ready(self) -> None:
        from bersinar.accounts.actions.joint_kinds import register_all
        from bersinar.jobs import actors

        actors.resolver = _actor_behind
        register_all()


def _actor_behind(user_id: int) -> Actor | None:
    """For jobs, which lie below accounts: the person as of now, or nobody once the account is closed."""
    from bersinar.accounts.queries import actor_of, user_of

    user = user_of(user_id)
    return actor_of(user) if user else None
