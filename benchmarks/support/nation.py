"""A folder with every village of the nation, one office that serves them all, and people who may look."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import Actor, Role, Section
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory.vocabulary import OfficeKind

PASSWORD = "kata sandi untuk ukur 1"


@dataclass(frozen=True, slots=True)
class Nation:
    """Whom the measurements act for."""

    office_id: int
    officer: Actor


def build() -> Nation:
    """All 38 provinces under one BNN office with one officer who may see every value."""
    territory.load_regions()
    provinces = sorted(code for code in codebook.upper_levels() if len(code) == 2)
    office = territory.open_office(kind=OfficeKind.BNN, name="BNN", prefixes=provinces, seat="Jakarta")
    user = User.objects.create_user(
        "p2m.pusat",
        PASSWORD,
        name="Ukur Pusat",
        role=Role.STAF,
        section=Section.P2M,
        office=office,
        sees_enforcement=True,
    )
    return Nation(office.pk, actor_of(User.objects.get(pk=user.pk)))
