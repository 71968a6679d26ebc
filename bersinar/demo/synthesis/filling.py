"""Fill one office's years with invented values: a round a year, the file they came in, the values themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from bersinar import audit
from bersinar.access import Actor, Level, Right
from bersinar.demo.generator import EASY, Setting
from bersinar.demo.synthesis import entries, groundtruth, sheet
from bersinar.demo.synthesis.answers import Year, year_of
from bersinar.demo.synthesis.land import Land, land_of
from bersinar.demo.synthesis.truth import truth_of
from bersinar.documents.actions.files import keep
from bersinar.fieldwork import actions as fieldwork
from bersinar.fieldwork import queries as fieldwork_queries
from bersinar.fieldwork.models import Import, Round
from bersinar.fieldwork.vocabulary import ImportState
from bersinar.territory import queries as territory_queries
from bersinar.territory.models import Office, Village
from bersinar.territory.vocabulary import VillageKind

FIRST_YEAR = 2022
# The last call is still open in this year, so that offices have somebody to ask.
_CALLS = {2026: 2}
_ALL_CALLS = 3
_WHY = "the invented nation looks up its own rounds and villages"


@dataclass(frozen=True, slots=True)
class Listed:
    """A village as its row in the file names it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """A province's invented years, in the order of its villages."""

    province: str
    villages: tuple[Listed, ...]
    years: dict[int, Year]


def make(province: str, office: Office, *, years: Sequence[int], seed: int, setting: Setting = EASY) -> Made:
    """A whole province, always: its neighbours reach over every regency. The truth goes to its own file first."""
    land, villages = _land(province, office)
    truth = truth_of(land, years=len(years), seed=seed, setting=setting)
    made = {
        year: year_of(
            land, truth, index=index, calls=_CALLS.get(year, _ALL_CALLS), seed=seed, setting=setting
        )
        for index, year in enumerate(years)
    }
    groundtruth.write(land, truth, list(made.items()), seed=seed, setting=setting)
    return Made(province, villages, made)


def missing_years(office: Office, years: Collection[int], title: str) -> list[int]:
    """The years whose round is not there yet; a round is there with all its values or not at all."""
    rounds = Round.objects.unscoped(_WHY).filter(office=office, title=title)
    there = set(rounds.values_list("year", flat=True))
    return [year for year in years if year not in there]


def store(office: Office, made: Sequence[Made], year: int, *, title: str, by: Actor, seed: int) -> int:
    """The round of one year with the values of the villages this office serves; all of it or nothing."""
    prefixes = tuple(f"{prefix}." for prefix in territory_queries.office_scope(office.pk).prefixes)
    stored = 0
    with transaction.atomic():
        round_ = fieldwork.open_round(year=year, title=title, is_example=True, by=by)
        for one in made:
            at = [k for k, village in enumerate(one.villages) if village.code.startswith(prefixes)]
            stored += _store_file(round_, one, at, by)
        audit.record(by, "demo.synthesized", about=round_, year=year, seed=seed, values=stored)
    return stored


def _store_file(round_: Round, made: Made, at: Sequence[int], by: Actor) -> int:
    values = made.years[round_.year]
    villages, seen = [made.villages[k] for k in at], values.seen[list(at)]
    name = f"contoh-{round_.year}-{made.province}.csv"
    kept, _is_new = keep(
        sheet.content([(village.code, village.name) for village in villages], seen),
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
        report={"rows_read": len(villages), "rows_bad": 0, "errors": [], "notes": []},
        uploaded_by_name=by.name,
        applied_at=now,
        applied_by_name=by.name,
    )
    source = entries.Source(round_.pk, received.pk, fieldwork_queries.instrument_of(round_), now, by.name)
    silent = (values.call[list(at)] == 0).tolist()
    return entries.store(source, [village.id for village in villages], seen, silent)


def _land(province: str, office: Office) -> tuple[Land, tuple[Listed, ...]]:
    """As this installation knows it today, with imported borders where the office uses some."""
    rows = list(
        Village.objects.unscoped(_WHY)
        .filter(code__startswith=f"{province}.", valid_to=None)
        .order_by("code")
        .values_list("pk", "code", "name", "kind")
    )
    sets = territory_queries.sets_in_use(office.pk)
    bordering: list[tuple[str, str]] = []
    if sets:
        code_of = {pk: code for pk, code, _name, _kind in rows}
        pairs = territory_queries.neighbours(office.pk)
        bordering = [(code_of[a], code_of[b]) for a, b in pairs if a in code_of and b in code_of]
    land = land_of(
        province,
        [(code, kind == VillageKind.KELURAHAN) for _pk, code, _name, kind in rows],
        bordering=bordering,
        marks=[one.sha256 for one in sets],
    )
    return land, tuple(Listed(pk, code, name) for pk, code, name, _kind in rows)
