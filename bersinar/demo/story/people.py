"""The office of the story and its invented people, with passwords drawn for this folder alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from bersinar.access import Actor, Role, Section
from bersinar.accounts import actions as accounts
from bersinar.accounts.models import User
from bersinar.accounts.queries import actor_of
from bersinar.demo import passwords
from bersinar.demo.story.sources import TANJUNG_BINGA
from bersinar.territory import actions as territory
from bersinar.territory.models import Office
from bersinar.territory.vocabulary import OfficeKind

HEADING = "Akun contoh (orang rekaan, kata sandi hanya untuk folder ini):"


@dataclass(frozen=True, slots=True)
class Person:
    """Nobody real: every name says that it is an example."""

    username: str
    name: str
    role: Role
    section: Section | None = None
    sees_enforcement: bool = False
    village_code: str = ""
    may: str = ""


PEOPLE = (
    Person("p2m", "Sari Contoh", Role.STAF, Section.P2M, may="staf P2M"),
    Person(
        "p2m.khusus",
        "Bagus Contoh",
        Role.STAF,
        Section.P2M,
        sees_enforcement=True,
        may="staf P2M dengan hak melihat nilai penindakan",
    ),
    Person("kepala", "Kepala (akun contoh)", Role.KEPALA, may="kepala unit: menetapkan sasaran"),
    Person("admin", "Administrator (akun contoh)", Role.ADMIN, may="akun dan batas wilayah"),
    Person(
        "penindakan",
        "Tono Contoh",
        Role.STAF,
        Section.PEMBERANTASAN,
        sees_enforcement=True,
        may="staf pemberantasan",
    ),
    Person("rehabilitasi", "Wati Contoh", Role.STAF, Section.REHABILITASI, may="staf rehabilitasi"),
    # Nobody's name: the village is real, its head is not this one.
    Person(
        "kades",
        "Kepala Desa Tanjung Binga (akun contoh)",
        Role.KADES,
        village_code=TANJUNG_BINGA,
        may="kepala desa: melihat Tanjung Binga saja",
    ),
)


@dataclass(frozen=True)
class Stage:
    """Where the story plays: its office, and whoever acts."""

    office: Office

    @classmethod
    def set_up(cls) -> Stage:
        """The office and its people; those who are there already stay as they are."""
        office = territory.open_office(
            kind=OfficeKind.BNNK, name="BNNK Belitung", prefixes=("19.02", "19.06"), seat="Tanjungpandan"
        )
        drawn = _passwords()
        by = Actor.system("contoh", office_id=office.pk, office_name=office.name)
        with transaction.atomic():
            known = set(User.objects.values_list("username", flat=True))
            for person in PEOPLE:
                if person.username not in known:
                    accounts.open_account(
                        username=person.username,
                        password=drawn[person.username],
                        name=person.name,
                        role=person.role,
                        section=person.section,
                        village_code=person.village_code,
                        sees_enforcement=person.sees_enforcement,
                        by=by,
                    )
        return cls(office)

    @cached_property
    def officer(self) -> Actor:
        """P2M, with the right to enforcement values."""
        return self._actor("p2m.khusus")

    @cached_property
    def head(self) -> Actor:
        return self._actor("kepala")

    def _actor(self, username: str) -> Actor:
        return actor_of(User.objects.get(username=username, office=self.office))


def _passwords() -> dict[str, str]:
    return passwords.of_this_folder([(person.username, person.may) for person in PEOPLE], heading=HEADING)
