"""Put an invented province into an installation: an office, a round a year, its values; the truth beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import ANONYMOUS, Actor, Level, Right
from bersinar.demo import guard
from bersinar.demo.errors import ProvinceUnknown
from bersinar.demo.generator import EASY, INDICATORS, Setting
from bersinar.demo.synthesis import entries, groundtruth, sheet
from bersinar.demo.synthesis.answers import Year, year_of
from bersinar.demo.synthesis.land import Land, land_of
from bersinar.demo.synthesis.truth import truth_of
from bersinar.documents.actions.files import keep
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork import queries as fieldwork_queries
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.vocabulary import ImportState
from bersinar.territory import actions as territory
from bersinar.territory import codebook
from bersinar.territory import queries as territory_queries
from bersinar.territory.models import Office, Village
from bersinar.territory.vocabulary import OfficeKind, VillageKind

FIRST_YEAR = 2022
MOST_YEARS = 9
# The last call is still open in this year, so that offices have somebody to ask.
_CALLS = {2026: 2}
_ALL_CALLS = 3
_WHY = "the invented nation looks up its own rounds and villages"


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be made; a province that is there already with this seed stays as it is."""

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
    return Plan(chosen, tuple(range(FIRST_YEAR, FIRST_YEAR + years)), seed, villages)


def build(planned: Plan, *, say: Callable[[str], None]) -> int:
    """Make it province by province; returns how many values were stored. Safe to repeat and to kill."""
    guard.refuse_real_office()
    # The mark before the first row: killed in between, the folder says too much rather than too little.
    guard.mark()
    if not territory_queries.regions_are_loaded():
        territory.load_regions()
    if len(planned.provinces) > 1:
        territory.open_office(kind=OfficeKind.BNN, name="BNN", prefixes=())
    stored = 0
    for number, code in enumerate(planned.provinces, start=1):
        name = codebook.upper_levels()[code]
        say(f"{number}/{len(planned.provinces)}  {name} …")
        stored += _province(code, name, planned)
    return stored


def _province(code: str, name: str, planned: Plan) -> int:
    """The rounds belong to the BNNP: it serves every regency of its province, with a BNNK of its own or not."""
    office = _office(code, name)
    missing = [year for year in planned.years if not _is_there(office, year, planned.seed)]
    if not missing:
        return 0
    land, listed = land_in_place(code, office)
    made = make(land, years=planned.years, seed=planned.seed)
    by = Actor.system("data contoh", office_id=office.pk, office_name=office.name)
    for year, values in made:
        if year in missing:
            with transaction.atomic():
                _store(year, values, listed, planned.seed, by)
    return len(missing) * len(listed) * len(INDICATORS)


def make(land: Land, *, years: Collection[int], seed: int, setting: Setting = EASY) -> list[tuple[int, Year]]:
    """Every year of one province; the truth goes into its own file before anybody sees a value."""
    truth = truth_of(land, years=len(years), seed=seed, setting=setting)
    made = [
        (
            year,
            year_of(land, truth, index=index, calls=_CALLS.get(year, _ALL_CALLS), seed=seed, setting=setting),
        )
        for index, year in enumerate(years)
    ]
    groundtruth.write(land, truth, made, seed=seed)
    return made


def land_in_place(code: str, office: Office) -> tuple[Land, list[tuple[int, str, str]]]:
    """The province as this installation knows it today, with its imported borders where it has some."""
    villages = Village.objects.unscoped(_WHY).filter(code__startswith=f"{code}.", valid_to=None)
    rows = list(villages.order_by("code").values_list("pk", "code", "name", "kind"))
    bordering: list[tuple[str, str]] = []
    sets = territory_queries.sets_in_use(office.pk)
    if sets:
        code_of = {pk: code for pk, code, _name, _kind in rows}
        pairs = territory_queries.neighbours(office.pk)
        bordering = [(code_of[a], code_of[b]) for a, b in pairs if a in code_of and b in code_of]
    land = land_of(
        code,
        [(code, kind == VillageKind.KELURAHAN) for _pk, code, _name, kind in rows],
        bordering=bordering,
        marks=[one.sha256 for one in sets],
    )
    return land, [(pk, code, name) for pk, code, name, _kind in rows]


def title_of(seed: int) -> str:
    """Two seeds are two rounds, never one."""
    return f"Pemetaan kawasan rawan narkoba, data contoh (benih {seed})"


def _office(code: str, name: str) -> Office:
    known = Office.objects.for_actor(ANONYMOUS).filter(kind=OfficeKind.BNNP, areas__prefix=code).first()
    return known or territory.open_office(kind=OfficeKind.BNNP, name=f"BNNP {name}", prefixes=(code,))


def _is_there(office: Office, year: int, seed: int) -> bool:
    rounds = Round.objects.unscoped(_WHY).filter(office=office, year=year, title=title_of(seed))
    return bool(rounds.exists())


def _store(year: int, values: Year, listed: list[tuple[int, str, str]], seed: int, by: Actor) -> None:
    """One year's round with the file its values came in, and the values."""
    round_ = fieldwork.open_round(year=year, title=title_of(seed), is_example=True, by=by)
    content = sheet.content([(code, name) for _pk, code, name in listed], values.seen)
    name = f"contoh-{year}-{listed[0][1][:2]}.csv"
    kept, _is_new = keep(
        content,
        name=name,
        content_type="text/csv",
        by=by,
        level=Level.L2,
        right=Right.VALUES_SEE_ENFORCEMENT,
    )
    now = timezone.now()
    received = Import.objects.create(
        round=round_,
        file=kept,
        file_name=name,
        state=ImportState.DITERAPKAN,
        report={"rows_read": len(listed), "rows_bad": 0, "errors": [], "notes": []},
        uploaded_by_name=by.name,
        applied_at=now,
        applied_by_name=by.name,
    )
    source = entries.Source(round_.pk, received.pk, fieldwork_queries.instrument_of(round_), now, by.name)
    count = entries.store(
        source, [pk for pk, _code, _name in listed], values.seen, (values.call == 0).tolist()
    )
    audit.record(by, "demo.synthesized", about=round_, year=year, seed=seed, values=count)
