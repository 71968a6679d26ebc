"""Villages in the programme: those of 2021 and 2022 as the press told of them, and the two of 2023 with their stages.

Days and places are facts of the press. The money source was never published and is an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bersinar.demo.story import sources
from bersinar.demo.story.choosing import YEAR
from bersinar.demo.story.people import Stage as Scene
from bersinar.programme import actions
from bersinar.programme.actions import Shown
from bersinar.programme.models import ProgrammeYear
from bersinar.programme.vocabulary import MoneySource, Origin, Precision, Stage
from bersinar.territory.queries import villages_of_office

_MONEY = "Sumber dana tidak diberitakan; DIPA di sini contoh."
RAKOR_DAY = date(2023, 2, 13)
LAUNCH_DAY = date(2023, 10, 26)


@dataclass(frozen=True, slots=True)
class Told:
    """One stage as the press told it."""

    stage: Stage
    on: date
    precision: Precision
    source: str
    note: str
    evidence: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A village of an earlier year."""

    code: str
    year: int
    source: str
    reason: str
    stages: tuple[Told, ...]


EARLIER = (
    Earlier(
        sources.AIK_PELEMPANG_JAYA,
        2021,
        sources.PILOT_2021,
        "Data pers: Desa Bersinar dan proyek percontohan 2021.",
        (
            Told(
                Stage.PENETAPAN,
                date(2021, 9, 28),
                Precision.PALING_LAMBAT,
                sources.PILOT_2021,
                "Disebut percontohan; ukurannya sinergi tiga pilar: kepala desa, Bhabinkamtibmas, Babinsa.",
            ),
        ),
    ),
    Earlier(
        sources.LALANG,
        2022,
        sources.LALANG_2022,
        "Data pers: dipilih dari 39 desa dalam rapat lintas instansi karena pemerintah desanya siap.",
        (Told(Stage.PENCANANGAN, date(2022, 7, 28), Precision.SEKITAR, sources.LALANG_2022, "Dicanangkan."),),
    ),
    Earlier(
        sources.PEGANTUNGAN,
        2022,
        sources.YEAR_2022,
        "Data pers: dipilih karena desa pesisir yang terbuka dari segala arah.",
        (
            Told(
                Stage.PENCANANGAN,
                date(2022, 8, 25),
                Precision.PALING_LAMBAT,
                sources.YEAR_2022,
                "Diresmikan.",
            ),
        ),
    ),
    Earlier(
        sources.AIR_MERBAU,
        2022,
        sources.YEAR_2022,
        "Data pers: sasaran berikutnya pada 2022.",
        (
            Told(
                Stage.PENETAPAN, date(2022, 1, 1), Precision.TAHUN, sources.YEAR_2022, "Disebut sasaran 2022."
            ),
        ),
    ),
)
NAMED = Told(
    Stage.PENETAPAN,
    RAKOR_DAY,
    Precision.PALING_LAMBAT,
    sources.TARGETS_2023,
    "Diumumkan sebagai sasaran 2023 pada rapat koordinasi.",
)
LATER_IN_2023 = {
    sources.TANJUNG_BINGA: (
        Told(
            Stage.PEMBENTUKAN,
            LAUNCH_DAY,
            Precision.PALING_LAMBAT,
            sources.LAUNCH_2023,
            "Agen pemulihan, kelompok ketahanan keluarga, dan keamanan desa sudah ada saat pencanangan.",
        ),
        Told(
            Stage.PENCANANGAN,
            LAUNCH_DAY,
            Precision.HARI,
            sources.LAUNCH_2023,
            "SK diserahkan Asisten III kepada sekretaris desa, papan nama dibuka, jaket dibagikan.",
            (
                Shown(
                    "dokumentasi",
                    "Berita pencanangan: papan nama dan jaket",
                    sources.LAUNCH_2023,
                ),
            ),
        ),
    ),
    sources.DUKONG: (
        Told(
            Stage.PENCANANGAN,
            LAUNCH_DAY,
            Precision.PALING_LAMBAT,
            sources.LAUNCH_2023,
            "Dicanangkan lebih dulu dengan papan nama; tanggalnya tidak diberitakan.",
        ),
    ),
}


def earlier_years(scene: Scene) -> None:
    """Enrol the villages of 2021 and 2022; they stay in guidance."""
    ids = _ids(scene)
    for village in EARLIER:
        year = actions.enrol_village(
            village_id=ids[village.code],
            year=village.year,
            money_source=MoneySource.DIPA,
            origin=Origin.PERS,
            source=village.source,
            reason=f"{village.reason} {_MONEY}",
            by=scene.officer,
        )
        _record(year, village.stages, scene)


def this_year(scene: Scene) -> None:
    """Enrol the two villages of the decision as they were named in February."""
    for year in actions.enrol_chosen(YEAR, by=scene.officer):
        _record(year, (NAMED,), scene)


def launch(scene: Scene) -> None:
    """From the rakor to the launch: what the press told of the rest of the year."""
    for code, told in LATER_IN_2023.items():
        _record(the_year(scene, code), told, scene)
    actions.add_evidence(
        the_year(scene, sources.TANJUNG_BINGA).pk,
        stage=Stage.PENETAPAN,
        item="sk_penetapan",
        reference=sources.LAUNCH_2023,
        on=LAUNCH_DAY,
        origin=Origin.PERS,
        source=sources.LAUNCH_2023,
        by=scene.officer,
    )


def the_year(scene: Scene, code: str, year: int = YEAR) -> ProgrammeYear:
    """The village's programme year."""
    found: ProgrammeYear = ProgrammeYear.objects.for_actor(scene.officer).get(village__code=code, year=year)
    return found


def _record(year: ProgrammeYear, told: tuple[Told, ...], scene: Scene) -> None:
    for one in told:
        actions.record_stage(
            year.pk,
            stage=one.stage,
            on=one.on,
            precision=one.precision,
            note=one.note,
            origin=Origin.PERS,
            source=one.source,
            evidence=one.evidence,
            by=scene.officer,
        )


def _ids(scene: Scene) -> dict[str, int]:
    codes = [village.code for village in EARLIER]
    return dict(villages_of_office(scene.office.pk).filter(code__in=codes).values_list("code", "pk"))
