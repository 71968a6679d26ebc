"""What a rehearsal copy holds: the office under a name that says so, invented people, three invented years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bersinar import audit
from bersinar.access import Actor, Role, Section
from bersinar.accounts import actions as accounts
from bersinar.accounts.models import User
from bersinar.audit.models import Event
from bersinar.config import rehearsal
from bersinar.demo import guard, passwords
from bersinar.demo.errors import NotARehearsal
from bersinar.demo.rehearsal import structure
from bersinar.demo.rehearsal.structure import OfficeStructure, Position
from bersinar.demo.synthesis import filling
from bersinar.territory import actions as territory
from bersinar.territory.models import Office
from bersinar.territory.queries import regions_are_loaded, villages_of_office

WORD = "LATIHAN"
TITLE = "Pemetaan kawasan rawan narkoba"
HEADING = "Akun latihan (orang rekaan, kata sandi hanya untuk salinan ini):"
# Always the same values: a trainer knows what comes out.
SEED = 45
_SIMULATED = tuple(range(filling.FIRST_YEAR, filling.FIRST_YEAR + 5))
YEARS = _SIMULATED[-3:]
# Whatever accounts the office has: with these the whole way can be practised.
_AT_LEAST = (
    Position(Role.STAF, Section.P2M, sees_enforcement=False, count=1),
    Position(Role.STAF, Section.P2M, sees_enforcement=True, count=1),
    Position(Role.KEPALA, None, sees_enforcement=False, count=1),
)
_BUILT = "demo.rehearsal_built"
_WHY = "the rehearsal copy looks up whether it is there"
_BY = "latihan"


@dataclass(frozen=True, slots=True)
class Trainee:
    """An account for whoever sits down to practise."""

    username: str
    name: str
    position: Position


def build_if_absent(*, say: Callable[[str], None]) -> int:
    """Make what is missing; returns how many offices were. Safe to repeat and to kill."""
    if not settings.BERSINAR_REHEARSAL:
        raise NotARehearsal
    guard.refuse_real_office()
    text = (Path(settings.BERSINAR_DATA) / rehearsal.MARK).read_text(encoding="utf-8")
    offices = structure.from_text(text)
    named = [(one, list(_trainees(one, at, len(offices)))) for at, one in enumerate(offices, start=1)]
    everybody = [person for _one, people in named for person in people]
    drawn = passwords.of_this_folder([(one.username, one.name) for one in everybody], heading=HEADING)
    _load_regions(offices)
    built = 0
    for one, people in named:
        if not _is_built(one):
            say(f"Menyiapkan latihan untuk {one.name} …")
            _build(one, people, drawn)
            built += 1
    return built


def _load_regions(offices: tuple[OfficeStructure, ...]) -> None:
    """The provinces these offices serve; an office without regions of its own serves all of them."""
    if not regions_are_loaded():
        served = {prefix[:2] for one in offices for prefix in one.prefixes}
        territory.load_regions(provinces=served if all(one.prefixes for one in offices) else None)


def name_of(office: OfficeStructure) -> str:
    """It stands on every letter, sheet and number, so none of them can be taken for the office's own."""
    return f"{WORD} {office.name}"[:100]


def _build(one: OfficeStructure, people: list[Trainee], drawn: dict[str, str]) -> None:
    office = territory.open_office(kind=one.kind, name=name_of(one), prefixes=one.prefixes, seat=one.seat)
    by = Actor.system(_BY, office_id=office.pk, office_name=office.name)
    _open_accounts(office, people, drawn, by)
    _fill(office, one, by)
    with transaction.atomic():
        audit.record(by, _BUILT, about=office, office=one.name)


def _open_accounts(office: Office, people: list[Trainee], drawn: dict[str, str], by: Actor) -> None:
    with transaction.atomic():
        known = set(User.objects.values_list("username", flat=True))
        for person in people:
            if person.username not in known:
                accounts.open_account(
                    username=person.username,
                    password=drawn[person.username],
                    name=person.name,
                    role=person.position.role,
                    section=person.position.section,
                    village_code=_village(office) if person.position.role is Role.KADES else "",
                    sees_enforcement=person.position.sees_enforcement,
                    by=by,
                )


def _village(office: Office) -> str:
    """The first of the list: which villages really have an account stays with the office."""
    return str(villages_of_office(office.pk).values_list("code", flat=True)[0])


def _fill(office: Office, one: OfficeStructure, by: Actor) -> None:
    missing = filling.missing_years(office, YEARS, TITLE)
    provinces = sorted({prefix[:2] for prefix in one.prefixes})
    if not missing or not provinces:
        return
    made = [filling.make(code, office, years=_SIMULATED, seed=SEED) for code in provinces]
    for year in missing:
        filling.store(office, made, year, title=TITLE, by=by, seed=SEED)


def _trainees(one: OfficeStructure, at: int, offices: int) -> Iterator[Trainee]:
    """p2m1, p2m2, kepala1 …; with several offices the office's number stands behind."""
    behind = f".{at}" if offices > 1 else ""
    there = {(same.role, same.section, same.sees_enforcement) for same in one.positions}
    added = (more for more in _AT_LEAST if (more.role, more.section, more.sees_enforcement) not in there)
    for position in (*one.positions, *added):
        key = (position.section or position.role).value.lower()
        key += ".khusus" if position.sees_enforcement else ""
        word = (
            f"{position.role.value.capitalize()} {position.section.value if position.section else ''}".strip()
        )
        word += ", melihat nilai penindakan" if position.sees_enforcement else ""
        for number in range(1, position.count + 1):
            yield Trainee(f"{key}{number}{behind}", f"{word} {number} (latihan)", position)
    if one.prefixes:
        yield Trainee(f"kades1{behind}", "Kepala desa 1 (latihan)", Position(Role.KADES, None, False, 1))


def _is_built(one: OfficeStructure) -> bool:
    events = Event.objects.unscoped(_WHY).filter(verb=_BUILT)
    return one.name in {str(event.facts["office"]) for event in events}
