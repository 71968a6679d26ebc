"""An issued SK decides which villages were chosen: nobody declares it void alone."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bersinar.access import Actor, Right, get_or_404
from bersinar.accounts.actions import together
from bersinar.accounts.models import JointAct
from bersinar.accounts.together import Kind, register
from bersinar.documents.actions.letters import void_letter
from bersinar.documents.models import Letter

VOID_DECISION = "documents.void_decision"


def ask_void(letter: Letter, *, reason: str, by: Actor) -> JointAct:
    """Written down with its reason until somebody else of the office agrees."""
    facts = {"letter": letter.pk}
    return together.ask(VOID_DECISION, about=f"surat:{letter.pk}", facts=facts, reason=reason, by=by)


def _void(act: JointAct, by: Actor) -> None:
    letter = get_or_404(Letter, by, pk=act.facts["letter"])
    void_letter(letter, reason=act.reason, by=by, agreed=True)


def register_all() -> None:
    """Called once by the app."""
    register(
        Kind(
            VOID_DECISION,
            gettext_lazy("Batalkan SK yang sudah terbit"),
            Right.DOCUMENTS_ISSUE,
            Right.DOCUMENTS_ISSUE,
            lambda act: (
                _("SK (surat nomor %(number)s di sistem) dinyatakan batal. Nomornya tidak dipakai lagi.")
                % {"number": act.about.removeprefix("surat:")}
            ),
            _void,
            lambda _act, _by: None,
        )
    )
