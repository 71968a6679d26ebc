"""Invented values never come to lie beside real ones: may this installation hold them?"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from bersinar.accounts.models import User
from bersinar.audit.models import Event
from bersinar.config import rehearsal
from bersinar.demo.errors import NotSetUp, RealOffice
from bersinar.fieldwork.models import Round
from bersinar.territory.models import Office

DEMO_MARK = "demo"
_WHY = "invented values must not meet real ones, whoever asks"
# What only the command that opens a real office writes.
_OPENED = "upkeep.office_opened"


def refuse_real_office() -> None:
    """Raise unless everything here is invented, or nothing is here yet.

    The database is asked, not only the folder: a setting or a mark set by mistake must not open a real one.
    """
    try:
        opened = Event.objects.unscoped(_WHY).filter(verb=_OPENED).exists()
    except DatabaseError as error:
        raise NotSetUp from error
    if opened:
        raise RealOffice
    if Round.objects.unscoped(_WHY).filter(is_example=False).exists():
        raise RealOffice
    if not is_marked() and (User.objects.exists() or Office.objects.unscoped(_WHY).exists()):
        raise RealOffice


def is_marked() -> bool:
    """Does the folder itself say that all of it is invented?"""
    return (_folder() / DEMO_MARK).exists() or rehearsal.is_rehearsal(_folder())


def mark() -> None:
    """From now on every page of this folder says DATA CONTOH, and no real office opens here."""
    if not is_marked():
        (_folder() / DEMO_MARK).touch()


def _folder() -> Path:
    return Path(settings.BERSINAR_DATA)
