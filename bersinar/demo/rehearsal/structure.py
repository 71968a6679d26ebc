"""What goes across from the real office: kinds of positions and regions, never a person, a value or a letter.

This is the only bridge. Whatever is not a field of these records cannot cross it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bersinar.access import ANONYMOUS, Role, Section
from bersinar.accounts.models import User
from bersinar.demo.errors import NoOfficeToRehearse
from bersinar.territory.models import Office, OfficeArea
from bersinar.territory.vocabulary import OfficeKind

VERSION = 1
# So many accounts of one position at most: more people than this do not practise at once on one PC.
_MOST_ALIKE = 10


@dataclass(frozen=True, slots=True)
class Position:
    """A kind of account, and how many of it the office has."""

    role: Role
    section: Section | None
    sees_enforcement: bool
    count: int


@dataclass(frozen=True, slots=True)
class OfficeStructure:
    """A published office, the regions it serves, and its kinds of accounts."""

    kind: OfficeKind
    name: str
    seat: str
    prefixes: tuple[str, ...]
    positions: tuple[Position, ...]


def of_this_installation() -> tuple[OfficeStructure, ...]:
    """Every office here that has staff. Reads; changes nothing."""
    offices = Office.objects.for_actor(ANONYMOUS).filter(
        pk__in=User.objects.filter(is_active=True, office__isnull=False).values("office_id")
    )
    found = tuple(_office(office) for office in offices.order_by("pk"))
    if not found:
        raise NoOfficeToRehearse
    return found


def _office(office: Office) -> OfficeStructure:
    areas = OfficeArea.objects.for_actor(ANONYMOUS).filter(office=office)
    people = User.objects.filter(is_active=True, office=office)
    counted = Counter(people.values_list("role", "section", "sees_enforcement"))
    return OfficeStructure(
        kind=OfficeKind(office.kind),
        name=office.name,
        seat=office.seat,
        prefixes=tuple(areas.values_list("prefix", flat=True)),
        positions=tuple(
            Position(Role(role), Section(section) if section else None, enforcement, min(number, _MOST_ALIKE))
            for (role, section, enforcement), number in sorted(counted.items())
        ),
    )


def to_text(offices: tuple[OfficeStructure, ...]) -> str:
    """The file that begins a rehearsal copy; a person can read in it that nobody is named."""
    told = {"salinan_latihan": VERSION, "offices": [_plain(office) for office in offices]}
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def from_text(text: str) -> tuple[OfficeStructure, ...]:
    """The offices again."""
    return tuple(
        OfficeStructure(
            kind=OfficeKind(one["kind"]),
            name=str(one["name"]),
            seat=str(one["seat"]),
            prefixes=tuple(str(prefix) for prefix in one["prefixes"]),
            positions=tuple(
                Position(
                    Role(part["role"]),
                    Section(part["section"]) if part["section"] else None,
                    bool(part["sees_enforcement"]),
                    int(part["count"]),
                )
                for part in one["positions"]
            ),
        )
        for one in json.loads(text)["offices"]
    )


def _plain(office: OfficeStructure) -> dict[str, Any]:
    return {
        "kind": office.kind.value,
        "name": office.name,
        "seat": office.seat,
        "prefixes": list(office.prefixes),
        "positions": [
            {
                "role": one.role.value,
                "section": one.section.value if one.section else "",
                "sees_enforcement": one.sees_enforcement,
                "count": one.count,
            }
            for one in office.positions
        ],
    }
