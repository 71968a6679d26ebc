"""Values under a released map: nobody takes a whole file of them back alone."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.access import Actor, Right
from bersinar.accounts.actions import together
from bersinar.accounts.models import JointAct
from bersinar.accounts.together import Kind, register
from bersinar.fieldwork.actions.imports import withdraw_import
from bersinar.fieldwork.models import Import

WITHDRAW_IMPORT = "fieldwork.withdraw_import"


def ask_withdrawal(found: Import, *, reason: str, by: Actor) -> JointAct:
    """Written down with its reason until somebody else who enters values agrees."""
    facts = {"import": found.pk}
    return together.ask(WITHDRAW_IMPORT, about=f"berkas:{found.pk}", facts=facts, reason=reason, by=by)


def _withdraw(act: JointAct, by: Actor) -> None:
    withdraw_import(act.facts["import"], reason=act.reason, by=by, agreed=True)


def register_all() -> None:
    """Called once by the app."""
    register(
        Kind(
            WITHDRAW_IMPORT,
            gettext_lazy("Tarik data berkas di bawah peta yang sudah dirilis"),
            Right.VALUES_ENTER,
            Right.VALUES_ENTER,
            lambda act: (
                _("Semua nilai dari berkas nomor %(number)s ditarik; peta yang memakainya diberi tanda.")
                % {"number": act.about.removeprefix("berkas:")}
            ),
            _withdraw,
            lambda _act, _by: None,
        )
    )
