"""A nation to measure on: every village, an office that serves them, and people who may look."""

from __future__ import annotations

from dataclasses import dataclass

from bersinar.access import ANONYMOUS, Actor, Role, Section
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory.models import Office
from bersinar.territory.vocabulary import OfficeKind

PASSWORD = "kata sandi untuk ukur 1"  # of a folder that vanishes
_WIDEST = (OfficeKind.BNN, OfficeKind.BNNP, OfficeKind.BNNK)


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
    return Nation(office.pk, officer_of(office.pk))


def officer_name(office_id: int) -> str:
    return f"p2m.{office_id}"


def officer_of(office_id: int) -> Actor:
    """A P2M officer of the office who may see every value; made when there is none."""
    user = User.objects.filter(username=officer_name(office_id)).first()
    if user is None:
        user = User.objects.create_user(
            officer_name(office_id),
            PASSWORD,
            name="Ukur",
            role=Role.STAF,
            section=Section.P2M,
            office_id=office_id,
            sees_enforcement=True,
        )
    return actor_of(User.objects.get(pk=user.pk))


def widest_office() -> int:
    """BNN where there is one, otherwise a BNNP."""
    offices = list(Office.objects.for_actor(ANONYMOUS))
    return int(min(offices, key=lambda one: (_WIDEST.index(OfficeKind(one.kind)), one.pk)).pk)
