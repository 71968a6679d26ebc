"""Provinces or the nation, invented into an installation that holds nothing real."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bersinar.access import ANONYMOUS, Actor
from bersinar.demo import guard
from bersinar.demo.errors import ProvinceUnknown
from bersinar.demo.generator import INDICATORS
from bersinar.demo.synthesis import filling
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory import queries as territory_queries
from bersinar.territory.models import Office
from bersinar.territory.vocabulary import OfficeKind

MOST_YEARS = 9


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be made; a year of a province that is there already with this seed stays as it is."""

    provinces: tuple[str, ...]
    years: tuple[int, ...]
    seed: int
    villages: int

    @property
    def values(self) -> int:
        return self.villages * len(INDICATORS) * len(self.years)


def plan(*, provinces: Collection[str], years: int, seed: int) -> Plan:
    """Checks everything before anything changes. No province means all of them."""
    guard.refuse_real_office()
    known = sorted(code for code in codebook.upper_levels() if len(code) == 2)
    for code in provinces:
        if code not in known:
            raise ProvinceUnknown(code)
    chosen = tuple(code for code in known if code in provinces) if provinces else tuple(known)
    villages = sum(code[:2] in chosen for code in codebook.villages())
    first = filling.FIRST_YEAR
    return Plan(chosen, tuple(range(first, first + years)), seed, villages)


def build(planned: Plan, *, say: Callable[[str], None]) -> int:
    """Make it province by province; returns how many values were stored. Safe to repeat and to kill."""
    guard.refuse_real_office()
    # The mark before the first row: killed in between, the folder says too much rather than too little.
    guard.mark()
    if not territory_queries.regions_are_loaded():
        territory.load_regions()
    if len(planned.provinces) > 1:
        _open_bnn()
    stored = 0
    for number, code in enumerate(planned.provinces, start=1):
        name = codebook.upper_levels()[code]
        say(f"{number}/{len(planned.provinces)}  {name} …")
        stored += _province(code, name, planned)
    return stored


def title_of(seed: int) -> str:
    """Two seeds are two rounds, never one."""
    return f"Pemetaan kawasan rawan narkoba, data contoh (benih {seed})"


def _province(code: str, name: str, planned: Plan) -> int:
    """The rounds belong to the BNNP: it serves every regency of its province, with a BNNK of its own or not."""
    office, title = _office(code, name), title_of(planned.seed)
    missing = filling.missing_years(office, planned.years, title)
    if not missing:
        return 0
    made = filling.make(code, office, years=planned.years, seed=planned.seed)
    by = Actor.system("data contoh", office_id=office.pk, office_name=office.name)
    return sum(filling.store(office, [made], year, title=title, by=by, seed=planned.seed) for year in missing)


def _open_bnn() -> None:
    """Somebody has to see all of them; a BNN that is there keeps its regions."""
    if not Office.objects.for_actor(ANONYMOUS).filter(kind=OfficeKind.BNN).exists():
        territory.open_office(kind=OfficeKind.BNN, name="BNN", prefixes=())


def _office(code: str, name: str) -> Office:
    known = Office.objects.for_actor(ANONYMOUS).filter(kind=OfficeKind.BNNP, areas__prefix=code).first()
    return known or territory.open_office(kind=OfficeKind.BNNP, name=f"BNNP {name}", prefixes=(code,))
