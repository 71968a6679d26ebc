"""Maps of 2021 to 2023: the office's own lines with status contoh, runs, one objection with its answer, releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bersinar.demo.story.collecting import the_round
from bersinar.demo.story.people import Stage
from bersinar.mapping import actions
from bersinar.mapping.models import MappingRun, StoredRule, VillageResult
from bersinar.mapping.vocabulary import ObjectionOutcome
from bersinar.methods.categories import Category, Line, Status

YEARS = (2021, 2022, 2023)
OBJECTED_IN = 2023
_OPEN = -1  # how a result stores a category that could not be determined
# Only the line for Bahaya (5 and 4) was ever published. These are made up so that the demo has four categories:
# each milder line asks two fewer of both.
_EXAMPLE = "contoh, bukan garis resmi"
LINES = (
    Line(Category.WASPADA, 3, 2, status=Status.CONTOH, source=_EXAMPLE),
    Line(Category.SIAGA, 1, 0, status=Status.CONTOH, source=_EXAMPLE),
    Line(Category.AMAN, 0, 0, status=Status.CONTOH, source=_EXAMPLE),
)


def map_of(year: int) -> Callable[[Stage], None]:
    """The chapter that maps and releases one year."""

    def tell(stage: Stage) -> None:
        run = actions.run_mapping(the_round(stage, year).pk, rule_key=_rule_key(stage), by=stage.officer)
        if year == OBJECTED_IN:
            _objection(run, stage)
        actions.release_run(run.pk, note=f"Peta contoh {year}: angkanya rekaan.", by=stage.head)

    return tell


def the_run(stage: Stage, year: int) -> MappingRun:
    """The map of a year."""
    found: MappingRun = MappingRun.objects.for_actor(stage.officer).get(year=year, office=stage.office)
    return found


def _rule_key(stage: Stage) -> str:
    stored = StoredRule.objects.for_actor(stage.officer).filter(office=stage.office).first()
    if stored is None:
        stored = actions.add_own_rule(
            title="Garis contoh BNNK Belitung",
            document="Garis rekaan untuk contoh ini, bukan dari naskah resmi",
            lines=LINES,
            status=Status.CONTOH,
            by=stage.officer,
        )
    return f"unit:{stored.pk}"


def _objection(run: MappingRun, stage: Stage) -> None:
    """The first village of the list whose category is open objects: chosen by the values alone."""
    results = VillageResult.objects.for_actor(stage.officer).filter(run=run, severity=_OPEN)
    result = results.order_by("village__code").first()
    if result is None:
        return
    objection = actions.record_objection(
        run.pk,
        village_id=result.village_id,
        text="Keberatan contoh: kategori belum dapat ditentukan padahal isian sudah dikirim.",
        raised_by="Wakil desa (orang rekaan)",
        raised_on=date(2023, 1, 24),
        by=stage.officer,
    )
    actions.answer_objection(
        objection.pk,
        outcome=ObjectionOutcome.DITOLAK,
        text="Jawaban contoh: isian yang diterima belum memuat semua indikator. Lengkapi, lalu dihitung lagi.",
        by=stage.officer,
    )
