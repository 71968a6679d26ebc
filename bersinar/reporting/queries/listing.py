"""The Desa Bersinar list of one year, in the columns units report today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bersinar.access import Actor
from bersinar.programme import queries as programme
from bersinar.programme.models import StageEvent
from bersinar.programme.queries import YearRow
from bersinar.programme.queries.steps import standing_events, standing_evidence
from bersinar.programme.vocabulary import Origin, Precision, Stage
from bersinar.reporting.queries.years import work_year
from bersinar.ui.writing import MONTHS

ALL = 0  # stands for every year in the address
NOT_RECORDED = "belum dicatat"
# The columns of the units' own report, in its order and in its words; never translated.
REPORTED = (
    "Satuan kerja",
    "Anggaran pembentukan",
    "Nama desa/kelurahan",
    "Kecamatan",
    "Kabupaten/kota",
    "Tanggal pencanangan",
    "Bulan pelaksanaan",
    "Jumlah penggiat P4GN",
    "Keberadaan IBM",
    "Nama penanggung jawab",
    "Nomor HP",
    "Link kelengkapan dan dokumentasi",
)
# What the report lacks and what makes a row traceable stands to the right of it.
ADDED = ("Kode desa", "Tahun pembentukan", "Tahap sekarang", "Asal tanggal", "Sumber tanggal")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One Desa Bersinar as it is reported. What nobody recorded says so; it is neither empty nor nought."""

    year_id: int
    office: str
    money: str
    kind: str
    name: str
    district: str
    regency: str
    launched: str
    launched_on: date | None
    month: str
    documents: str
    code: str
    year: int
    stage: str
    origin: str
    source: str

    def cells(self) -> tuple[str | int, ...]:
        """The row in the order of REPORTED and ADDED."""
        return (
            self.office,
            self.money,
            f"{self.kind} {self.name}",
            self.district,
            self.regency,
            self.launched,
            self.month,
            NOT_RECORDED,
            NOT_RECORDED,
            NOT_RECORDED,
            NOT_RECORDED,
            self.documents,
            self.code,
            self.year,
            self.stage,
            self.origin,
            self.source,
        )


@dataclass(frozen=True, slots=True)
class DesaBersinarList:
    """The rows of one year or of all years, with the years there are."""

    year: int
    years: tuple[int, ...]
    rows: tuple[ListRow, ...]
    office: str

    @property
    def title(self) -> str:
        if self.year == ALL:
            return f"Daftar Desa Bersinar {self.office}, semua tahun"
        return f"Daftar Desa Bersinar {self.office} tahun {self.year}"

    @property
    def source(self) -> str:
        return f"catatan program {self.office}; tanggal dari pers ditandai data pers"

    @property
    def n_launched(self) -> int:
        return sum(row.launched_on is not None for row in self.rows)

    @property
    def file_name(self) -> str:
        return f"desa-bersinar-{self.year or 'semua'}"


def desa_bersinar_list(actor: Actor, *, year: int | None, on: date) -> DesaBersinarList:
    """Villages formed in the year; without one, in the year the office works on."""
    chosen = work_year(actor, on=on) if year is None else year
    found = programme.programme_years(actor)
    kept = [row for row in found if chosen in (ALL, row.year)]
    kept.sort(key=lambda row: (-row.year, row.office_name, row.code))
    ids = [row.id for row in kept]
    months = _months(ids, actor)
    links = _links(ids, actor)
    origins = _origins(ids, actor)
    return DesaBersinarList(
        year=chosen,
        years=tuple(sorted({row.year for row in found}, reverse=True)),
        rows=tuple(
            _row(row, months.get(row.id, ""), links.get(row.id, ""), origins.get(row.id)) for row in kept
        ),
        office=actor.office_name,
    )


def _row(row: YearRow, month: str, links: str, origin: tuple[Origin, str] | None) -> ListRow:
    said_by, source = origin or (None, "")
    return ListRow(
        year_id=row.id,
        office=row.office_name,
        money=row.money_source.value.replace("_", " "),  # NON DIPA, as units write it
        kind=row.kind_word,
        name=row.name,
        district=row.district,
        regency=row.regency,
        launched=row.launched or NOT_RECORDED,
        launched_on=row.launched_on,
        month=month or NOT_RECORDED,
        documents=links or NOT_RECORDED,
        code=row.code,
        year=row.year,
        stage=row.stage_title,
        origin={
            Origin.PERS: _("data pers"),
            Origin.CONTOH: _("data contoh"),
            Origin.UNIT: _("catatan unit"),
        }.get(said_by, "")
        if said_by
        else "",
        source=source,
    )


def _months(ids: list[int], actor: Actor) -> dict[int, str]:
    """The month the work in the village began, as exactly as it is known."""
    return {
        year_id: _month(event)
        for year_id, events in standing_events(ids, actor).items()
        for event in events  # a stage is recorded once
        if event.stage == Stage.PELAKSANAAN and event.precision != Precision.TAHUN
    }


def _month(event: StageEvent) -> str:
    said = {Precision.SEKITAR: "sekitar ", Precision.PALING_LAMBAT: "paling lambat "}
    return f"{said.get(Precision(event.precision), '')}{MONTHS[event.date.month - 1]} {event.date.year}"


def _origins(ids: list[int], actor: Actor) -> dict[int, tuple[Origin, str]]:
    """Who says when the village was launched."""
    return {
        year_id: (Origin(event.origin), event.source)
        for year_id, events in standing_events(ids, actor).items()
        for event in events
        if event.stage == Stage.PENCANANGAN
    }


def _links(ids: list[int], actor: Actor) -> dict[int, str]:
    """Addresses among the references of the evidence; files of this machine have none."""
    found: dict[int, list[str]] = {}
    for year_id, shown in standing_evidence(ids, actor).items():
        for one in shown:
            if one.reference.startswith(("https://", "http://")) and one.reference not in found.get(
                year_id, []
            ):
                found.setdefault(year_id, []).append(one.reference)
    return {year_id: " ".join(links) for year_id, links in found.items()}
