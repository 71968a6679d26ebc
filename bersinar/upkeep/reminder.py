"""The line above a page that says the copies are late: on the home of those who look after them, then on every page."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bersinar.access import Actor, Right
from bersinar.upkeep.backup import standing

_HOME = "/"
logger = logging.getLogger("bersinar.upkeep")


@dataclass(frozen=True, slots=True)
class Reminder:
    """`mood` names the colour; `url` is empty for those who cannot do anything but tell."""

    mood: str
    sentence: str
    url: str = ""


def reminder(actor: Actor, path: str) -> Reminder | None:
    """Nothing for villages, nothing in a demo, nothing while all is well."""
    if (
        not actor.is_known
        or actor.office_id is None
        or actor.village_code is not None
        or settings.BERSINAR_DEMO
    ):
        return None
    try:
        found = standing.glance()
    except (OSError, ValueError, TypeError):
        # A page must open all the same; the doctor says what is wrong with the folder.
        logger.exception("the standing of the copies is not known")
        return None
    return _said(found, sees=actor.can(Right.INSTALLATION_SEE), at_home=path == _HOME)


def _said(found: standing.Standing, *, sees: bool, at_home: bool) -> Reminder | None:
    url = reverse("upkeep:home") if sees else ""
    if found.mood == standing.RED:
        days = found.age.days
        sentence = _("Sudah %(days)s hari tidak ada cadangan yang terperiksa.") % {"days": days}
        if not sees:
            sentence += " " + _("Beri tahu administrator atau kepala.")
        return Reminder(standing.RED, sentence, url)
    if not sees or not at_home:
        return None
    if found.mood == standing.AMBER:
        return Reminder(standing.AMBER, _("Lebih dari 48 jam tidak ada cadangan yang terperiksa."), url)
    if not found.printed:
        return Reminder(
            standing.AMBER,
            _(
                "Kunci pemulihan belum dicetak; tanpa kertas itu cadangan tidak dapat dibuka di komputer lain."
            ),
            url,
        )
    return None
